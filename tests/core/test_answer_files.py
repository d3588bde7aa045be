"""Files that go with an answer: from the named folders only, looked into, sent once, read by the person and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest

from core import clock
from core.errors import Conflict, Invalid, Misconfigured, NotFound
from core.files import attachments, choosing
from core.files.views import LARGEST_FILE, MOST_FILES
from core.operations import housekeeping, verify
from core.people.account_views import Account
from core.people.views import Staff
from core.settings import load
from core.tickets import desk, enclosing, sheets
from core.tickets.answers import answer_files, holding
from core.tickets.citizens import following
from core.tickets.lists.views import TicketRow
from tests.harness import cast, samples
from tests.harness.filing import put

DAY = 86_400


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "documentos"
    folder.mkdir()
    (folder / "guía.pdf").write_bytes(samples.pdf("Cómo pedir hora"))
    choosing.use([folder])
    return folder


def test_a_file_waits_for_its_answer_and_goes_with_it(owner: Account, me: Staff, ticket: TicketRow, library: Path) -> None:
    (kept,) = answer_files.enclose(me, ticket.id, str(library / "guía.pdf"))
    assert following.ticket_of(owner, ticket.folio).files == ()
    assert sheets.open_sheet(me, ticket.id).enclosed == (kept,)
    desk.reply(me, ticket.id, ticket.version, "Listo, va la guía.", "clave")
    told = following.ticket_of(owner, ticket.folio)
    (file,) = told.files
    assert (file.name, file.number, file.message_id) == ("guía.pdf", 1, told.messages[-1].id)
    with enclosing.open_own(owner, ticket.folio, 1).content as content:
        assert content.read() == samples.pdf("Cómo pedir hora")
    assert sheets.open_sheet(me, ticket.id).enclosed == ()
    assert list(verify.verify()) == []


def test_a_file_goes_with_an_answer_on_hold_and_comes_back_with_it(
    owner: Account, me: Staff, ticket: TicketRow, library: Path
) -> None:
    (kept,) = answer_files.enclose(me, ticket.id, "guía.pdf")
    holding.hold(me, ticket.id, ticket.version, "Va la guía: puede pedir hora.", "clave")
    assert following.ticket_of(owner, ticket.folio).files == ()
    for change in (
        lambda: answer_files.enclose(me, ticket.id, "guía.pdf"),
        lambda: answer_files.leave_out(me, ticket.id, kept.id),
    ):
        with pytest.raises(Conflict, match="por salir"):
            change()
    holding.take_back(me, ticket.id)
    sheet = sheets.open_sheet(me, ticket.id)
    assert (sheet.enclosed, sheet.answer_draft) == ((kept,), "Va la guía: puede pedir hora.")
    holding.hold(me, ticket.id, sheet.row.version, sheet.answer_draft, "otra clave")
    clock.advance(holding.SECONDS + 1)
    holding.release_due()
    assert [file.name for file in following.ticket_of(owner, ticket.folio).files] == ["guía.pdf"]
    assert "«guía.pdf»" in cast.letters_to(owner.email)[-1].body


def test_the_letter_names_the_files_and_says_where_they_are(owner: Account, me: Staff, ticket: TicketRow, library: Path) -> None:
    answer_files.enclose(me, ticket.id, "guía.pdf")
    desk.reply(me, ticket.id, ticket.version, "Listo, va la guía.", "clave")
    letter = cast.letters_to(owner.email)[-1]
    assert "«guía.pdf»" in letter.body
    assert f"/ticket/{ticket.folio}" in letter.body
    assert letter.attachment is None
    assert following.ticket_of(owner, ticket.folio).messages[-1].body == "Listo, va la guía."


def test_they_are_numbered_after_what_the_person_sent(owner: Account, me: Staff, library: Path) -> None:
    put(owner, "mío")
    row = cast.row_of(cast.ticket(owner), me)
    answer_files.enclose(me, row.id, "guía.pdf")
    desk.reply(me, row.id, row.version, "Listo.", "clave")
    assert [(each.number, each.name) for each in following.ticket_of(owner, row.folio).files] == [(1, "mío.pdf"), (2, "guía.pdf")]


def test_they_are_the_writers_own_until_they_are_sent(owner: Account, me: Staff, ticket: TicketRow, library: Path) -> None:
    (kept,) = answer_files.enclose(me, ticket.id, "guía.pdf")
    other = cast.analyst("Luis Soto")
    assert sheets.open_sheet(other, ticket.id).enclosed == ()
    answer_files.leave_out(other, ticket.id, kept.id)
    enclosing.take_out_of_ticket(owner, ticket.folio, kept.id)
    assert enclosing.being_added(owner, ticket.folio) == ()
    assert answer_files.enclosed(me, ticket.id) == (kept,)
    desk.reply(other, ticket.id, ticket.version, "Listo, sin archivos.", "clave")
    assert following.ticket_of(owner, ticket.folio).files == ()


def test_what_the_person_adds_does_not_take_the_staffs_files_along(
    owner: Account, me: Staff, ticket: TicketRow, library: Path
) -> None:
    answer_files.enclose(me, ticket.id, "guía.pdf")
    put(owner, "mío", ticket.id)
    following.add_information(owner, ticket.folio, "Va mi archivo.", "clave")
    assert [each.name for each in following.ticket_of(owner, ticket.folio).files] == ["mío.pdf"]
    assert len(answer_files.enclosed(me, ticket.id)) == 1


def test_one_is_taken_out_again(me: Staff, ticket: TicketRow, library: Path) -> None:
    (kept,) = answer_files.enclose(me, ticket.id, "guía.pdf")
    assert answer_files.leave_out(me, ticket.id, kept.id) == ()


def test_the_same_file_is_kept_once_and_a_sixth_is_refused(me: Staff, ticket: TicketRow, library: Path) -> None:
    for _ in range(2):
        assert len(answer_files.enclose(me, ticket.id, "guía.pdf")) == 1
    for number in range(1, MOST_FILES + 1):
        (library / f"{number}.pdf").write_bytes(samples.pdf(f"Hoja {number}"))
    for number in range(1, MOST_FILES):
        answer_files.enclose(me, ticket.id, f"{number}.pdf")
    with pytest.raises(Invalid, match="caben 5"):
        answer_files.enclose(me, ticket.id, f"{MOST_FILES}.pdf")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "vac"), (b"MZ nada", "no es un PDF"), (b"%PDF-" + b"x" * LARGEST_FILE, "15 MB"), (b"%PDF-1.7 roto", "dañado")],
    ids=["empty", "a program", "too large", "broken"],
)
def test_what_the_inspection_refuses_is_not_kept(
    me: Staff, ticket: TicketRow, library: Path, content: bytes, sentence: str
) -> None:
    (library / "malo.pdf").write_bytes(content)
    with pytest.raises(Invalid, match=sentence):
        answer_files.enclose(me, ticket.id, "malo.pdf")
    assert answer_files.enclosed(me, ticket.id) == ()


def test_nothing_outside_the_folders_is_sent_wherever_links_lead(me: Staff, ticket: TicketRow, library: Path) -> None:
    outside = library.parent / "otro.pdf"
    outside.write_bytes(samples.pdf("Ajeno"))
    (library / "enlace.pdf").symlink_to(outside)
    for typed in (str(outside), "../otro.pdf", "enlace.pdf"):
        with pytest.raises(Invalid, match="Solo se adjuntan archivos de"):
            answer_files.enclose(me, ticket.id, typed)


def test_a_citizens_file_is_sent_to_nobody_even_where_the_folder_would_allow_it(
    owner: Account, me: Staff, ticket: TicketRow, tmp_path: Path
) -> None:
    put(owner, "ajeno")
    choosing.use([tmp_path])
    (kept,) = (path for path in (tmp_path / "attachments").rglob("*") if len(path.name) == 64)
    with pytest.raises(Invalid, match="Solo se adjuntan archivos de"):
        answer_files.enclose(me, ticket.id, str(kept))


@pytest.mark.parametrize("typed", ["", "no-está.pdf", "/etc", "con\0nulo", "~nadie/x"])
def test_a_path_that_leads_nowhere_is_told(me: Staff, ticket: TicketRow, library: Path, typed: str) -> None:
    with pytest.raises(Invalid):
        answer_files.enclose(me, ticket.id, typed)


def test_where_no_folder_is_named_nothing_can_be_chosen(me: Staff, ticket: TicketRow, library: Path) -> None:
    choosing.use([])
    with pytest.raises(Invalid, match="AYUDA_ATTACH_FOLDERS"):
        answer_files.enclose(me, ticket.id, str(library / "guía.pdf"))


def test_an_answered_ticket_and_one_that_may_not_be_seen_take_no_file(me: Staff, ticket: TicketRow, library: Path) -> None:
    hidden = cast.row_of(cast.ticket(cast.child()), cast.analyst("Con derecho", rights=("nna",)))
    with pytest.raises(NotFound):
        answer_files.enclose(me, hidden.id, "guía.pdf")
    desk.reply(me, ticket.id, ticket.version, "Listo, ya va.", "clave")
    with pytest.raises(Conflict):
        answer_files.enclose(me, ticket.id, "guía.pdf")


def test_a_file_whose_answer_is_never_sent_goes_after_a_month(me: Staff, ticket: TicketRow, library: Path) -> None:
    answer_files.enclose(me, ticket.id, "guía.pdf")
    clock.advance(29 * DAY)
    housekeeping.tidy()
    assert len(attachments.answering(ticket.id, me.id)) == 1
    clock.advance(2 * DAY)
    housekeeping.tidy()
    assert attachments.answering(ticket.id, me.id) == ()


def test_the_setting_names_whole_paths_and_in_production_nothing_by_itself() -> None:
    production = {"AYUDA_SECRET_KEY": "k" * 40, "AYUDA_BASE_URL": "https://ayuda.example"}
    assert load(production).attach_folders == ()
    assert load({"AYUDA_ENV": "test"}).attach_folders == (Path.home(),)
    named = {**production, "AYUDA_ATTACH_FOLDERS": "/srv/documentos:/srv/formularios"}
    assert load(named).attach_folders == (Path("/srv/documentos"), Path("/srv/formularios"))
    with pytest.raises(Misconfigured, match="AYUDA_ATTACH_FOLDERS"):
        load({**production, "AYUDA_ATTACH_FOLDERS": "documentos"})


def test_a_file_of_the_staffs_with_the_persons_words_is_a_breach(
    owner: Account, me: Staff, ticket: TicketRow, library: Path
) -> None:
    answer_files.enclose(me, ticket.id, "guía.pdf")
    attachments.send_answer(ticket.id, me.id, sheets.open_sheet(me, ticket.id).messages[0].id)
    assert [line for line in verify.verify() if "no es de quien escribió" in line]
