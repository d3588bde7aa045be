"""A banner is on every page, in the reader's language, and no page that is kept hides it."""

from __future__ import annotations

import pytest

from core import clock
from core.banners import publishing
from core.people.views import Staff
from tests.harness import cast
from tests.harness.page import Page, Visitor
from tests.intake_web import markup
from tests.intake_web.people import Citizen

WORDS = {"es": "Hoy hay <b>mantención</b> {{ 7 }}", "en": "Maintenance today", "ht": "", "pt": "Manutenção hoje"}
HOUR = 3600


@pytest.fixture
def chief(site: object) -> Staff:
    return cast.analyst("Camila Soto", role="supervisor")


def publish(chief: Staff) -> int:
    return publishing.publish(chief, WORDS, None, clock.now() + HOUR, "a")


def banner(page: Page) -> str:
    """The banner's words as they are read."""
    found = [each for each in markup.tree(page).iter("aside") if "banner" in each.get("class", "")]
    return " ".join("".join(found[0].itertext()).split()) if found else ""


def test_it_is_on_pages_of_every_kind_until_it_ends(chief: Staff, visitor: Visitor, citizen: Citizen) -> None:
    publish(chief)
    asked = [(visitor, path) for path in ("/", "/privacidad", "/ingreso", "/nada", "/cuenta/validar/x", "/%ff")]
    asked += [(citizen.visitor, path) for path in ("/portal", "/ticket/nuevo", "/mis-datos")]
    assert {banner(who.get(path)) for who, path in asked} == {"Aviso: Hoy hay <b>mantención</b> {{ 7 }}"}
    clock.advance(HOUR)
    assert {banner(who.get(path)) for who, path in asked} == {""}


@pytest.mark.parametrize(("language", "words"), [("en", "Maintenance today"), ("pt", "Manutenção hoje")])
def test_it_speaks_the_readers_language(chief: Staff, visitor: Visitor, language: str, words: str) -> None:
    publish(chief)
    assert words in banner(visitor.get("/", {"Accept-Language": language}))


def test_words_that_a_language_lacks_are_marked_as_spanish(chief: Staff, visitor: Visitor) -> None:
    publish(chief)
    page = visitor.get("/", {"Accept-Language": "ht"})
    assert 'lang="es">Hoy hay &lt;b&gt;' in page.text


def test_a_browser_that_keeps_a_page_is_told_of_a_new_banner_and_of_its_end(chief: Staff, visitor: Visitor) -> None:
    before = visitor.get("/")
    assert before.header("Cache-Control") == "no-cache"
    number = publish(chief)
    with_banner = visitor.get("/", {"If-None-Match": before.header("ETag")})
    assert (with_banner.status, bool(banner(with_banner))) == (200, True)
    assert visitor.get("/", {"If-None-Match": with_banner.header("ETag")}).status == 304
    publishing.withdraw(chief, number)
    after = visitor.get("/", {"If-None-Match": with_banner.header("ETag")})
    assert (after.status, after.header("ETag"), banner(after)) == (200, before.header("ETag"), "")


def test_it_is_not_printed_and_stands_outside_what_the_skip_link_leads_to(chief: Staff, visitor: Visitor) -> None:
    publish(chief)
    page = visitor.get("/")
    assert '<aside class="banner noprint"' in page.text
    assert page.text.index("<aside") < page.text.index('id="contenido"')
