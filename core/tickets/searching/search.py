"""One line that finds: a trámite ID in any spelling, a folio, an e-mail, a name, words, and keys with values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from core import clock
from core.database.binding import reads
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import words
from core.tickets.lists.sorting import SORTS, order_of
from core.tickets.lists.views import TicketRow
from core.tickets.records import rows_by_id
from core.tickets.searching import asking, exact, telling
from core.tickets.searching.asking import Hits, Question
from core.tickets.searching.completing import completions
from core.tickets.searching.keys import KEYS, Who
from core.tickets.searching.line import Line, read
from core.tickets.searching.views import Completion, Found, OrderName

_NAMES_KEPT = 2_000
"""Of the people of the last lists: with the next letter nearly all of them are found again."""


@reads
def search(actor: Staff, line: str, limit: int = 100, order: str = "", closed: bool = False) -> Found:
    """The tickets that a line finds, the first rows with them; any line is legal.

    A trámite ID, a folio or an e-mail address that is there is what was meant, and nothing else is looked for. What is
    found so may be closed, as what only closed tickets have; words and keys find open tickets, or with `closed` all.
    """
    who = _who(actor)
    typed = read(line, KEYS)
    asked = asking.question(typed, who, closed)
    found = _identified(typed, asked, who, order) or _described(typed, asked, who, order)
    rows = _rows(found, who, 0, limit)
    return replace(found, rows=rows, understood=telling.understood(typed, asked, found, rows[0].matched if rows else ""))


@reads
def page(actor: Staff, found: Found, start: int, limit: int) -> tuple[TicketRow, ...]:
    """The rows `start` to `start + limit` of what was found."""
    return _rows(found, _who(actor), start, limit)


@reads
def complete(actor: Staff, line: str) -> tuple[Completion, ...]:
    """How a line can go on."""
    return completions(line, _who(actor))


@reads
def how_many(actor: Staff, line: str, closed: bool = False, most: int = 99) -> tuple[int, bool]:
    """How many tickets `search` lists for a line, counted up to `most`; whether there are more."""
    who = _who(actor)
    typed = read(line, KEYS)
    asked = asking.question(typed, who, closed)
    found = _identified(typed, asked, who, "")
    ids = found.ids if found else _begun(typed, who)[1].and_then(asking.answer(asked, who, "", most + 1)).ids
    count = len(ids or _described(typed, asked, who, "").ids)
    return min(count, most), count > most


def key_help() -> tuple[tuple[str, str], ...]:
    """The keys of a search line, with what each is for."""
    return tuple((f"{key.code}:", key.help) for key in KEYS.values())


def orders() -> tuple[OrderName, ...]:
    """Every order in which a list can stand, each column's both ways."""
    return tuple(order_named(f"{minus}{code}") for code in SORTS for minus in ("", "-"))


def order_named(code: str) -> OrderName:
    """An order by its code."""
    order = order_of(code)
    return OrderName(code, order.sort.title, order.words, "↓" if order.down else "↑")


def _who(actor: Staff) -> Who:
    me = current(actor)
    policy.require(me, "search")
    return Who(me, clock.today())


def _identified(line: Line, asked: Question, who: Who, order: str) -> Found | None:
    """What the line finds as an identifier, alone or beside keys; None when it is no known one."""
    hidden = sorted(policy.hidden_routes(who.me))
    by, ids = exact.exact(line.typed, hidden)
    conditions = asking.NOTHING if by else asked
    if not by and line.keys and line.rest:
        by, ids = exact.exact(line.rest, hidden)
    return _found(asking.of_these(conditions, who, order, ids), line, by, ids) if by else None


def _described(line: Line, asked: Question, who: Who, order: str) -> Found:
    """What unfinished identifiers, words and keys find; the next best where that is nothing."""
    by, begun = _begun(line, who)
    hits = begun.and_then(asking.answer(asked, who, order))
    besides, more = asking.closed_besides(asked, who)
    if not hits.ids and (besides or more):
        return _only_closed(line, asked, who, order)
    if not hits.ids and not line.keys:
        return _alike(line, who)
    found = _found(hits, line, by, begun.ids, asked.names, closed=asked.closed or asked.indexed or bool(begun.ids))
    return replace(found, also=telling.besides(besides, more))


def _begun(line: Line, who: Who) -> tuple[str, Hits]:
    """The tickets whose trámite or folio begins as the line does, and which of the two."""
    by, near = ("", []) if line.keys else exact.begun(line.typed, sorted(policy.hidden_routes(who.me)))
    return by, asking.of_these(asking.NOTHING, who, "", near)


def _only_closed(line: Line, asked: Question, who: Who, order: str) -> Found:
    """What closed tickets have, where no open one has it."""
    hits = asking.answer(asked._replace(closed=True), who, order)
    found = _found(hits, line, words=asked.names)
    return replace(found, instead=f"ninguno abierto con «{line.typed}»") if hits.ids else found


def _alike(line: Line, who: Who) -> Found:
    """The next best, where nothing was found."""
    none, likeness, ids = exact.alike(line.typed, sorted(policy.hidden_routes(who.me)), who.today.year)
    hits = asking.of_these(asking.NOTHING, who, "", ids)
    found = _found(hits, line, "parecido", hits.ids)
    return replace(found, instead=f"ninguno con {none}; {len(hits.ids)} {likeness}") if hits.ids else found


def _found(
    hits: Hits, line: Line, by: str = "", ids: Iterable[int] = (), words: Sequence[str] = (), closed: bool = True
) -> Found:
    """What was found; `by` is the field by which the tickets of `ids` were, the others were by words."""
    return Found(
        understood="",
        rows=(),
        more=hits.cut,
        words=(*line.words, *words),
        ids=hits.ids,
        persons=asking.persons(hits, not closed),
        named=dict.fromkeys(ids, by),
        closed=closed,
    )


def _rows(found: Found, who: Who, start: int, limit: int) -> tuple[TicketRow, ...]:
    """A piece of the list, each row with the field by which it was found."""

    def matched(ticket_id: int, name: str) -> str:
        return found.named.get(ticket_id) or _matched(name, found.words)

    seen = policy.visible_routes(who.me)
    return tuple(row for row in rows_by_id(found.ids[start : start + limit], matched) if row.route in seen)


def _matched(name: str, terms: Sequence[str]) -> str:
    """By what a ticket was found that no identifier names: its person's name, otherwise something said in it."""
    if not terms:
        return ""
    named = _words_of(name)
    return "nombre" if all(any(word.startswith(term) for word in named) for term in terms) else "palabras"


@lru_cache(_NAMES_KEPT)
def _words_of(name: str) -> tuple[str, ...]:
    return tuple(words(name))
