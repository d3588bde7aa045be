"""Every page in every state as Chromium shows it, and what each weighs: in Spanish and in Kreyòl."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from intake_web.app import Application
from tests.harness.page import Page, Visitor, within
from tests.intake_web import markup
from tests.journeys import states
from tests.journeys.looks import Looker

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

FIRST_VIEWS = ("/", "sign-up", "tipo", "details")
FIRST_VIEW_BYTES = 14_000
PAGE_BYTES = 6_000

pytestmark = pytest.mark.parametrize("speaks", ["es", "ht"])


@pytest.fixture
def pages(site: Application, speaks: str) -> states.Pages:
    return states.every(site, speaks)


def zipped(page: Page) -> int:
    return len(gzip.compress(page.body, 5))


def different(pages: states.Pages) -> states.Pages:
    """The pages without those that differ from another in nothing but words."""
    return dict({str(markup.shape(page)): (name, page) for name, page in pages.items()}.values())


def test_every_state_has_a_page_in_its_language(pages: states.Pages, speaks: str) -> None:
    assert {page.header("Content-Language") for page in pages.values()} == {speaks}
    assert {page.status for page in pages.values()} == {200, 403, 404, 405, 409, 422, 429, 500}


@pytest.mark.timeout(600)
def test_nothing_is_wrong_with_any_page(site: Application, pages: states.Pages, window: Window) -> None:
    looker = Looker(window, Visitor(within(site)))
    wrong = [f"{name}: {fault}" for name, page in different(pages).items() for fault in looker.faults(page)]
    assert not wrong, "\n".join(wrong)
    assert looker.strangers == []


def test_every_page_is_light(site: Application, pages: states.Pages) -> None:
    assert {name: zipped(page) for name, page in pages.items() if zipped(page) > PAGE_BYTES} == {}
    path = pages["/"].text.split('rel="stylesheet" href="')[1].split('"')[0]
    stylesheet = Visitor(within(site)).get(path)
    assert "immutable" in stylesheet.header("Cache-Control")
    first_views = {name: zipped(pages[name]) + zipped(stylesheet) for name in FIRST_VIEWS}
    assert {name: weight for name, weight in first_views.items() if weight > FIRST_VIEW_BYTES} == {}
