"""Transactions around services, broken connections, full disks, and the journal that loses nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import peewee
import pytest

from core import language
from core.database import binding, engines, schema
from core.database.binding import db, reads, unlocked, writes
from core.errors import Misconfigured, NotFound, TryLater
from core.people.models import Throttle
from tests.harness import postgres
from tests.harness.crowd import at_once
from tests.harness.processes import free_port, wait_until


@writes
def put(key: str, fail: bool = False) -> None:
    Throttle.insert(key=key, tokens=1, updated_at=1).execute()
    if fail:
        raise NotFound("a refusal")


@writes
def put_two(fail: bool) -> None:
    put("one")
    put("two", fail)


@reads
def keys() -> set[str]:
    return {row.key for row in Throttle.select()}


@unlocked
def put_slowly() -> None:
    put("one")
    put("two")


def test_what_a_service_wrote_stays(database: str) -> None:
    put("one")
    assert keys() == {"one"}


def test_a_refused_service_leaves_nothing_behind(database: str) -> None:
    with pytest.raises(NotFound):
        put("one", fail=True)
    assert keys() == set()


def test_a_service_within_another_shares_its_fate(database: str) -> None:
    with pytest.raises(NotFound):
        put_two(fail=True)
    assert keys() == set()
    put_two(fail=False)
    assert keys() == {"one", "two"}


def test_an_unlocked_service_commits_as_it_goes_and_refuses_to_run_inside_another(database: str) -> None:
    put_slowly()
    assert keys() == {"one", "two"}
    with pytest.raises(RuntimeError, match="put_slowly"):
        writes(put_slowly)()


def test_a_query_outside_any_service_is_loud(database: str) -> None:
    binding.close()
    with pytest.raises(peewee.InterfaceError):
        list(Throttle.select())


def test_a_thread_reads_what_another_has_written(database: str) -> None:
    put("one")
    assert at_once([keys, keys]) == [{"one"}, {"one"}]


def test_thirty_threads_count_to_thirty(database: str) -> None:
    put("counter")

    @writes
    def count() -> None:
        row = engines.for_change(db.obj, Throttle.select().where(Throttle.key == "counter")).get()
        Throttle.update(tokens=row.tokens + 1).where(Throttle.key == "counter").execute()

    assert at_once([count] * 30) == [None] * 30
    assert reads(lambda: Throttle.get(Throttle.key == "counter").tokens)() == 31


def test_a_broken_connection_is_one_refusal_and_then_all_is_well(postgresql_url: str, postgresql_server: postgres.Server) -> None:
    binding.bind(postgresql_url)
    put("one")
    postgresql_server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ayuda'")
    with pytest.raises(TryLater):
        keys()
    assert keys() == {"one"}
    binding.unbind()


def test_a_server_that_is_not_there_is_a_refusal_with_a_sentence() -> None:
    binding.bind(f"postgresql://ayuda@127.0.0.1:{free_port()}/ayuda")
    with pytest.raises(TryLater, match="no responde"):
        keys()
    binding.unbind()


def test_a_server_that_speaks_spanish_lacks_the_same_database() -> None:
    said = peewee.OperationalError("FATAL:  no existe la base de datos «Ayuda»")
    assert engines.refusal(said).message == "La base de datos «Ayuda» no existe en ese servidor: hay que crearla."


def test_the_first_server_of_several_may_be_away(postgresql_url: str) -> None:
    binding.bind(postgresql_url.replace("@", f"@127.0.0.1:{free_port()},"))
    put("one")
    assert keys() == {"one"}
    binding.unbind()


def test_a_full_disk_loses_nothing_and_says_so(sqlite_url: str) -> None:
    binding.bind(sqlite_url)
    put("one")
    db.execute_sql(f"PRAGMA max_page_count = {db.execute_sql('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(TryLater, match="espacio"):
        for number in range(10_000):
            put(f"more {number} {'x' * 500}")
    put("two")
    assert {"one", "two"} <= keys()
    binding.unbind()


def test_what_is_committed_on_sqlite_is_on_the_disk(sqlite_url: str) -> None:
    binding.bind(sqlite_url)
    with db.connection_context():
        assert db.execute_sql("PRAGMA synchronous").fetchone() == (2,)
        assert db.execute_sql("PRAGMA foreign_keys").fetchone() == (1,)
        assert db.execute_sql("PRAGMA journal_mode").fetchone() == (("wal" if engines.has_safe_wal() else "delete"),)
    binding.unbind()


def test_a_library_that_can_lose_commits_gets_the_older_journal(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "WAL_RESET_FIXED_IN", (99,))
    binding.bind(sqlite_url)
    put("one")
    with db.connection_context():
        assert db.execute_sql("PRAGMA journal_mode").fetchone() == ("delete",)
        assert "DELETE" in schema.describe()
    binding.unbind()


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises((Misconfigured, TryLater)) as refused:
        binding.bind(f"sqlite:///{tmp_path / 'file' / 'ayuda.db'}")
        keys()
    assert "\n" not in refused.value.message
    binding.unbind()


@writes
def held(inside: threading.Event, go_on: threading.Event) -> None:
    inside.set()
    assert go_on.wait(30)


@contextmanager
def while_somebody_writes(calls: Sequence[Callable[[], object]]) -> Iterator[list[object]]:
    """Calls that come one after the other while another is writing; what became of them once all is done."""
    inside, go_on = threading.Event(), threading.Event()
    outcomes: list[object] = [None] * len(calls)

    def run(place: int) -> None:
        try:
            outcomes[place] = calls[place]()
        except TryLater as reason:
            outcomes[place] = reason.message
        except (NotFound, peewee.IntegrityError) as reason:
            outcomes[place] = type(reason)
        finally:
            binding.close()

    def hold() -> None:
        with suppress(TryLater):
            held(inside, go_on)
        binding.close()

    threads = [threading.Thread(target=hold)]
    threads[0].start()
    assert inside.wait(30)
    for place in range(len(calls)):
        threads.append(threading.Thread(target=run, args=(place,)))
        threads[-1].start()
        wait_until(lambda place=place: len(db.obj.rounds._line) == place + 1, "it to stand in line", every=0.001)
    yield outcomes
    go_on.set()
    for thread in threads:
        thread.join(30)


@pytest.fixture
def sqlite_bound(sqlite_url: str) -> Iterator[None]:
    binding.bind(sqlite_url)
    yield
    binding.unbind()


@pytest.fixture
def commits(sqlite_bound: None, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Each commit of the database, as it happens."""
    made: list[str] = []
    commit = db.obj.commit
    monkeypatch.setattr(db.obj, "commit", lambda: (commit(), made.append("commit")))
    return made


