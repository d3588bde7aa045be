"""Letters as pages: a button where the brief has one, the same address as text, nothing that sticks out of a phone."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import html5lib
import pytest

from core.language import LANGUAGES
from core.mail import letters
from core.mail.envelope import html_of

SITE = "https://ayuda.example"
LINK = f"{SITE}/cuenta/validar/{'x' * 120}"
WITH_A_BUTTON = (
    "validation",
    "password",
    "claveunica-link",
    "claveunica-new",
    "email-change-old",
    "email-change-new",
    "email-change-proven",
    "hand-over",
    "hour-suspended",
)
HOUR = {"when": "martes 24 de noviembre, 09:00", "where": "Santiago", "aside": ""}


def page_of(kind: str, language: str = "es", link: str = LINK) -> Element:
    body = letters.compose(kind, language, {"link": link, "name": "Rosa Ñ.", **HOUR})[1]
    root: Element = html5lib.parse(html_of(body, language, SITE, letters.button(kind, language)), namespaceHTMLElements=False)
    return root


def test_the_letter_that_validates_is_the_one_of_the_brief() -> None:
    page = page_of("validation")
    (button,) = page.iter("a")
    assert (button.get("href"), button.text) == (LINK, "Validar mi correo electrónico")
    assert any("".join(part.itertext()).endswith(f"pégala en tu navegador:{LINK}") for part in page.iter("p"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", WITH_A_BUTTON)
def test_every_letter_that_wants_something_done_has_its_button(kind: str, language: str) -> None:
    page = page_of(kind, language)
    (button,) = page.iter("a")
    assert button.get("href") == LINK
    assert button.text
    assert "overflow-wrap:anywhere" in str(next(page.iter("body")).get("style"))


def test_every_letter_that_names_a_button_is_looked_at_above() -> None:
    kinds = {path.stem for path in letters._FOLDER.glob("es/*.txt")}
    assert {kind for kind in kinds if letters.button(kind, "es")} == set(WITH_A_BUTTON)


def test_no_other_letter_makes_a_button_of_what_somebody_wrote() -> None:
    body = f"Hola:\n\n{LINK}\n"
    assert "inline-block" not in html_of(body, "es", SITE, letters.button("answer", "es"))


@pytest.mark.parametrize("link", ["https://evil.example/x", f"{SITE}/x y", f"{SITE}.evil.example/x", "javascript:alert(1)"])
def test_only_an_address_of_ours_is_a_button(link: str) -> None:
    assert list(page_of("validation", link=link).iter("a")) == []
