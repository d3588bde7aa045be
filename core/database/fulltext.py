"""Full text: the words of each ticket, found newest first, on either engine.

Both engines are given the same folded words (see `core.text.words`), so that both find the same tickets.
What is typed last may be unfinished. FTS5 answers a prefix of two or three letters from its own index; a longer
one is spelled out with the words that are known, because FTS5 would merge every list of every such word first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from peewee import SQL

from core.database import bulk, engines
from core.database.binding import db

OPEN = "§abierto"
"""A word that nobody can type: in the index it stands beside the words of the tickets that are open.

Without it a common word would first be found in a million closed tickets. It may outlive a ticket's end: whoever
asks for open tickets looks at the tickets themselves as well.
"""
_MARK = OPEN[0]
_PER_WANTED, _AT_FIRST = 20, 10_000
"""On PostgreSQL so many tickets for each that is wanted are looked through first, no more than that: common words are there."""
_PER_HIT = 5
"""Tickets that PostgreSQL looks through while it fetches one that its index of words has found."""
_INDEXED_PREFIX = 3
_MOST_SPELLINGS = 300
_LAST = 2**62


class Term(NamedTuple):
    """A word that is looked for, or how one begins."""

    word: str
    begins: bool = False


def index(ticket_id: int, words: Iterable[str]) -> None:
    """Make a ticket findable by these words, instead of those that it had."""
    index_many([(ticket_id, words)])


def index_many(tickets: Iterable[tuple[int, Iterable[str]]]) -> None:
    """Make many tickets findable by their words; a ticket's earlier words are replaced."""
    rows = [(ticket_id, sorted(set(words))) for ticket_id, words in tickets]
    if engines.is_sqlite(db.obj):
        _index_sqlite(rows)
    else:
        _index_postgresql(rows)


def load(tickets: Iterable[tuple[int, str]]) -> None:
    """Make very many tickets findable that never were; each with its words once, separated by blanks."""
    rows = list(tickets)
    if not engines.is_sqlite(db.obj):
        bulk.insert(
            "ticket_search", ("ticket_id", "words"), ((key, "'" + words.replace(" ", "' '") + "'") for key, words in rows)
        )
        return
    bulk.insert("ticket_search", ("rowid", "words"), rows)
    known: set[str] = set()
    for _, words in rows:
        known.update(words.split())
    _learn(known)


def tidy() -> None:
    """After a load: one list a word, as short as it can be."""
    if engines.is_sqlite(db.obj):
        db.execute_sql("INSERT INTO ticket_search (ticket_search) VALUES ('optimize')")


def forget(ticket_id: int) -> None:
    """Make a ticket unfindable."""
    if engines.is_sqlite(db.obj):
        db.execute_sql("DELETE FROM ticket_search WHERE rowid = ?", (ticket_id,))
    else:
        db.execute_sql("DELETE FROM ticket_search WHERE ticket_id = %s", (ticket_id,))


def unlearn(words: Iterable[str]) -> None:
    """Forget how words are spelled that are in no ticket any more."""
    if not engines.is_sqlite(db.obj):
        return
    for word in unused(words):
        db.execute_sql("DELETE FROM vocabulary WHERE word = ?", (word,))


def newest(terms: Sequence[Term], limit: int, before: int | None = None) -> list[int]:
    """The newest tickets with all the terms, those from the id `before` on left out."""
    if not terms:
        return []
    if engines.is_sqlite(db.obj):
        return _newest_sqlite(terms, limit, before)
    return _postgresql(terms, limit, "DESC", _LAST if before is None else before)


def oldest(terms: Sequence[Term], limit: int) -> list[int]:
    """The oldest tickets with all the terms."""
    if not terms:
        return []
    if engines.is_sqlite(db.obj):
        return _ids("SELECT rowid FROM ticket_search WHERE ticket_search MATCH ? ORDER BY rowid LIMIT ?", _match(terms), limit)
    return _postgresql(terms, limit, "ASC")


def of_open(terms: Sequence[Term]) -> Any:
    """The tickets with all the terms that are, or were a while ago, open: a query's part that gives their ids."""
    wanted = [*terms, Term(OPEN)]
    if engines.is_sqlite(db.obj):
        return SQL("(SELECT rowid FROM ticket_search WHERE ticket_search MATCH ?)", (_match(wanted),))
    return SQL("(SELECT ticket_id FROM ticket_search WHERE words @@ %s::tsquery)", (_tsquery(wanted),))


