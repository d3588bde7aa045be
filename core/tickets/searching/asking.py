"""A line as a question to the database: which tickets, in which order, and whether there are more.

Open tickets are few: all that fit are found, whatever is asked. What an index finds is few as well. Among all closed
tickets at most `LOOKED_AT` are looked at, the newest first, and `MOST` listed, or all of those when somebody wants them in
an order of their own; `antes:` goes on from where that ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from peewee import JOIN, SQL, fn

from core import clock
from core.database import fulltext
from core.database.binding import db
from core.database.fulltext import Term
from core.people import policy
from core.people.models import Person, Staff
from core.text import words
from core.tickets import impartial
from core.tickets.lists.sorting import NEWEST, URGENT, Order, Values, order_of
from core.tickets.models import Ticket
from core.tickets.searching import phrases
from core.tickets.searching.keys import KEYS, Clause, Who
from core.tickets.searching.line import MOST_WORDS, Asked, Line

MOST = 500
"""How many are listed when closed tickets are among them."""
LOOKED_AT = 20_000
_PIECE = 500
_COUNTED = 150
"""How many hits are looked at to tell how many closed tickets there are besides."""


class Question(NamedTuple):
    """What a line asks for."""

    conditions: tuple[Any, ...] = ()
    terms: tuple[Term, ...] = ()
    phrases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    closed: bool = True
    indexed: bool = False
    few: bool = False
    before: date | None = None
    wrong: str = ""
    """Why it can find nothing: a value that does not exist, with those that do."""
    said: tuple[str, ...] = ()
    """The keys in the desk's words."""


NOTHING = Question()
"""What is asked of tickets that an identifier names: nothing else."""


@dataclass(frozen=True, slots=True)
class Hits:
    """The ids that were found in their order, and whether there may be older ones."""

    ids: tuple[int, ...] = ()
    cut: bool = False

    def and_then(self, others: Hits) -> Hits:
        """These, and after them the others that are not among them."""
        known = set(self.ids)
        rest = others.ids if not known else tuple(each for each in others.ids if each not in known)
        return Hits((*self.ids, *rest), self.cut or others.cut)


def question(line: Line, who: Who, closed: bool) -> Question:
    """What a line asks for; two values of one key are either one or the other."""
    wanted: dict[str, list[Clause]] = {}
    denied: list[Clause] = []
    said, wrong = [], ""
    for asked in filter(lambda each: each.value, line.keys):
        clause = KEYS[asked.key].means(who, asked.value)
        if clause is None or (asked.denied and clause.condition is None):
            wrong = wrong or _complaint(asked, clause, who)
            continue
        (denied if asked.denied else wanted.setdefault(asked.key, [])).append(clause)
        said.append(f"{'-' if asked.denied else ''}{asked.key} {clause.said or asked.value}")
    return _put_together(line, wanted, denied, closed)._replace(wrong=wrong, said=tuple(said))


def _put_together(line: Line, wanted: dict[str, list[Clause]], denied: list[Clause], closed: bool) -> Question:
    positive = [clause for clauses in wanted.values() for clause in clauses]
    names = tuple(word for clause in positive for word in clause.name)
    conditions = [_either(clauses) for clauses in wanted.values() if clauses[0].condition is not None]
    return Question(
        conditions=(*conditions, *map(_not, denied)),
        terms=tuple([*line.terms, *(Term(name, True) for name in names if len(name) > 1 or not name.isascii())][:MOST_WORDS]),
        phrases=line.phrases,
        names=names,
        closed=closed or any(clause.closed for clause in positive),
        indexed=any(clause.indexed for clause in positive),
        few=any(clause.few for clause in positive),
        before=min((clause.before for clause in positive if clause.before), default=None),
    )


def _either(clauses: Sequence[Clause]) -> Any:
    condition = clauses[0].condition
    for clause in clauses[1:]:
        condition |= clause.condition
    return condition


def _not(clause: Clause) -> Any:
    """That a condition does not hold, also where its column is empty."""
    return fn.COALESCE(~clause.condition, SQL("true"))


def _complaint(asked: Asked, clause: Clause | None, who: Who) -> str:
    """Why a key with its value can find nothing."""
    if clause is not None:
        return f"«-{asked.key}:» no se puede negar"
    key = KEYS[asked.key]
    names = ", ".join(each.typed for each in key.values(who))
    return f"«{asked.key}:{asked.value}» no existe; vale {names or key.expects}"


def answer(asked: Question, who: Who, order: str, most: int | None = None) -> Hits:
    """The tickets that are asked for, of the routes that one may see; any so many of them where `most` is given."""
    if asked.wrong or not (asked.terms or asked.conditions or asked.names):
        return Hits()
    order_ = order_of(order, NEWEST if asked.terms else URGENT)
    enough = most if most and not (asked.names or asked.phrases) else None
    if asked.indexed:
        rows, cut = _through_index(asked, who, order_)
    elif not asked.closed:
        rows, cut = phrases.saying(asked.phrases, _open(asked, who, order_, enough))
    elif asked.few and not asked.terms:
        rows, cut = _rows(asked, who, order_, limit=enough), False
    else:
        rows, cut = _walk(asked, who, order_, most or (LOOKED_AT if order_.sort.columns and order else MOST))
    return _in_order(rows, order_, cut)


def of_these(asked: Question, who: Who, order: str, ids: Sequence[int]) -> Hits:
    """Those of some tickets, all of whose routes one may see, that fulfil the conditions."""
    if asked.wrong or not ids:
        return Hits()
    ids = impartial.ids_of_others(who.me, ids)
    order_ = order_of(order, NEWEST)
    is_told = not (asked.conditions or asked.names or order_.sort.columns)
    rows = [(each,) for each in ids] if is_told else _rows(asked, who, order_, _one_of(ids))
    return _in_order(rows, order_, cut=False)


