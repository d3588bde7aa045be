"""What reaches across the service: verify, copies, export, doctor, tidying."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import peewee
import pytest

from core import clock, settings
from core.database import binding, schema
from core.database.binding import db
from core.errors import Conflict, Misconfigured, NotFound, Problem
from core.operations import backup, doctor, export, housekeeping, verify
from core.people import sessions, visitors
from core.tickets import desk
from core.tickets.citizens import following, forms
from tests.corpus import load
from tests.harness import cast
from tests.harness.wants import sweep

HOSTILE = [case["value"] for case in load("text.jsonl") if isinstance(case["value"], str)]


@pytest.fixture
def lively(database: str) -> str:
    """A database in which something has happened; its address."""
    me = cast.analyst()
    answered, waiting = cast.ticket(), cast.ticket()
    row = cast.row_of(answered, me)
    desk.reply(me, row.id, row.version, "Ya está.", "llave")
    desk.claim(me, cast.row_of(waiting, me).id)
    following.withdraw(owner := cast.account(), cast.ticket(owner))
    return database


def break_it(*statements: str) -> None:
    """Change rows as nobody should, past keys and triggers."""
    binding.close()
    with db.connection_context():
        if isinstance(db.obj, peewee.PostgresqlDatabase):
            db.execute_sql("SET session_replication_role = replica")
        else:
            db.execute_sql("PRAGMA foreign_keys = 0")
            db.execute_sql("DROP TRIGGER IF EXISTS event_is_never_deleted")
        for statement in statements:
            db.execute_sql(statement)


def test_a_sound_database_has_no_breach(lively: str) -> None:
    assert list(verify.verify()) == []


_MENTIONED = "INSERT INTO mention (message_id, ticket_id, staff_id) SELECT min(m.id), 1, min(s.id) FROM message m, staff s"


@pytest.mark.parametrize(
    ("statements", "words"),
    [
        (["DROP INDEX one_open_ticket", "UPDATE ticket SET person_id = 1, state = 'ingresado', resolved_at = NULL"], "más de un"),
        (["DELETE FROM message WHERE kind = 'persona'"], "ningún mensaje"),
        (["DELETE FROM event WHERE kind = 'abierto'"], "evento de su ingreso"),
        (["DELETE FROM message WHERE kind = 'respuesta'"], "no tiene respuesta"),
        (["UPDATE ticket SET answered_on = NULL"], "fecha de respuesta"),
        (["DELETE FROM letter WHERE kind = 'answer'"], "no tiene carta"),
        (["UPDATE ticket SET assignee_id = NULL WHERE state = 'asignado'"], "asignado a nadie"),
        (["UPDATE ticket SET due_on = 20200101"], "vence antes"),
        (["UPDATE ticket SET resolved_at = 1 WHERE resolved_at > 0"], "antes de empezar"),
        (["UPDATE account SET verified_at = NULL"], "sin validar"),
        (["UPDATE ticket SET folio = 'AM-2026-000001-0' WHERE id = (SELECT min(id) FROM ticket)"], "folio no es válido"),
        (["DELETE FROM ticket_search"], "no se encuentra al buscar"),
        (
            [f"INSERT INTO tag SELECT min(t.id), '{n}', '{n}', min(s.id), 1 FROM ticket t, staff s" for n in range(11)],
            "más etiquetas",
        ),
        ([_MENTIONED], "no es una nota"),
        (
            ["INSERT INTO download SELECT 1, min(t.id), min(s.id), 'plazo', 2, 1 FROM ticket t, staff s"],
            "se usó antes de hacerse",
        ),
    ],
)
def test_every_broken_rule_is_a_line(lively: str, statements: list[str], words: str) -> None:
    if "ticket_search" in statements[0] and lively.startswith("sqlite"):
        statements = ["INSERT INTO ticket_search (ticket_search) VALUES ('delete-all')"]
    dropped = "DROP INDEX" in statements[0]
    if dropped:
        break_it(statements[0])
    break_it(*statements[dropped:])
    try:
        assert any(words in line for line in verify.verify()), list(verify.verify())
    finally:
        if dropped:
            break_it("DELETE FROM ticket", "CREATE UNIQUE INDEX one_open_ticket ON ticket (person_id) WHERE resolved_at IS NULL")


def test_a_copy_brings_everything_back(lively: str, tmp_path: Path) -> None:
    copy = tmp_path / "copia"
    before = list(export.tickets())
    backup.backup(copy)
    cast.ticket()
    assert list(export.tickets()) != before
    backup.restore(copy)
    assert list(export.tickets()) == before
    assert list(verify.verify()) == []


def test_a_copy_never_overwrites_a_file(lively: str, tmp_path: Path) -> None:
    (tmp_path / "copia").write_text("algo mío")
    with pytest.raises(Conflict):
        backup.backup(tmp_path / "copia")
    assert (tmp_path / "copia").read_text() == "algo mío"


def test_a_copy_that_cannot_be_written_is_one_sentence(lively: str, tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        backup.backup(tmp_path / "no" / "hay" / "copia")
    assert len(refused.value.message.splitlines()) == 1


def test_only_its_owner_can_read_a_copy(lively: str, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copia")
    assert (tmp_path / "copia").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("content", [b"", b"hola", b"SQLite format 3\x00" + b"x" * 5000])
def test_what_is_no_copy_changes_nothing(lively: str, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "copia").write_bytes(content)
    before = list(export.tickets())
    with pytest.raises(Misconfigured):
        backup.restore(tmp_path / "copia")
    assert list(export.tickets()) == before


def test_a_copy_that_is_not_there_is_named(lively: str, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="copia"):
        backup.restore(tmp_path / "copia")


def written(form: str) -> str:
    out = io.StringIO()
    export.write_tickets(out, form)
    return out.getvalue()


def test_an_export_has_a_row_for_each_ticket_in_both_formats(lively: str) -> None:
    rows = list(csv.DictReader(io.StringIO(written("csv"))))
    lines = [json.loads(line) for line in written("jsonl").splitlines()]
    assert [row["folio"] for row in rows] == [line["folio"] for line in lines]
    assert [row["estado"] for row in rows] == ["respondido", "asignado", "desistido"]
    assert set(rows[0]) == set(lines[0]) == set(export.COLUMNS)


def test_an_export_can_be_of_some_days(lively: str) -> None:
    clock.advance(24 * 3600)
    folio = cast.ticket()
    assert [row["folio"] for row in export.tickets(first=clock.today())] == [folio]
    assert len(list(export.tickets(last=clock.day_of(clock.now() - 24 * 3600)))) == 3


def test_an_export_is_never_cut(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_BATCH", 2)
    sent = [cast.ticket() for _ in range(5)]
    assert [row["folio"] for row in export.tickets()] == sent


@pytest.mark.parametrize("text", sweep([text for text in HOSTILE if text.strip()], 25))
def test_no_cell_of_an_export_is_a_formula_and_the_words_come_back(sqlite_database: str, text: str) -> None:
    if forms.complaints({"texto": text}, ("texto",)):
        return
    owner = cast.account()
    folio = cast.ticket(owner, texto=text)
    (row,) = csv.DictReader(io.StringIO(written("csv")))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row.values())
    assert row["mensajes"].endswith(following.ticket_of(owner, folio).messages[0].body)


def looked_at(**changed: str) -> dict[str, doctor.Finding]:
    chosen = settings.load({"AYUDA_ENV": "test", "AYUDA_HOME": "/", **changed})
    return {finding.part: finding for finding in doctor.examine(chosen)}


def test_a_healthy_service_has_a_line_for_each_part(database: str) -> None:
    found = looked_at()
    assert [part for part, finding in found.items() if not finding.in_order] == []
    assert {"ajustes", "base de datos", "esquema", "correo", "claves", "reloj", "disco"} <= set(found)
    assert all(len(finding.words.splitlines()) == 1 for finding in found.values())


def test_a_mail_server_that_is_away_is_found(database: str) -> None:
    assert not looked_at(AYUDA_SMTP_URL="smtp://127.0.0.1:1")["correo"].in_order


def test_a_clock_that_is_plainly_wrong_is_found(database: str) -> None:
    clock.freeze(1_000_000)
    assert not looked_at()["reloj"].in_order


def test_a_schema_of_another_version_is_found(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "known_steps", lambda: ["0001_foundation", "9999_del_futuro"])
    assert not looked_at()["esquema"].in_order


def test_tidying_removes_what_nobody_needs(database: str) -> None:
    owner = cast.account()
    sessions.begin(owner.id, remember=False)
    visitors.save_draft("navegador", "cuenta", {"nombres": "Ana"})
    assert housekeeping.tidy() == 0
    clock.advance(30 * 24 * 3600)
    assert housekeeping.tidy() >= 2
    assert housekeeping.tidy() == 0
