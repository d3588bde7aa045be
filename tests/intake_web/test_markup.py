"""Rules that hold on every page in every state: labels, headings, weight, words."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator

import pytest

from intake_web.app import Application
from intake_web.templating import PROOF_SCRIPT
from tests.harness.page import Page, Visitor, within
from tests.intake_web import gallery, markup
from tests.intake_web.people import Citizen

COLD_WORDS = re.compile(r"\b(usuari[oa]s?|sistema|error \d+|inválid[oa]|click|clic)\b", re.IGNORECASE)
OUR_SCRIPT = f"<script>{PROOF_SCRIPT}</script>"
ACTIVE = re.compile(r"<(?:script|img|style|iframe)|\bstyle=|\bon\w+=")
FIRST_VIEWS = ("/", "/cuenta/nueva", "/ticket/nuevo")
WEIGHT = 14_000


@pytest.fixture(scope="module")
def walked() -> dict[str, dict[str, Page]]:
    return {}


@pytest.fixture
def pages(walked: dict[str, dict[str, Page]], database: str, site: Application, citizen: Citizen) -> dict[str, Page]:
    """Every page, walked once on each engine: all tests of this file only look."""
    engine = database.partition(":")[0]
    if engine not in walked:
        walked[engine] = gallery.walk(Visitor(within(site)), citizen)
    return walked[engine]


def unless(pages: dict[str, Page], fault: object) -> Iterator[str]:
    for name, page in pages.items():
        found = fault(page)  # type: ignore[operator]
        if found:
            yield f"{name}: {found}"


def ids(page: Page) -> list[str]:
    return [str(element.get("id")) for element in markup.tree(page).iter() if element.get("id")]


def dangling(page: Page) -> list[str]:
    known = set(ids(page))
    links = [str(link.get("href")) for link in markup.tree(page).iter("a") if str(link.get("href")).startswith("#")]
    described = [str(element.get("aria-describedby") or "").split() for element in markup.tree(page).iter()]
    wanted = [link[1:] for link in links] + [name for names in described for name in names]
    return [name for name in wanted if name not in known]


def headings(page: Page) -> str:
    levels = [int(element.tag[1]) for element in markup.tree(page).iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    skipped = any(after > before + 1 for before, after in zip([1, *levels], levels, strict=False))
    return f"headings {levels}" if levels.count(1) != 1 or skipped else ""


def test_all_pages_keep_the_rules(pages: dict[str, Page]) -> None:
    rules = {
        "a field without a label": markup.unlabelled,
        "an id twice": lambda page: [name for name in ids(page) if ids(page).count(name) > 1],
        "a reference to nothing": dangling,
        "one heading, none skipped": headings,
        "no language": lambda page: markup.tree(page).get("lang") != "es",
        "no title": lambda page: not markup.tree(page).findtext(".//title", "").endswith("Ayuda Migraciones"),
        "a script, a picture or a style of its own": lambda page: ACTIVE.findall(page.text.replace(OUR_SCRIPT, "")),
        "a cold word": lambda page: COLD_WORDS.findall(markup.words(page)),
        "something of another host": lambda page: [
            element.get("src") or element.get("href") for element in markup.tree(page).iter() if element.tag in ("link", "img")
            and str(element.get("href") or element.get("src")).startswith(("http", "//"))
        ],
        "a trace of the kitchen": lambda page: re.findall(r"Traceback|jinja|peewee|\{\{|\{%|None\b|undefined", page.text),
    }  # fmt: skip
    broken = [f"{rule}: {fault}" for rule, check in rules.items() for fault in unless(pages, check)]
    assert broken == []


def test_refused_forms_say_so_on_top_and_in_the_title(pages: dict[str, Page]) -> None:
    refused = {name: page for name, page in pages.items() if name.endswith(" wrong")}
    assert len(refused) >= 23
    for name, page in refused.items():
        assert page.status == 422, name
        assert 'role="alert"' in page.text, name
        assert "<title>Error: " in page.text, name


def test_no_page_is_served_with_an_error_of_ours(pages: dict[str, Page]) -> None:
    assert {name: page.status for name, page in pages.items() if page.status >= 500} == {}


def zipped(page: Page) -> int:
    return len(page.body if page.header("Content-Encoding") == "gzip" else gzip.compress(page.body))


@pytest.mark.parametrize("path", FIRST_VIEWS)
def test_a_first_view_is_light_and_two_requests(site: Application, citizen: Citizen, path: str) -> None:
    citizen.visitor.headers["Accept-Encoding"] = "gzip"
    page = citizen.visitor.get(path)
    text = gzip.decompress(page.body).decode()
    (stylesheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)">', text)
    assert len(re.findall(r"<(?:link|script|img)\b", text)) == 2  # the other is the empty icon
    assert 'rel="icon" href="data:,"' in text
    css = citizen.visitor.get(stylesheet)
    assert css.header("Content-Encoding") == "gzip"
    assert len(css.body) < 5_000
    assert len(page.body) + len(css.body) <= WEIGHT


def test_every_further_page_is_light(pages: dict[str, Page]) -> None:
    assert {name: zipped(page) for name, page in pages.items() if zipped(page) > 6_000} == {}
