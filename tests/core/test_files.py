"""Files that go with tickets: kept at once, sent once, handed to nobody else."""

from __future__ import annotations

import io
import stat
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import Conflict, Invalid, NotFound, TooOften
from core.files import receiving, saving, store, words
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived
from core.people.account_views import Account
from core.tickets import enclosing, opening, sheets
from core.tickets.citizens import following
from tests.harness import cast, samples
from tests.harness.crowd import at_once
from tests.harness.filing import arrived, contents, put, seen


@pytest.fixture
def folder(owner: Account) -> Path:
    return store.folder()


def test_a_file_goes_from_the_draft_to_the_ticket_and_back_to_its_owner(owner: Account, folder: Path) -> None:
    person = owner.persons[0].id
    wanted = [arrived(samples.pdf("Hola"), "C:\\fakepath\\Resolución №1.PDF"), arrived(samples.jpeg(), "фото.jpeg")]
    assert enclosing.add_to_draft(owner, person, wanted) == []
    assert [(each.name, each.kind, each.number) for each in enclosing.of_draft(person)] == [
        ("Resolución №1.PDF", "pdf", 0),
        ("фото.jpeg", "jpeg", 0),
    ]
    folio = cast.ticket(owner)
    assert enclosing.of_draft(person) == ()
    first, second = following.ticket_of(owner, folio).files
    assert (first.number, second.number, first.message_id) == (1, 2, second.message_id)
    with enclosing.open_own(owner, folio, 1).content as content:
        assert content.read() == samples.pdf("Hola")
    for path in contents(folder):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert store.digest_of(path) == path.name


def test_nobody_else_gets_a_file(owner: Account, folder: Path) -> None:
    put(owner, "uno")
    folio = cast.ticket(owner)
    for reader, number in ((cast.account(), 1), (owner, 2), (owner, 0)):
        with pytest.raises(NotFound):
            enclosing.open_own(reader, folio, number)


def test_the_desk_reads_files_of_tickets_it_may_see_and_leaves_that_it_did(owner: Account) -> None:
    put(owner, "uno")
    folio = cast.ticket(owner, materia="rf", categoria="rf-estado", tramite_id="")
    chosen, other = cast.analyst(rights=("reservada",)), cast.analyst()
    ticket_id = cast.row_of(folio, chosen).id
    assert [each.name for each in sheets.open_sheet(chosen, ticket_id).files] == ["uno.pdf"]
    assert enclosing.words_at_desk(chosen, ticket_id, 1) == "uno"
    enclosing.open_at_desk(chosen, ticket_id, 1).content.close()
    last = sheets.open_sheet(chosen, ticket_id).events[-1]
    assert (last.kind, last.author, last.code) == ("archivo", chosen.name, "1")
    with pytest.raises(NotFound):
        enclosing.open_at_desk(other, ticket_id, 1)
    with pytest.raises(NotFound):
        enclosing.words_at_desk(other, ticket_id, 1)


def test_five_fit_and_one_may_be_exchanged(owner: Account) -> None:
    person = owner.persons[0].id
    for number in range(MOST_FILES):
        put(owner, f"n{number}")
    (words_,) = enclosing.add_to_draft(owner, person, [arrived(samples.pdf(), "seis.pdf")])
    assert words_ == "«seis.pdf» no se guardó: caben 5 archivos. Quita uno para enviar este."
    enclosing.take_out_of_draft(owner, person, enclosing.of_draft(person)[2].id)
    assert enclosing.add_to_draft(owner, person, [arrived(samples.pdf(), "seis.pdf")]) == []
    assert [each.name for each in enclosing.of_draft(person)] == ["n0.pdf", "n1.pdf", "n3.pdf", "n4.pdf", "seis.pdf"]


def test_the_same_file_sent_twice_is_kept_once(owner: Account, folder: Path) -> None:
    put(owner, "uno")
    put(owner, "uno")
    assert len(enclosing.of_draft(owner.persons[0].id)) == len(contents(folder)) == 1


def test_ten_hands_at_once_put_in_no_more_than_fit(owner: Account) -> None:
    at_once([lambda word=word: put(owner, word) for word in "abcdefghij"])  # type: ignore[misc]
    assert len(enclosing.of_draft(owner.persons[0].id)) == MOST_FILES


def test_a_page_that_showed_other_files_cannot_send_the_draft(owner: Account) -> None:
    key = cast.write_draft(owner)
    enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(samples.pdf(), "nuevo.pdf")])
    with pytest.raises(Conflict):
        opening.open_ticket(owner, owner.persons[0].id, key)


