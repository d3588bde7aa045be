"""The certificado de ingreso on paper: one sheet of A4, whoever the person is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.journeys.states import Walk

if TYPE_CHECKING:
    from playwright.sync_api import Page as Window

A4 = (595, 842)
"""In points."""


@pytest.mark.parametrize("speaks", ["es", "ht"])
def test_the_certificate_is_one_sheet(walked: Callable[[str], Walk], window: Window, speaks: str) -> None:
    walk = walked(speaks)
    css = f"<style>{walk.stylesheet.text}</style>"  # in the page, so that nothing has to be fetched
    window.set_content(re.sub(r'<link rel="stylesheet"[^>]*>', lambda _: css, walk.pages["certificate"].text))
    paper = window.pdf(prefer_css_page_size=True)
    sizes = [box.split()[2:] for box in re.findall(rb"/MediaBox\s*\[([^]]*)\]", paper)]
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    assert {tuple(round(float(side)) for side in size) for size in sizes} == {A4}
