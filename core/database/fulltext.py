"""Full text: the words of each ticket, found newest first, on either engine.

Both engines are given the same folded words (see `core.text.words`), so that both find the same tickets.
What is typed last may be unfinished. FTS5 answers a prefix of two or three letters from its own index; a longer
one is spelled out with the words that are known, because FTS5 would merge every list of every such word first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from core.database import bulk, engines
from core.database.binding import db

_RECENT = 3_000
"""On PostgreSQL the newest tickets are looked through first: common words are nearly always among them."""
_INDEXED_PREFIX = 3
_MOST_SPELLINGS = 300


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
    for word in set(words):
        used = db.execute_sql("SELECT 1 FROM ticket_search WHERE ticket_search MATCH ? LIMIT 1", (f'"{word}"',)).fetchone()
        if used is None:
            db.execute_sql("DELETE FROM vocabulary WHERE word = ?", (word,))


def newest(words: Sequence[str], prefix: bool, routes: Iterable[str], limit: int) -> list[int]:
    """The newest tickets of these routes with all the words; with `prefix` the last word may be unfinished."""
    if not words:
        return []
    search = _newest_sqlite if engines.is_sqlite(db.obj) else _newest_postgresql
    return search(words, prefix, sorted(routes), limit)


def _index_sqlite(rows: list[tuple[int, list[str]]]) -> None:
    for ticket_id, words in rows:
        db.execute_sql("INSERT OR REPLACE INTO ticket_search (rowid, words) VALUES (?, ?)", (ticket_id, " ".join(words)))
    _learn({word for _, words in rows for word in words})


def _learn(words: Iterable[str]) -> None:
    """Remember how words are spelled, for those typed by halves; in one statement, or threads fight over each word."""
    spellings = json.dumps(sorted(word for word in words if len(word) > _INDEXED_PREFIX and not word.isdigit()))
    db.execute_sql("INSERT OR IGNORE INTO vocabulary (word) SELECT value FROM json_each(?)", (spellings,))


def _index_postgresql(rows: list[tuple[int, list[str]]]) -> None:
    for ticket_id, words in rows:
        db.execute_sql(
            "INSERT INTO ticket_search (ticket_id, words) VALUES (%s, array_to_tsvector(%s::text[])) "
            "ON CONFLICT (ticket_id) DO UPDATE SET words = excluded.words",
            (ticket_id, words),
        )


def _newest_sqlite(words: Sequence[str], prefix: bool, routes: list[str], limit: int) -> list[int]:
    terms = [f'"{word}"' for word in words]
    if prefix:
        terms[-1] = _unfinished(words[-1])
    marks = ", ".join("?" * len(routes))
    rows = db.execute_sql(
        "SELECT s.rowid FROM ticket_search s CROSS JOIN ticket t ON t.id = s.rowid "
        f"WHERE s.ticket_search MATCH ? AND t.route IN ({marks}) ORDER BY s.rowid DESC LIMIT ?",
        (" AND ".join(terms), *routes, limit),
    )
    return [row[0] for row in rows.fetchall()]


def _unfinished(word: str) -> str:
    if len(word) <= _INDEXED_PREFIX or word.isdigit():
        return f'"{word}"*'
    after = word[:-1] + chr(ord(word[-1]) + 1)
    query = "SELECT word FROM vocabulary WHERE word >= ? AND word < ? LIMIT ?"
    spellings = [row[0] for row in db.execute_sql(query, (word, after, _MOST_SPELLINGS + 1)).fetchall()]
    if len(spellings) > _MOST_SPELLINGS:
        return f'"{word}"*'
    return "(" + " OR ".join(f'"{spelling}"' for spelling in spellings or [word]) + ")"


def _newest_postgresql(words: Sequence[str], prefix: bool, routes: list[str], limit: int) -> list[int]:
    terms = [f"'{word}'" for word in words]
    if prefix:
        terms[-1] += ":*"
    query = " & ".join(terms)
    recent = _recent_postgresql(query, routes, limit)
    if len(recent) >= limit:
        return recent
    rows = db.execute_sql(
        "WITH hits AS MATERIALIZED (SELECT ticket_id FROM ticket_search WHERE words @@ %s::tsquery) "
        "SELECT h.ticket_id FROM (SELECT ticket_id FROM hits ORDER BY ticket_id DESC OFFSET 0) h "
        "WHERE (SELECT t.route FROM ticket t WHERE t.id = h.ticket_id) = ANY(%s) ORDER BY h.ticket_id DESC LIMIT %s",
        (query, routes, limit),
    )
    return [row[0] for row in rows.fetchall()]


def _recent_postgresql(query: str, routes: list[str], limit: int) -> list[int]:
    rows = db.execute_sql(
        "SELECT r.ticket_id FROM (SELECT ticket_id, words FROM ticket_search ORDER BY ticket_id DESC LIMIT %s) r "
        "JOIN ticket t ON t.id = r.ticket_id WHERE r.words @@ %s::tsquery AND t.route = ANY(%s) "
        "ORDER BY r.ticket_id DESC LIMIT %s",
        (_RECENT, query, routes, limit),
    )
    return [row[0] for row in rows.fetchall()]
