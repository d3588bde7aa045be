"""The real program behind a real terminal while something fails: not a word is lost, and the keys go on working."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import peewee
import pytest

from core.database import binding, schema
from core.people.views import Staff
from tests.analyst_tui.conftest import Open
from tests.analyst_tui.desk import SQLITE, session
from tests.analyst_tui.programs import begin_answer, draft_of, files_of, soon
from tests.harness import cast, postgres
from tests.harness.failing_postgres import Stopped
from tests.harness.processes import wait_until
from tests.harness.terminal import Terminal
from tests.harness.wants import lacking

Session = tuple[str, Staff]


def test_a_lost_connection_of_the_terminal_loses_no_word(marta: Session, start: Open) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        begin_answer(terminal, folio)
        terminal.press("Las últimas palabras.", "Las últimas palabras.")
        assert draft_of(folio, marta[1]) == ""
        terminal.cut()
        assert terminal.ended() == 0
    assert draft_of(folio, marta[1]) == "Las últimas palabras."
    assert files_of(marta[1]) == []


@SQLITE
@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP], ids=lambda ending: ending.name)
def test_a_polite_end_loses_no_word(marta: Session, start: Open, ending: signal.Signals) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        begin_answer(terminal, folio)
        terminal.press("Antes de terminar.", "Antes de terminar.")
        os.kill(terminal.pid, ending)
        assert terminal.exit_code(20) == 0
    assert draft_of(folio, marta[1]) == "Antes de terminar."


# the database is away


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Another process holds the SQLite file for itself: nobody else can write."""
    holder = peewee.sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        holder.execute("ROLLBACK")
        holder.close()


