"""What Chromium makes of a page: axe's findings in light and dark, what sticks out, is too small, hides its focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Window
from playwright.sync_api import Route

from tests.harness.page import Page, Visitor
from tests.intake_web import markup

Kind = tuple[str, ...]

HOME = "http://127.0.0.1:8000"
WIDTHS = (1280, 768, 375, 320)
ZOOMED = 640  # what a window of 1280 px has left at 200 %
TARGET = 44
_NOT_THE_BROWSERS = ("set-cookie", "content-length", "content-encoding")

_STICKS_OUT = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + .5
    && !e.closest('.hide, .skip')).map(e => e.outerHTML.slice(0, 120))"""

_TOO_SMALL = """least => [...document.querySelectorAll('button, .btn, select, textarea, summary, input:not([type=hidden])')]
  .map(e => e.closest('label') ?? e).filter(e => e.checkVisibility() && !e.closest('.hide'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.height < least || r.width < least)
  .map(([e, r]) => `${Math.round(r.width)}x${Math.round(r.height)} ${e.outerHTML.slice(0, 120)}`)"""

_UNSEEN_FOCUS = """() => [...document.querySelectorAll('a[href], button, select, textarea, summary, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && e.tabIndex >= 0).filter(e => {
    e.focus({focusVisible: true}); const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return document.activeElement !== e || s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2 || r.width < 1 })
  .map(e => e.outerHTML.slice(0, 120))"""

_AXE = "only => axe.run({resultTypes: ['violations'], preload: false, ...only}).then(found => found.violations)"


class Looker:
    """A window that is shown pages which somebody else was given."""

    def __init__(self, window: Window, stylesheets: Visitor) -> None:
        self._window = window
        self._stylesheets = stylesheets
        self._shown: Page | None = None
        self._coloured: set[Kind] = set()
        self.strangers: list[str] = []
        window.emulate_media(reduced_motion="reduce")
        window.add_init_script(Axe().axe_script)
        window.route("**/*", self._serve)

    def faults(self, page: Page) -> Iterator[str]:
        """What is wrong with a page, in words."""
        self._shown = page
        self._window.emulate_media(color_scheme="light")
        self._window.goto(HOME + page.path)
        yield from _told("light", self._window.evaluate(_AXE, {}))
        yield from self._dark(page)
        for width in (*WIDTHS, ZOOMED):
            self._window.set_viewport_size({"width": width, "height": 640})
            yield from (f"sticks out at {width}: {what}" for what in self._window.evaluate(_STICKS_OUT))
        self._window.set_viewport_size({"width": 320, "height": 640})
        self._window.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        yield from (f"too small: {what}" for what in self._window.evaluate(_TOO_SMALL, TARGET))
        yield from (f"focus unseen: {what}" for what in self._window.evaluate(_UNSEEN_FOCUS))

    def _dark(self, page: Page) -> Iterator[str]:
        """Only colours differ in the dark, and those are the same for the same kind of element."""
        kinds = set(_kinds(markup.tree(page)))
        if kinds <= self._coloured:
            return
        self._window.emulate_media(color_scheme="dark")
        yield from _told("dark", self._window.evaluate(_AXE, {"runOnly": ["color-contrast"]}))
        self._coloured |= kinds

    def _serve(self, route: Route) -> None:
        address = route.request.url
        if not address.startswith(HOME):
            self.strangers.append(address)
            route.abort()
            return
        is_page = route.request.is_navigation_request()
        page = self._shown if is_page and self._shown else self._stylesheets.get(urlsplit(address).path)
        kept = {name: value for name, value in page.headers if name.lower() not in _NOT_THE_BROWSERS}
        route.fulfill(status=page.status, headers=kept, body=page.body)


def _kinds(element: Element, within: Kind = ()) -> Iterator[Kind]:
    """Every element below as the stylesheet sees it: tag, class and state, from the outermost inwards."""
    for child in element:
        kind = (*within, f"{child.tag} {child.get('class')} {child.get('checked')}")
        yield kind
        yield from _kinds(child, kind)


def _told(scheme: str, violations: list[dict[str, Any]]) -> Iterator[str]:
    for found in violations:
        yield f"axe, {scheme}: {found['id']} {[node['html'][:120] for node in found['nodes'][:3]]}"