def test_writers_take_turns_in_the_order_of_their_arrival(sqlite_bound: None) -> None:
    order: list[int] = []
    with while_somebody_writes([partial(writes(order.append), number) for number in range(20)]):
        assert order == []
    assert order == list(range(20))


def test_who_comes_while_somebody_writes_shares_a_commit_and_nothing_else(commits: list[str]) -> None:
    calls = [
        partial(put, "one"),
        partial(put, "two", fail=True),
        partial(put, "one"),
        partial(put_two, False),
        partial(put, "four"),
    ]
    with while_somebody_writes(calls) as outcomes:
        pass
    assert outcomes == [None, NotFound, peewee.IntegrityError, peewee.IntegrityError, None]
    assert keys() == {"one", "four"}
    assert commits == ["commit"]


def test_a_service_of_a_round_speaks_its_callers_language(sqlite_bound: None) -> None:
    def asked(code: str) -> str:
        with language.using(code):
            return writes(language.current)()

    with while_somebody_writes([partial(asked, code) for code in language.LANGUAGES]) as outcomes:
        pass
    assert outcomes == list(language.LANGUAGES)


def test_nobody_is_answered_before_the_commit_and_all_hear_that_it_failed(
    sqlite_bound: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[object] = []

    def no_commit() -> None:
        answered.append(list(outcomes))
        raise peewee.OperationalError("database or disk is full")

    with while_somebody_writes([partial(put, "one"), partial(put, "two", fail=True)]) as outcomes:
        monkeypatch.setattr(db.obj, "commit", no_commit)
    assert answered == [[None, None]]
    assert all("espacio" in str(outcome) for outcome in outcomes)
    monkeypatch.undo()
    assert keys() == set()
    put("two")
    assert keys() == {"two"}


def test_a_disk_that_fills_up_within_a_round_is_said_to_all_of_it(sqlite_bound: None) -> None:
    @writes
    def fill() -> None:
        pages = db.execute_sql("PRAGMA page_count").fetchone()[0]
        db.execute_sql(f"PRAGMA max_page_count = {pages}")
        try:
            put("x" * 100_000)
        finally:
            db.execute_sql("PRAGMA max_page_count = 1000000")

    with while_somebody_writes([partial(put, "one"), fill, partial(put, "two")]) as outcomes:
        pass
    assert ["espacio" in str(outcome) for outcome in outcomes] == [True, True, False]
    assert keys() == {"two"}
