"""Debian's Chromium, driven by Playwright; the library downloads no browser of its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.harness.wants import lacking

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 740}
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str | None:
    """The Chromium of this machine, if there is one."""
    return next((path for name in ("chromium", "chromium-browser") if (path := shutil.which(name))), None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Playwright's loop stands still between its calls, yet asyncio takes it for running: who uses no browser must not."""
    if isinstance(item, pytest.Function) and "browser" in item.fixturenames:
        return (yield)
    others = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        return (yield)
    finally:
        asyncio._set_running_loop(others)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium for this worker."""
    from playwright.sync_api import sync_playwright

    path = executable()
    if path is None:
        lacking("Chromium")
    try:
        playwright = sync_playwright().start()
    except Exception:  # noqa: BLE001 the library has no other name for it
        lacking("libatomic.so.1 for Playwright's driver")
    chromium = playwright.chromium.launch(executable_path=path, args=list(QUIET))
    yield chromium
    chromium.close()
    playwright.stop()


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """A fresh window, the size of a phone's, that knows nobody."""
    context = browser.new_context(viewport=PHONE, locale="es-CL")
    yield context.new_page()
    context.close()


@pytest.fixture
def window_without_scripts(browser: Browser) -> Iterator[Page]:
    """A fresh window in which JavaScript is switched off."""
    context = browser.new_context(viewport=PHONE, locale="es-CL", java_script_enabled=False)
    yield context.new_page()
    context.close()