@contextmanager
def shut_out(url: str, server: postgres.Server) -> Iterator[None]:
    """The PostgreSQL server ends all connections to a database and takes no new ones."""
    name = url.rpartition("/")[2]
    binding.close()
    server.run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
    server.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND application_name = 'ayuda'")
    try:
        yield
    finally:
        server.run(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.fixture
def outage(request: pytest.FixtureRequest, database: str) -> Callable[[], AbstractContextManager[None]]:
    """Takes the database away for as long as a block lasts."""
    if database.startswith("sqlite"):
        return lambda: locked(database)
    server = request.getfixturevalue("postgresql_server")
    return lambda: shut_out(database, server)


def use_the_keys(terminal: Terminal, folios: Sequence[str]) -> None:
    """Whatever needs no database works: the palette, the help, moving in the list."""
    terminal.press("ctrl+p", "qué quieres hacer")
    terminal.press("escape", lambda text: "qué quieres hacer" not in text)
    terminal.settle()
    terminal.send("escape")
    terminal.settle()
    terminal.press("escape", "Míos")
    terminal.press("j", lambda text: any(line.lstrip().startswith("▌") and folios[1] in line for line in text.splitlines()))
    terminal.press("?", "Una línea abajo.")


def test_while_the_database_is_away_the_draft_is_safe_the_keys_work_and_it_comes_back_by_itself(
    marta: Session, start: Open, outage: Callable[[], AbstractContextManager[None]]
) -> None:
    folios = [cast.ticket(), cast.ticket(texto="El segundo.")]
    with start(marta[0]) as terminal:
        begin_answer(terminal, folios[0])
        with outage():
            terminal.press("Escrito sin base.", "Escrito sin base.")
            terminal.wait("borrador en este equipo", 20)
            assert files_of(marta[1]) == ["Escrito sin base."]
            terminal.press(" Y más.", "Escrito sin base. Y más.")
            soon(terminal, lambda: files_of(marta[1]) == ["Escrito sin base. Y más."], "the newer words on this machine")
            use_the_keys(terminal, folios)
        soon(terminal, lambda: draft_of(folios[0], marta[1]) == "Escrito sin base. Y más.", "the draft in the database")
        soon(terminal, lambda: files_of(marta[1]) == [], "nothing left on this machine")


def test_a_kill_while_the_database_is_away_leaves_the_draft_for_the_next_start(
    marta: Session, start: Open, outage: Callable[[], AbstractContextManager[None]]
) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        begin_answer(terminal, folio)
        terminal.press("Lo que había.", "Lo que había.")
        terminal.wait("borrador guardado")
        with outage():
            terminal.press(" Y lo nuevo.", "Lo que había. Y lo nuevo.")
            terminal.wait("borrador en este equipo", 20)
            os.kill(terminal.pid, signal.SIGKILL)
            terminal.close()
    with start(marta[0]) as terminal:
        terminal.wait(f"Recuperamos lo que habías escrito en {folio}")
        terminal.press("enter", "Lo que había. Y lo nuevo.")
    assert files_of(marta[1]) == []


@SQLITE
def test_a_lost_connection_while_the_database_is_away_loses_no_word(
    marta: Session, start: Open, outage: Callable[[], AbstractContextManager[None]]
) -> None:
    folio = cast.ticket()
    with start(marta[0]) as terminal:
        begin_answer(terminal, folio)
        with outage():
            terminal.press("Ni base ni línea.", "Ni base ni línea.")
            terminal.cut()
            wait_until(lambda: files_of(marta[1]) == ["Ni base ni línea."], "the words on this machine")
        assert terminal.ended() == 0
    with start(marta[0]) as terminal:
        terminal.wait(folio)
        terminal.press("enter", "Ni base ni línea.")


@SQLITE
def test_a_data_folder_that_is_moved_away_for_a_while_loses_no_word(
    marta: Session, start: Open, database: str, tmp_path: Path
) -> None:
    folio = cast.ticket()
    place = Path(database.removeprefix("sqlite:///"))
    with start(marta[0]) as terminal:
        begin_answer(terminal, folio)
        binding.close()
        moved = [path for path in tmp_path.iterdir() if path.name.startswith(place.name)]
        for path in moved:
            path.rename(path.with_name(f"aparte-{path.name}"))
        terminal.press("Mientras no está.", "Mientras no está.")
        terminal.wait("borrador")
        for path in moved:
            path.with_name(f"aparte-{path.name}").rename(path)
        soon(terminal, lambda: draft_of(folio, marta[1]) == "Mientras no está.", "the draft in the database")


@pytest.fixture
def own_server(database: str) -> Iterator[Stopped]:
    """A running server with an empty database, which is bound instead of the test's."""
    place = postgres.binaries()
    if place is None:
        lacking("PostgreSQL")
    with tempfile.TemporaryDirectory(prefix="ayuda-postgresql-") as home:
        own = Stopped(place, Path(home))
        binding.bind(own.start().create("ayuda"), durable=False)
        schema.upgrade()
        yield own
        binding.close()
        own.stop()


@SQLITE
def test_a_postgresql_server_that_is_stopped_and_started_again_loses_no_word(own_server: Stopped, start: Open) -> None:
    marta = session("Marta")
    folio = cast.ticket()
    with start(marta[0], AYUDA_DATABASE_URL=own_server.url) as terminal:
        begin_answer(terminal, folio)
        binding.close()
        own_server.stop()
        terminal.press("Sin servidor.", "Sin servidor.")
        terminal.wait("borrador en este equipo", 20)
        terminal.wait("sin conexión, se reintenta")
        own_server.start()
        terminal.wait("borrador guardado", 40)
        assert draft_of(folio, marta[1]) == "Sin servidor."
        soon(terminal, lambda: files_of(marta[1]) == [], "nothing left on this machine")


@SQLITE
def test_a_server_that_says_nothing_at_all_is_told_and_the_terminal_can_end(own_server: Stopped, start: Open) -> None:
    marta = session("Marta")
    folio = cast.ticket()
    with start(marta[0], AYUDA_DATABASE_URL=own_server.url) as terminal:
        begin_answer(terminal, folio)
        with own_server.frozen():
            terminal.press("Sin respuesta.", "Sin respuesta.")
            terminal.wait("borrador en este equipo", 20)
            terminal.wait("sin conexión, se reintenta", 20)
            terminal.press(" Sigo escribiendo.", "Sin respuesta. Sigo escribiendo.")
            terminal.cut()
            assert terminal.ended() == 0
            assert files_of(marta[1]) == ["Sin respuesta. Sigo escribiendo."]
    with start(marta[0], AYUDA_DATABASE_URL=own_server.url) as terminal:
        terminal.wait(f"Recuperamos lo que habías escrito en {folio}")