def among(terms: Sequence[Term], ids: Sequence[int]) -> set[int]:
    """Those of these tickets that have all the terms."""
    if not terms or not ids:
        return set(ids)
    marks = ", ".join([db.param] * len(ids))
    if engines.is_sqlite(db.obj):
        return set(
            _ids(f"SELECT rowid FROM ticket_search WHERE ticket_search MATCH ? AND rowid IN ({marks})", _match(terms), *ids)
        )
    return set(
        _ids(f"SELECT ticket_id FROM ticket_search WHERE words @@ %s::tsquery AND ticket_id IN ({marks})", _tsquery(terms), *ids)
    )


def unused(words: Iterable[str]) -> set[str]:
    """Those of these words that no ticket has any more."""
    return {word for word in set(words) if not newest([Term(word)], 1)}


def _ids(statement: str, *values: Any) -> list[Any]:
    return [row[0] for row in db.execute_sql(statement, values).fetchall()]


def _index_sqlite(rows: list[tuple[int, list[str]]]) -> None:
    for ticket_id, words in rows:
        db.execute_sql("INSERT OR REPLACE INTO ticket_search (rowid, words) VALUES (?, ?)", (ticket_id, " ".join(words)))
    _learn({word for _, words in rows for word in words})


def _learn(words: Iterable[str]) -> None:
    """Remember how words are spelled, for those typed by halves; in one statement, or threads fight over each word."""
    spellings = json.dumps(sorted(word for word in words if len(word) > _INDEXED_PREFIX and not _is_no_word(word)))
    db.execute_sql("INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(?)", (spellings,))


def _index_postgresql(rows: list[tuple[int, list[str]]]) -> None:
    for ticket_id, words in rows:
        db.execute_sql(
            "INSERT INTO ticket_search (ticket_id, words) VALUES (%s, array_to_tsvector(%s::text[])) "
            "ON CONFLICT (ticket_id) DO UPDATE SET words = excluded.words",
            (ticket_id, words),
        )


def _is_no_word(word: str) -> bool:
    return word.isdigit() or word.startswith(_MARK)


def _newest_sqlite(terms: Sequence[Term], limit: int, before: int | None) -> list[int]:
    until = "" if before is None else f"AND rowid < {int(before)} "
    query = f"SELECT rowid FROM ticket_search WHERE ticket_search MATCH ? {until}ORDER BY rowid DESC LIMIT ?"
    return _ids(query, _match(terms), limit)


def _match(terms: Sequence[Term]) -> str:
    return " AND ".join(_unfinished(term.word) if term.begins else f'"{term.word}"' for term in terms)


def _unfinished(word: str) -> str:
    if len(word) <= _INDEXED_PREFIX or word.isdigit():
        return f'"{word}"*'
    after = word[:-1] + chr(ord(word[-1]) + 1)
    spellings = _ids("SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?", word, after, _MOST_SPELLINGS + 1)
    if len(spellings) > _MOST_SPELLINGS:
        return f'"{word}"*'
    return "(" + " OR ".join(f'"{spelling}"' for spelling in spellings or [word]) + ")"


def _postgresql(terms: Sequence[Term], limit: int, way: str, before: int = _LAST) -> list[int]:
    """Through the tickets themselves in their order, as many as will be enough, or through the index of words."""
    newest = min(before - 1, *_ids("SELECT COALESCE(MAX(ticket_id), 0) FROM ticket_search"))
    looked_at = min(_PER_WANTED * limit, _AT_FIRST)
    while True:
        piece = f"SELECT ticket_id, words FROM ticket_search WHERE ticket_id < %s ORDER BY ticket_id {way} LIMIT %s"
        query = f"SELECT ticket_id FROM ({piece}) p WHERE words @@ %s::tsquery ORDER BY ticket_id {way}"
        found = _ids(query, before, looked_at, _tsquery(terms))
        if len(found) >= limit or looked_at >= newest:
            return found[:limit]
        enough = looked_at * 2 * limit // (len(found) or 1)
        if enough > _PER_HIT * newest * len(found) // looked_at:
            return _through_words(terms, limit, way, before)
        looked_at = enough


def _through_words(terms: Sequence[Term], limit: int, way: str, before: int) -> list[int]:
    """The index does not know the order of its hits: all of them are fetched."""
    return _ids(
        "WITH hits AS MATERIALIZED (SELECT ticket_id FROM ticket_search WHERE words @@ %s::tsquery) "
        f"SELECT ticket_id FROM hits WHERE ticket_id < %s ORDER BY ticket_id {way} LIMIT %s",
        _tsquery(terms), before, limit,
    )  # fmt: skip


def _tsquery(terms: Sequence[Term]) -> str:
    return " & ".join(f"'{term.word}'{':*' if term.begins else ''}" for term in terms)