def test_adding_information_takes_its_files_along_with_words_or_without(owner: Account) -> None:
    folio = cast.ticket(owner)
    ticket_id = following.own(owner, folio).id
    put(owner, "uno", ticket_id)
    with pytest.raises(Invalid):
        following.add_information(owner, folio, "x" * 10_001, "a")
    assert [each.name for each in enclosing.being_added(owner, folio)] == ["uno.pdf"]
    following.add_information(owner, folio, "", "b")
    following.add_information(owner, folio, "", "b")
    put(owner, "dos", ticket_id)
    following.add_information(owner, folio, "Mira", "c")
    ticket = following.ticket_of(owner, folio)
    assert [(each.number, each.name) for each in ticket.files] == [(1, "uno.pdf"), (2, "dos.pdf")]
    assert [message.body for message in ticket.messages[1:]] == ["", "Mira"]
    assert [each.message_id for each in ticket.files] == [message.id for message in ticket.messages[1:]]
    with pytest.raises(Invalid):
        following.add_information(owner, folio, "", "d")


def test_a_ticket_that_is_over_takes_no_files(owner: Account) -> None:
    folio = cast.ticket(owner)
    following.withdraw(owner, folio)
    with pytest.raises(Conflict):
        enclosing.add_to_ticket(owner, folio, [arrived(samples.pdf())])


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (Arrived("a.pdf", io.BytesIO(), 0), "«a.pdf» está vacío: elige el archivo de nuevo."),
        (
            Arrived("a.pdf", None, LARGEST_FILE + 1),
            "«a.pdf» pesa más de 15 MB: envía una foto más liviana o el documento por partes.",
        ),
        (
            Arrived("a.pdf", None, 3),
            "«a.pdf» no se guardó: en este momento no tenemos espacio. Tu texto sí quedó; inténtalo más tarde.",
        ),
        (
            Arrived("../../etc/<b>nota</b>.txt", io.BytesIO(b"hola"), 4),
            "«b.txt» no es un PDF ni una foto JPEG, PNG o HEIC: guárdalo como PDF o sácale una foto.",
        ),
    ],
    ids=["empty", "large", "lost", "kind"],
)
def test_a_refusal_is_one_clear_sentence(owner: Account, file: Arrived, sentence: str) -> None:
    assert enclosing.add_to_draft(owner, owner.persons[0].id, [file]) == [sentence]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("C:\\fakepath\\cédula.JPG", "cédula.JPG"),
        ("../../../etc/passwd", "passwd"),
        ("", "archivo"),
        ("\u202egpj.exe", "gpj.exe"),
        (" .. ", "archivo"),
        ("a\x00b\r\nc.pdf", "abc.pdf"),
        ('con"comillas<y>más|?*.pdf', "con comillas y más.pdf"),
        ("居留证 ✔️ 🇨🇱.png", "居留证 ✔️ 🇨🇱.png"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
        ("\ud800.pdf", "archivo.pdf"),
        ("nul", "nul"),
    ],
)
def test_a_name_is_shown_as_it_was_and_leads_nowhere(typed: str, shown: str) -> None:
    assert words.clean_name(typed) == shown


def test_one_account_cannot_send_files_without_end(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving.inspection, "looked_into", contextmanager(lambda content: iter([seen("uno")])))
    with pytest.raises(TooOften):
        for _ in range(60):
            enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(b"x")])


def test_a_file_is_saved_beside_another_of_its_name_never_in_its_place(owner: Account, tmp_path: Path) -> None:
    put(owner, "x" * 90)
    folio, analyst = cast.ticket(owner), cast.analyst()
    ticket_id = cast.row_of(folio, analyst).id
    saved = [enclosing.save_at_desk(analyst, ticket_id, 1, str(tmp_path)) for _ in range(2)]
    assert [path.name[-8:] for path in saved] == ["xxxx.pdf", " (2).pdf"]
    for folder in (tmp_path / "nada", saved[0]):
        with pytest.raises(Invalid, match="No existe la carpeta"):
            enclosing.save_at_desk(analyst, ticket_id, 1, str(folder))


def test_a_name_in_any_script_fits_a_file_system(tmp_path: Path) -> None:
    path = saving.write(io.BytesIO(b"x"), tmp_path, "居" * 100 + ".pdf")
    assert path.suffix == ".pdf"
    assert len(path.name.encode()) <= 255
