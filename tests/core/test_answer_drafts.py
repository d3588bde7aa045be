"""What staff are writing: its versions, what a file kept of it, and that none of it outlives its time."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from core import clock
from core.database.binding import writes
from core.database.prepared import insert
from core.errors import NoSpace, NotFound
from core.operations import housekeeping, verify
from core.operations.rights import blocking, erasing
from core.people import staff
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import desk, sheets
from core.tickets.answers import drawer, recovering, versions
from core.tickets.answers.drawer import Shelved
from core.tickets.lists.views import TicketRow
from core.tickets.models import DraftVersion
from tests.harness import cast, life

DAY = 86_400


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    drawer.use(tmp_path / "drafts")
    return tmp_path / "drafts"


def shelved(me: Staff, ticket: TicketRow, body: str, at: int = 0, writer: str = "uno", **more: str) -> Shelved:
    named = {"kind": "respuesta", "folio": ticket.folio, "aside": "", **more}
    return Shelved(me.id, ticket.id, body=body, at=at or clock.now(), writer=writer, **named)


def signed_in_again(me: Staff) -> Staff:
    """The same person on another day."""
    return staff.begin(me.id)[1]


def bodies(me: Staff, ticket: TicketRow, kind: str = "respuesta") -> list[str]:
    return [version.body for version in versions.of(me, ticket.id, kind)]


def draft_of(me: Staff, ticket: TicketRow, kind: str = "respuesta") -> str:
    return sheets.open_sheet(me, ticket.id).drafts.get(kind, "")


# versions


def test_a_text_that_only_grows_leaves_no_versions(me: Staff, ticket: TicketRow) -> None:
    for text in ("Buenos", "Buenos días", "Buenos días, su"):
        desk.save_draft(me, ticket.id, "respuesta", text)
    assert bodies(me, ticket) == []


def test_a_text_that_another_takes_the_place_of_is_a_version(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Su solicitud está en análisis.")
    desk.save_draft(me, ticket.id, "respuesta", "Estimada señora: le pedimos esperar.")
    assert bodies(me, ticket) == ["Su solicitud está en análisis."]


def test_a_text_that_is_emptied_is_a_version(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "nota", "Llamar a Iquique.")
    desk.save_draft(me, ticket.id, "nota", "")
    assert bodies(me, ticket, "nota") == ["Llamar a Iquique."]
    assert draft_of(me, ticket, "nota") == ""


def test_small_changes_in_quick_succession_leave_none_but_one_after_a_minute_does(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Su solicitud está en análisis.")
    desk.save_draft(me, ticket.id, "respuesta", "Su solicitud está lista.")
    assert bodies(me, ticket) == []
    clock.advance(60)
    desk.save_draft(me, ticket.id, "respuesta", "Su solicitud está por salir.")
    assert bodies(me, ticket) == ["Su solicitud está lista."]


def test_whoever_comes_to_a_stop_has_a_version_that_makes_room_for_a_longer_one(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Uno", stood=["Uno"])
    desk.save_draft(me, ticket.id, "respuesta", "Uno y dos", stood=["Uno y dos"])
    desk.save_draft(me, ticket.id, "respuesta", "dos", stood=["dos"])
    assert bodies(me, ticket) == ["Uno y dos"]


def test_the_last_five_are_kept_newest_first(me: Staff, ticket: TicketRow) -> None:
    for number in range(8):
        desk.save_draft(
            me,
            ticket.id,
            "respuesta",
            f"{number} texto {chr(97 + number) * 20}",
            stood=[f"{number} texto {chr(97 + number) * 20}"],
        )
    assert [body[0] for body in bodies(me, ticket)] == ["7", "6", "5", "4", "3"]
    assert list(verify.verify()) == []


def test_versions_are_nobody_elses_to_read(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Palabras mías.", stood=["Palabras mías."])
    assert bodies(cast.analyst("Otra"), ticket) == []
    with pytest.raises(NotFound):
        versions.of(me, 999_999, "respuesta")


def test_versions_go_a_day_after_their_draft_and_drafts_a_month_after_the_answer(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "nota", "Una nota a medias.", stood=["Una nota a medias."])
    desk.save_draft(me, ticket.id, "respuesta", "Listo, va la respuesta.", stood=["Listo, va la respuesta."])
    desk.reply(me, ticket.id, ticket.version, "Listo, va la respuesta.", "clave")
    clock.advance(DAY + 1)
    housekeeping.tidy()
    me = signed_in_again(me)
    assert (bodies(me, ticket), bodies(me, ticket, "nota")) == ([], ["Una nota a medias."])
    clock.advance(30 * DAY)
    housekeeping.tidy()
    me = signed_in_again(me)
    assert (draft_of(me, ticket, "nota"), bodies(me, ticket, "nota")) == ("", [])


def test_a_draft_of_an_open_ticket_stays_however_old_it_is(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Sigue aquí.")
    clock.advance(90 * DAY)
    housekeeping.tidy()
    assert draft_of(signed_in_again(me), ticket) == "Sigue aquí."


def test_the_line_beside_a_text_is_kept_with_it(me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "derivacion", "", "Registro Civil")
    assert sheets.open_sheet(me, ticket.id).asides == {"derivacion": "Registro Civil"}
    desk.save_draft(me, ticket.id, "derivacion", "", "")
    assert sheets.open_sheet(me, ticket.id).asides == {}


def test_a_draft_about_somebody_whose_data_are_blocked_can_only_be_emptied(owner: Account, me: Staff, ticket: TicketRow) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Antes del bloqueo.")
    blocking.block(owner)
    desk.save_draft(me, ticket.id, "respuesta", "")
    assert (draft_of(me, ticket), bodies(me, ticket)) == ("", [])


# files while the database is away


def test_a_file_is_readable_by_its_owner_alone_and_its_name_says_nothing(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "A medio escribir."))
    (path,) = folder.iterdir()
    assert path.name == f"{me.id}-{ticket.id}-respuesta.json"
    assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(folder.stat().st_mode)) == (0o600, 0o700)


def test_what_a_file_kept_is_the_draft_again_and_the_file_is_gone(me: Staff, ticket: TicketRow, folder: Path) -> None:
    desk.save_draft(me, ticket.id, "derivacion", "Lo que la base alcanzó.")
    clock.advance(5)
    drawer.put(shelved(me, ticket, "Lo que escribí después.", kind="derivacion", aside="Registro Civil"))
    assert recovering.bring_back(me) == (ticket.folio,)
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.drafts["derivacion"], sheet.asides["derivacion"]) == ("Lo que escribí después.", "Registro Civil")
    assert bodies(me, ticket, "derivacion") == ["Lo que la base alcanzó."]
    assert list(folder.iterdir()) == []


def test_an_older_file_is_a_version_of_the_newer_draft(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Texto de la mañana."))
    clock.advance(60)
    desk.save_draft(me, ticket.id, "respuesta", "Otra cosa, por la tarde.")
    assert recovering.bring_back(me) == (ticket.folio,)
    assert (draft_of(me, ticket), bodies(me, ticket)) == ("Otra cosa, por la tarde.", ["Texto de la mañana."])


def test_a_file_that_says_nothing_new_goes_without_a_word(me: Staff, ticket: TicketRow, folder: Path) -> None:
    desk.save_draft(me, ticket.id, "respuesta", "Lo mismo, y algo más.")
    drawer.put(shelved(me, ticket, "Lo mismo"))
    assert recovering.bring_back(me) == ()
    assert list(folder.iterdir()) == []


def test_what_was_sent_after_all_does_not_come_back(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Su solicitud avanza, puede esperar. "))
    desk.reply(me, ticket.id, ticket.version, "Su solicitud avanza, puede esperar.", "clave")
    assert recovering.bring_back(me) == ()
    assert (draft_of(me, ticket), list(folder.iterdir())) == ("", [])


def test_two_editors_of_one_person_keep_both_texts(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Desde la oficina.", writer="uno"))
    drawer.put(shelved(me, ticket, "Desde la casa.", writer="dos"))
    drawer.settle(me.id, ticket.id, "respuesta", "dos", ())
    assert recovering.bring_back(me) == (ticket.folio,)
    assert (draft_of(me, ticket), bodies(me, ticket)) == ("Desde la casa.", ["Desde la oficina."])


def test_a_saved_text_takes_its_own_file_along_and_no_other(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Mío.", writer="uno"))
    drawer.settle(me.id, ticket.id, "respuesta", "otro", ())
    assert len(drawer.of_staff(me.id)) == 1
    drawer.settle(me.id, ticket.id, "respuesta", "uno", ())
    assert drawer.of_staff(me.id) == ()


def test_nobody_gets_a_colleagues_file(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Palabras mías."))
    assert recovering.bring_back(cast.analyst("Otra")) == ()
    assert len(drawer.of_staff(me.id)) == 1


def test_a_file_of_another_database_is_nobodys_draft(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "De otra base.", folio="AM-2020-000001-A"))
    assert recovering.bring_back(me) == ()
    assert (draft_of(me, ticket), list(folder.iterdir())) == ("", [])


def test_a_file_about_somebody_blocked_waits_until_they_are_free(
    owner: Account, me: Staff, ticket: TicketRow, folder: Path
) -> None:
    drawer.put(shelved(me, ticket, "Espera."))
    blocking.block(owner)
    assert recovering.bring_back(me) == ()
    assert len(drawer.of_staff(me.id)) == 1
    blocking.unblock(owner)
    assert recovering.bring_back(me) == (ticket.folio,)


def test_a_file_about_somebody_who_was_erased_goes_with_them(owner: Account, me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Sobre alguien."))
    erasing.erase(owner)
    assert list(folder.iterdir()) == []
    drawer.put(shelved(me, ticket, "Sobre alguien."))  # as on a machine that heard of it later
    assert recovering.bring_back(me) == ()
    assert list(folder.iterdir()) == []
    assert life.rows()["answer_draft"] == []


def test_a_file_that_nobody_came_back_to_goes_after_a_month(owner: Account, me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Espera."))
    blocking.block(owner)
    clock.advance(31 * DAY)
    assert recovering.bring_back(signed_in_again(me)) == ()
    assert list(folder.iterdir()) == []


def test_what_is_no_draft_is_left_alone(me: Staff, ticket: TicketRow, folder: Path) -> None:
    drawer.put(shelved(me, ticket, "Bueno."))
    for name, text in {f"{me.id}-9-nota.json": "{", f"{me.id}-8-nota.json": json.dumps([1]), "notas.txt": "x"}.items():
        (folder / name).write_text(text)
    assert [draft.body for draft in drawer.of_staff(me.id)] == ["Bueno."]


def test_a_machine_that_cannot_keep_it_says_so(me: Staff, ticket: TicketRow, tmp_path: Path) -> None:
    (tmp_path / "ocupado").write_text("")
    drawer.use(tmp_path / "ocupado")
    with pytest.raises(NoSpace, match="cópialo"):
        drawer.put(shelved(me, ticket, "Nada."))


def test_a_sixth_version_is_a_breach(me: Staff, ticket: TicketRow) -> None:
    rows = [{"ticket_id": ticket.id, "staff_id": me.id, "kind": "nota", "body": f"texto {n}", "at": n} for n in range(6)]
    for row in rows:
        writes(lambda row=row: insert(DraftVersion, **row))()
    assert [line for line in verify.verify() if "más de cinco versiones" in line]
