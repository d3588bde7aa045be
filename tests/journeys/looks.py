"""What Chromium makes of pages: axe's findings in light and dark, what sticks out, is too small, hides its focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Window
from playwright.sync_api import Route

from intake_web.templating import STYLESHEET_PATH
from tests.harness.page import Page
from tests.intake_web import markup
from tests.journeys.states import Pages, Walk

Kind = tuple[str, ...]

HOME = "http://127.0.0.1:8000"
WIDTHS = (1280, 768, 375, 320)
ZOOMED = 640  # what a window of 1280 px has left at 200 %
TARGET = 44
_NOT_THE_BROWSERS = ("set-cookie", "content-length", "content-encoding")

_SHOW = """const show = html => { const given = new DOMParser().parseFromString(html, 'text/html');
  document.documentElement.lang = given.documentElement.lang; document.title = given.title; document.body = given.body }"""

_STICKS_OUT = """() => document.scrollingElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + .5
    && !e.closest('.hide, .skip')).map(e => `sticks out at ${innerWidth}: ${e.outerHTML.slice(0, 120)}`)"""

_TOO_SMALL = """least => [...document.querySelectorAll('button, .btn, select, textarea, summary, input:not([type=hidden])')]
  .map(e => e.closest('label') ?? e).filter(e => e.checkVisibility() && !e.closest('.hide'))
  .map(e => [e, e.getBoundingClientRect()]).filter(([e, r]) => r.height < least || r.width < least)
  .map(([e, r]) => `too small: ${Math.round(r.width)}x${Math.round(r.height)} ${e.outerHTML.slice(0, 120)}`)"""

_UNSEEN_FOCUS = """() => [...document.querySelectorAll('a[href], button, select, textarea, summary, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && e.tabIndex >= 0).filter(e => {
    e.focus({focusVisible: true}); const s = getComputedStyle(e), r = e.getBoundingClientRect();
    return document.activeElement !== e || s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2 || r.width < 1 })
  .map(e => `focus unseen: ${e.outerHTML.slice(0, 120)}`)"""

_AXE = "options => axe.run({resultTypes: ['violations'], preload: false, ...options}).then(found => found.violations)"
_OPEN_ALL = "() => { document.querySelectorAll('details').forEach(e => e.open = true) }"

_EACH = """([pages, given]) => {{ {show}; const found = {{}}; for (const [name, html] of Object.entries(pages))
  {{ show(html); found[name] = [{looks}].flatMap(look => look(given) ?? []) }} return found }}"""
"""All pages one after the other, as the window is: one question to the browser instead of one for each page."""


class Looker:
    """A window that is shown pages which somebody else was given.

    The first is served with everything that belongs to it, stylesheet and policies; the others, whose heads are the
    same, take its body's place: that is several times as quick as going from page to page.
    """

    def __init__(self, window: Window, walk: Walk) -> None:
        self._window = window
        self._walk = walk
        self.strangers: list[str] = []
        window.emulate_media(reduced_motion="reduce")
        window.add_init_script(Axe().axe_script)
        window.route("**/*", self._serve)
        window.goto(f"{HOME}/")

    def faults_of_sense(self, pages: Pages) -> Iterator[str]:
        """What axe finds on each page, and the colours of each kind of element once more in the dark."""
        for name, page in pages.items():
            yield from self._axe("light", name, page, {})
        self._window.emulate_media(color_scheme="dark")
        for name, page in with_something_new(pages).items():
            yield from self._axe("dark", name, page, {"runOnly": ["color-contrast"]})
        self._window.emulate_media(color_scheme="light")

    def faults_of_size(self, pages: Pages) -> Iterator[str]:
        """What sticks out of a window of some width, is too small for a thumb, or does not show that it has the focus."""
        for width in (ZOOMED, *WIDTHS):
            self._window.set_viewport_size({"width": width, "height": 640})
            yield from self._each(pages, _STICKS_OUT)
        yield from self._each(pages, _OPEN_ALL, _TOO_SMALL, _UNSEEN_FOCUS)

    def _each(self, pages: Pages, *looks: str) -> Iterator[str]:
        script = _EACH.format(show=_SHOW, looks=", ".join(looks))
        found = self._window.evaluate(script, [{name: page.text for name, page in pages.items()}, TARGET])
        yield from (f"{name}: {fault}" for name, faults in found.items() for fault in faults)

    def _axe(self, scheme: str, name: str, page: Page, options: dict[str, Any]) -> Iterator[str]:
        script = f"([html, options]) => {{ {_SHOW}; show(html); return ({_AXE})(options) }}"
        for found in self._window.evaluate(script, [page.text, options]):
            yield f"{name}: axe, {scheme}: {found['id']} {[node['html'][:120] for node in found['nodes'][:3]]}"

    def _serve(self, route: Route) -> None:
        address = route.request.url
        if not address.startswith(HOME):
            self.strangers.append(address)
            route.abort()
            return
        page = self._walk.stylesheet if urlsplit(address).path == STYLESHEET_PATH else self._walk.pages["/"]
        kept = {name: value for name, value in page.headers if name.lower() not in _NOT_THE_BROWSERS}
        route.fulfill(status=page.status, headers=kept, body=page.body)


def with_something_new(pages: Pages) -> Pages:
    """The pages on which a kind of element is seen for the first time."""
    seen: set[Kind] = set()
    new = {}
    for name, page in pages.items():
        kinds = set(_kinds(markup.tree(page)))
        if not kinds <= seen:
            new[name] = page
            seen |= kinds
    return new


def _kinds(element: Element, within: Kind = ()) -> Iterator[Kind]:
    """Every element below as the stylesheet sees it: tag, class and state, from the outermost inwards."""
    for child in element:
        kind = (*within, f"{child.tag} {child.get('class')} {child.get('checked')}")
        yield kind
        yield from _kinds(child, kind)
