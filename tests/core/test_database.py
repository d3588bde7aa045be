"""Transactions around services, broken connections, full disks, and the journal that loses nothing."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import peewee
import pytest

from core.database import binding, engines, schema
from core.database.binding import db, reads, unlocked, writes
from core.errors import Misconfigured, NotFound, TryLater
from core.people.models import Throttle
from tests.harness import postgres
from tests.harness.crowd import at_once
from tests.harness.processes import free_port


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


def test_writers_take_turns_in_the_order_of_their_arrival(sqlite_url: str) -> None:
    binding.bind(sqlite_url)
    order: list[int] = []
    inside = threading.Event()

    @writes
    def first() -> None:
        inside.set()
        time.sleep(0.3)

    @writes
    def later(number: int) -> None:
        order.append(number)

    threads = [threading.Thread(target=first)]
    threads[0].start()
    inside.wait(10)
    for number in range(5):
        threads.append(threading.Thread(target=later, args=(number,)))
        threads[-1].start()
        time.sleep(0.03)
    for thread in threads:
        thread.join(30)
    assert order == sorted(order)
    binding.unbind()
