"""Every page as a text browser tells it: headings, questions, what is wrong, and the buttons, all in words."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import pytest

from tests.harness.page import Page
from tests.harness.wants import lacking
from tests.intake_web import markup
from tests.journeys.states import Walk

W3M = ("-dump", "-T", "text/html", "-I", "UTF-8", "-O", "UTF-8", "-cols", "80")
SAID = ("h1", "h2", "h3", "label", "legend", "button", "summary", "p", "dt", "dd")


def dump(page: Page) -> str:
    """The page as w3m prints it."""
    program = shutil.which("w3m")
    if program is None:
        lacking("w3m")
    told = subprocess.run([program, *W3M], input=page.body, capture_output=True, timeout=30, check=True)
    return told.stdout.decode()


def letters(words: str) -> str:
    """Words without what the lines of a screen do to them."""
    return "".join(sign for sign in words if sign.isalnum())


def said(element: Element) -> Iterator[str]:
    """The words of an element, without what people choose among or have typed."""
    if element.tag not in ("select", "textarea"):
        yield element.text or ""
        for child in element:
            yield from said(child)
            yield child.tail or ""


def unsaid(page: Page) -> list[str]:
    """What a page says and the text browser does not."""
    told = letters(dump(page))
    spoken = [" ".join("".join(said(element)).split()) for element in markup.tree(page).iter() if element.tag in SAID]
    return [words for words in spoken if letters(words) not in told]


@pytest.mark.parametrize("speaks", ["es", "ht"])
def test_a_text_browser_says_what_every_page_says(walked: Callable[[str], Walk], speaks: str) -> None:
    pages = walked(speaks).pages
    assert {name: missing for name, page in pages.items() if (missing := unsaid(page))} == {}


def test_the_heading_comes_before_the_fields_and_the_button_after_them(walked: Callable[[str], Walk]) -> None:
    told = dump(walked("es").pages["e-mail wrong"])
    order = ["Hay algo que corregir", "Paso 4 de 5", "Correo electrónico", "Confirma tu correo electrónico", "Continuar"]
    places = [told.index(words) for words in order]
    assert places == sorted(places), told