def _in_order(rows: list[Values], order: Order, cut: bool) -> Hits:
    return Hits(tuple([row[0] for row in order.sorted(rows)]), cut)


def _rows(asked: Question, who: Who, order: Order, *more: Any, limit: int | None = None, newest: bool = False) -> list[Values]:
    """The id and what the order needs, of tickets that fulfil all conditions."""
    sort = order.sort
    names = (Person.given_names, Person.first_surname, Person.second_surname) if asked.names else ()
    hidden = Ticket.route.not_in(sorted(policy.hidden_routes(who.me)))
    fair = (~impartial.concerns(who.me.id),) if impartial.COMPLAINT in policy.visible_routes(who.me) else ()
    query = Ticket.select(Ticket.id, *sort.columns, *names).where(hidden, *fair, *asked.conditions, *more)
    if names or sort.asks(Person):
        query = query.join(Person, on=(Ticket.person == Person.id)).switch(Ticket)
    if sort.asks(Staff):
        query = query.join(Staff, JOIN.LEFT_OUTER, on=(Ticket.assignee == Staff.id))
    if newest:
        query = query.order_by(Ticket.id.desc())
    found: list[Values] = db.execute(query.limit(limit)).fetchall()
    if not names:
        return found
    return [row[: -len(names)] for row in found if _is_named(row[-len(names) :], asked.names)]


def _one_of(ids: Iterable[int]) -> Any:
    """That a ticket is one of some hundred: numbers of ours, which need no place of their own in a statement."""
    return Ticket.id.in_(SQL(f"({', '.join(map(str, ids))})"))


def _is_named(parts: Sequence[str], wanted: Iterable[str]) -> bool:
    named = words(" ".join(parts))
    return all(any(word.startswith(each) for word in named) for each in wanted)


def _open(asked: Question, who: Who, order: Order, most: int | None) -> list[Values]:
    terms = (Ticket.id.in_(fulltext.of_open(asked.terms)),) if asked.terms else ()
    return _rows(asked, who, order, Ticket.resolved_at.is_null(), *terms, limit=most)


def _through_index(asked: Question, who: Who, order: Order) -> tuple[list[Values], bool]:
    found = _rows(asked, who, order, limit=LOOKED_AT if asked.names else MOST + 1)
    if asked.terms:
        having = fulltext.among(asked.terms, [row[0] for row in found[:MOST]])
        found, _ = phrases.saying(asked.phrases, [row for row in found if row[0] in having])
    return found[:MOST], len(found) > MOST


def _walk(asked: Question, who: Who, order: Order, most: int) -> tuple[list[Values], bool]:
    """Back through all tickets, from the newest or from the day that is asked for."""
    start = _first_after(asked.before)
    if not asked.terms:
        enough = None if asked.names else most
        found = _rows(asked, who, order, Ticket.id.between(start - LOOKED_AT, start - 1), limit=enough, newest=True)
        return found[:most], len(found) >= most or start > LOOKED_AT + 1
    looked_at = phrases.LOOKED_AT if asked.phrases else LOOKED_AT
    rows: list[Values] = []
    looked = 0
    for ids in _newest(asked.terms, looked_at, start):
        looked += len(ids)
        piece, _ = phrases.saying(asked.phrases, _rows(asked, who, order, _one_of(ids)))
        rows += sorted(piece, key=lambda row: -row[0])
        if len(rows) >= most:
            return rows[:most], True
    return rows, looked >= looked_at


def _newest(terms: Sequence[Term], looked_at: int, start: int) -> Iterator[list[int]]:
    """The newest tickets with all the terms, so many of them, in pieces: the first is nearly always enough."""
    first = fulltext.newest(terms, min(_PIECE, looked_at), start)
    if first:
        yield first
    left = looked_at - len(first)
    others = fulltext.newest(terms, left, first[-1]) if left and len(first) == _PIECE else []
    for at in range(0, len(others), _PIECE):
        yield others[at : at + _PIECE]


def _first_after(day: date | None) -> int:
    """The id from which on tickets are too new: of the first one opened on a day or later."""
    if day is not None:
        query = Ticket.select(Ticket.id).where(Ticket.opened_on >= clock.day_number(day))
        found = query.order_by(Ticket.opened_on, Ticket.id).limit(1).scalar()
        if found is not None:
            return int(found)
    return int(Ticket.select(fn.MAX(Ticket.id)).scalar() or 0) + 1


def persons(hits: Hits, only_open: bool) -> int:
    """How many persons the tickets are of; nobody has two open ones. Of very many it is not counted: 0."""
    if only_open or len(hits.ids) < 2:
        return len(hits.ids)
    if len(hits.ids) > MOST:
        return 0
    return int(Ticket.select(fn.COUNT(fn.DISTINCT(Ticket.person))).where(_one_of(hits.ids)).scalar())


def closed_besides(asked: Question, who: Who) -> tuple[int, bool]:
    """How many closed tickets have the words as well, of the oldest ones; whether there may be more."""
    if asked.closed or asked.indexed or asked.wrong or not asked.terms:
        return 0, False
    ids = fulltext.oldest(asked.terms, _COUNTED)
    ended = (Ticket.resolved_at.is_null(False), _one_of(ids))
    rows = _rows(asked, who, order_of(NEWEST), *ended) if ids else []
    return len(phrases.saying(asked.phrases, rows)[0]), len(ids) >= _COUNTED
