"""Every page in every state as Chromium shows it, and what each weighs: in Spanish and in Kreyòl."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.harness.page import Page
from tests.harness.wants import WHOLE
from tests.intake_web import markup
from tests.journeys.looks import Looker, with_something_new
from tests.journeys.states import Pages, Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

FIRST_VIEWS = ("/", "sign-up", "tipo", "details")
FIRST_VIEW_BYTES = 14_000
PAGE_BYTES = 6_000

each_language = pytest.mark.parametrize("speaks", ["es", "ht"])


def zipped(page: Page) -> int:
    return len(gzip.compress(page.body, 5))


def different(pages: Pages) -> Pages:
    """The pages without those that differ from another in nothing but words."""
    return dict({_looks(page): (name, page) for name, page in pages.items()}.values())


def _looks(page: Page) -> str:
    return str(markup.shape(page))


@each_language
def test_every_state_has_a_page_in_its_language(walked: Callable[[str], Walk], speaks: str) -> None:
    pages = walked(speaks).pages
    assert {page.header("Content-Language") for page in pages.values()} == {speaks}
    assert {page.status for page in pages.values()} == {200, 403, 404, 405, 409, 410, 422, 429, 500}


@each_language
def test_every_page_has_the_same_head_but_for_its_own_words(walked: Callable[[str], Walk], speaks: str) -> None:
    """So that `Looker` may show one in the place of another."""
    heads = {str(sorted((each.tag, each.attrib.get("href")) for each in _head(page))) for page in walked(speaks).pages.values()}
    assert len(heads) == 1


def _head(page: Page) -> list[markup.Element]:
    return [each for each in markup.tree(page).iter() if each.tag in ("link", "style", "base")]


def test_a_fault_of_each_kind_is_found(walked: Callable[[str], Walk], window: Window) -> None:
    """Otherwise the tests after this one would prove nothing."""
    walk = walked("es")
    whole = walk.pages["/"]
    faulty = '<main><input><button>x</button><font color="#ddd">pálido</font><table width="2000"><tr><td>ancho</table>'
    broken = Page(whole.visitor, "/", (200, [], whole.text.replace("<main", f"{faulty}<main").encode()))
    looker = Looker(window, walk)
    told = " ".join([*looker.faults_of_sense({"broken": broken}), *looker.faults_of_size({"broken": broken})])
    for fault in ("axe, light: label", "axe, light: color-contrast", "sticks out at 320", "too small"):
        assert f"broken: {fault}" in told, told


@pytest.mark.timeout(600)
def test_axe_finds_nothing_on_any_page(walked: Callable[[str], Walk], window: Window) -> None:
    spanish, kreyol = walked("es"), walked("ht").pages
    known = {_looks(page) for page in spanish.pages.values()}
    more = {f"{name} in Kreyòl": page for name, page in different(kreyol).items() if _looks(page) not in known}
    looker = Looker(window, spanish)
    pages = different(spanish.pages) | more
    wrong = list(looker.faults_of_sense(pages if WHOLE else with_something_new(pages)))
    assert not wrong, "\n".join(wrong)
    assert looker.strangers == []


@pytest.mark.timeout(600)
@each_language
def test_everything_fits_can_be_hit_and_shows_its_focus(walked: Callable[[str], Walk], window: Window, speaks: str) -> None:
    walk = walked(speaks)
    looker = Looker(window, walk)
    wrong = list(looker.faults_of_size(walk.pages))
    assert not wrong, "\n".join(wrong)


@each_language
def test_every_page_is_light(walked: Callable[[str], Walk], speaks: str) -> None:
    pages, stylesheet = walked(speaks).pages, walked(speaks).stylesheet
    assert {name: zipped(page) for name, page in pages.items() if zipped(page) > PAGE_BYTES} == {}
    assert "immutable" in stylesheet.header("Cache-Control")
    first_views = {name: zipped(pages[name]) + zipped(stylesheet) for name in FIRST_VIEWS}
    assert {name: weight for name, weight in first_views.items() if weight > FIRST_VIEW_BYTES} == {}
