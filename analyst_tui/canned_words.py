"""Canned answers in words: what is told of one, and its text with what is filled in and what is left open marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from rich.text import Text

from analyst_tui import spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.pane import Block
from core.canned.views import Canned, Page
from core.canned.wording import HOLE, VARIABLE, fill
from core.language import LANGUAGES
from core.text import fold
from core.tramites.catalogue import catalogue


def about(canned: Canned) -> Iterator[Block]:
    """Who answers for it, on which law it stands, until when it is good, how it fares."""
    page = canned.page
    yield Block(shown(page.title, theme.strong))
    yield Block(shown(f"{page.owner} · {page.law}", theme.quiet))
    yield Block(Text(f"{until(page)} · {fares(canned)}", theme.late if page.is_expired else theme.quiet, end=""))


def until(page: Page) -> str:
    """Until when it can be sent, or since when not."""
    return f"{'caducó el' if page.is_expired else 'vale hasta el'} {page.expires_on:%d-%m-%Y}"


def fares(canned: Canned) -> str:
    """How many of its answers were not enough, with how many there were."""
    if canned.second_share is None:
        return "todavía sin respuestas"
    return f"{spoken.percent(canned.second_share)} con segundo ticket (n {spoken.number(canned.answered)})"


def spoken_in(page: Page, wanted: str) -> str:
    """In which language it is, and whether that is what was wanted and reviewed."""
    used = page.in_language(wanted)[1]
    parts = [LANGUAGES[used]]
    if used != wanted:
        parts.append(f"no hay texto en {LANGUAGES.get(wanted, wanted)}")
    if used in page.unreviewed:
        parts.append("traducción por revisar")
    return " · ".join(parts)


def text(body: str, values: Mapping[str, str] | None) -> Text:
    """A text: variables filled in and marked as such, or as they are written; holes marked."""
    told, at = Text(end=""), 0
    for found in VARIABLE.finditer(body):
        told.append_text(_open(body[at : found.start()]))
        filled = found[0] if values is None else fill(found[0], values)
        told.append_text(_open(filled) if HOLE.fullmatch(filled) else shown(filled, theme.accent))
        at = found.end()
    return told.append_text(_open(body[at:]))


def _open(piece: str) -> Text:
    told, at = Text(end=""), 0
    for hole in HOLE.finditer(piece):
        told.append_text(shown(piece[at : hole.start()], theme.ink)).append_text(shown(hole[0], theme.mark))
        at = hole.end()
    return told.append_text(shown(piece[at:], theme.ink))


def subjects(page: Page) -> str:
    """What it fits, by the names of the catalogue."""
    known = catalogue()
    named = [known.materia(code) or known.categoria(code) for code in page.subjects]
    return ", ".join(each.name for each in named if each) or "cualquier ticket"


def haystack(canned: Canned) -> tuple[str, ...]:
    """The folded words by which it is found."""
    page = canned.page
    return _words(" ".join((page.title, subjects(page), page.owner, page.law, *page.texts.values())))


@lru_cache(maxsize=1024)
def _words(said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(said).split()))
