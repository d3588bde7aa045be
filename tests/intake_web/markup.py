"""Pages as a browser's parser sees them."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

import html5lib

from tests.harness.page import Page

TYPED = ("input", "select", "textarea")


def tree(page: Page) -> Element:
    """The page's elements, parsed as the HTML standard says; whoever wants to change them makes a copy."""
    return _parsed(page.text)


@lru_cache(maxsize=512)
def _parsed(text: str) -> Element:
    root: Element = html5lib.parse(text, namespaceHTMLElements=False)
    return root


def fields(root: Element) -> list[Element]:
    """The fields that people fill in, and the hidden ones."""
    return [element for element in root.iter() if element.tag in TYPED]


def shape(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Every element with the names of its attributes, in order; words are left out."""
    return [(element.tag, tuple(sorted(element.keys()))) for element in tree(page).iter() if isinstance(element.tag, str)]


def words(page: Page) -> str:
    """What can be read on the page."""
    return " ".join(part for part in tree(page).itertext() if part.strip())


def value_of(page: Page, name: str) -> str:
    """What a field holds."""
    for element in fields(tree(page)):
        if element.get("name") == name:
            return (element.text or "").removeprefix("\n") if element.tag == "textarea" else element.get("value", "")
    raise AssertionError(f"no field {name} in {page.path}")


def unlabelled(page: Page) -> list[str]:
    """The fields that no label belongs to."""
    root = tree(page)
    named = {label.get("for") for label in root.iter("label")}
    wrapped = {field for label in root.iter("label") for field in fields(label)}
    shown = [field for field in fields(root) if field.get("type") != "hidden" and field.get("hidden") is None]
    return [field.get("name", "?") for field in shown if field not in wrapped and field.get("id") not in named]
