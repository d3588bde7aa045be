"""What was erased is not legible in SQLite's own pages either."""

from __future__ import annotations

from core.database import fulltext
from core.database.binding import db, reads, writes
from core.operations.rights.erasing import erase
from core.text import words
from tests.harness import cast, life


@reads
def in_index_pages(terms: list[str]) -> list[str]:
    """The words that the full-text index still spells out; neighbours may share their first letters."""
    pages = b"".join(bytes(block) for (block,) in db.execute_sql("SELECT block FROM ticket_search_data"))
    return [term for term in terms if term.encode()[3:] in pages]


@writes
def index_many_others() -> None:
    """So many, all in one list, that one ticket less is no reason for SQLite to write the index anew by itself."""
    fulltext.index_many((1000 + number, words(f"palabra{number} otra{number % 7} más")) for number in range(400))
    fulltext.tidy()


def test_the_words_are_gone_from_the_pages_of_the_index(sqlite_database: str) -> None:
    boss = cast.analyst("Eva Díaz", role="supervisor", rights=("nna",))
    somebody = life.lead("ara", boss)
    index_many_others()
    terms = [words(somebody.words[what])[0] for what in ("given", "question", "answer", "note", "tramite")]
    assert in_index_pages(terms) == terms
    erase(somebody.account)
    assert in_index_pages(terms) == []


def test_the_connection_goes_on_as_before(sqlite_database: str) -> None:
    erase(cast.account())
    with db.connection_context() if db.is_closed() else db.atomic():
        assert db.execute_sql("PRAGMA secure_delete").fetchone() == (0,)
