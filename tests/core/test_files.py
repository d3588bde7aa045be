"""Files that go with tickets: kept at once, sent once, handed to nobody else, forgotten for good."""

from __future__ import annotations

import io
import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from core.errors import Conflict, Invalid, NotFound, TooOften
from core.files import attachments, clamd, keeping, store, words
from core.files.inspection import Seen
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived
from core.operations import housekeeping, verify
from core.operations.rights import erasing
from core.people.views import Account
from core.tickets import drafts, enclosing, following, opening, sheets
from tests.harness import cast, samples
from tests.harness.crowd import at_once


@pytest.fixture
def owner(database: str) -> Account:
    return cast.account()


_open: list[BinaryIO] = []


@pytest.fixture(autouse=True)
def hands() -> Iterator[None]:
    """What has arrived is let go again."""
    yield
    while _open:
        _open.pop().close()


@pytest.fixture
def folder(owner: Account) -> Path:
    return store.folder()


def arrived(content: bytes, name: str = "foto.jpg") -> Arrived:
    file = store.scratch(buffering=0)
    file.write(content)
    _open.append(file)
    return Arrived(name, file, len(content))


def seen(word: str) -> Seen:
    return Seen("pdf", io.BytesIO(f"%PDF-1.7 {word}".encode()), word)


def put(owner: Account, word: str, ticket_id: int | None = None) -> None:
    """A file that needs no looking into."""
    attachments._keep(owner.persons[0].id, ticket_id, f"{word}.pdf", seen(word))


def send(owner: Account, **changed: str) -> str:
    return cast.ticket(owner, **changed)


def contents(folder: Path) -> list[Path]:
    return [path for shelf in folder.iterdir() if len(shelf.name) == 2 for path in shelf.iterdir()]


def test_a_file_goes_from_the_draft_to_the_ticket_and_back_to_its_owner(owner: Account, folder: Path) -> None:
    person = owner.persons[0].id
    wanted = [arrived(samples.pdf("Hola"), "C:\\fakepath\\Resolución №1.PDF"), arrived(samples.jpeg(), "фото.jpeg")]
    assert enclosing.add_to_draft(owner, person, wanted) == []
    assert [(each.name, each.kind, each.number) for each in enclosing.of_draft(person)] == [
        ("Resolución №1.PDF", "pdf", 0),
        ("фото.jpeg", "jpeg", 0),
    ]
    folio = send(owner)
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
    folio = send(owner)
    for reader, number in ((cast.account(), 1), (owner, 2), (owner, 0)):
        with pytest.raises(NotFound):
            enclosing.open_own(reader, folio, number)


def test_the_desk_reads_files_of_tickets_it_may_see_and_leaves_that_it_did(owner: Account) -> None:
    put(owner, "uno")
    folio = send(owner, materia="rf", categoria="rf-estado", tramite_id="")
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


def test_a_draft_that_is_thrown_away_takes_its_files_along(owner: Account, folder: Path) -> None:
    cast.write_draft(owner)
    put(owner, "uno")
    drafts.drop(owner.persons[0].id)
    assert enclosing.of_draft(owner.persons[0].id) == ()
    assert len(contents(folder)) == 1
    clock_of(folder, -2 * 3600)
    housekeeping.tidy()
    assert contents(folder) == []


def clock_of(folder: Path, seconds: int) -> None:
    """Let everything that lies there be so much older."""
    for path in (*contents(folder), *(folder / "nuevos").iterdir()):
        at = path.stat().st_mtime + seconds
        os.utime(path, (at, at))


def test_what_is_referred_to_stays_and_what_is_half_written_goes(owner: Account, folder: Path) -> None:
    put(owner, "uno")
    (folder / "nuevos" / "mitad").write_bytes(b"x")
    clock_of(folder, -30 * 3600)
    keeping.forget_orphans()
    assert len(contents(folder)) == 1
    assert list((folder / "nuevos").iterdir()) == []
    with store.copying():
        assert keeping.clear_away(["0" * 64]) == 0


def test_content_that_is_cleared_away_before_its_row_is_written_again(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, calls = store.keep, []

    def keep_and_lose(source: io.BytesIO) -> str:
        digest = kept(source)
        if not calls:
            store.remove(digest)
        calls.append(digest)
        return digest

    monkeypatch.setattr(store, "keep", keep_and_lose)
    put(owner, "uno")
    assert len(calls) == 2
    assert list(keeping.breaches()) == []


def test_adding_information_takes_its_files_along_with_words_or_without(owner: Account) -> None:
    folio = send(owner)
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
    folio = send(owner)
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
    monkeypatch.setattr(attachments.inspection, "looked_into", contextmanager(lambda content: iter([seen("uno")])))
    with pytest.raises(TooOften):
        for _ in range(60):
            enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(b"x")])


def test_a_full_disk_refuses_the_file_and_says_so(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store.os, "fsync", full)
    (sentence,) = enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(samples.pdf())])
    assert "no tenemos espacio" in sentence
    assert enclosing.of_draft(owner.persons[0].id) == ()
    assert list((store.folder() / "nuevos").iterdir()) == []


def test_the_last_room_on_the_disk_is_kept_for_words(owner: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_RESERVE", 10**18)
    with pytest.raises(OSError, match="almost full"):
        store.scratch()


def test_an_erasure_leaves_no_file_but_what_is_somebody_elses_too(owner: Account, folder: Path) -> None:
    other = cast.account()
    for each, word in ((owner, "uno"), (owner, "mismo"), (other, "mismo")):
        put(each, word)
    send(owner)
    put(owner, "dos")
    erasing.erase(owner)
    assert len(contents(folder)) == 1
    assert len(enclosing.of_draft(other.persons[0].id)) == 1
    assert list(verify.verify()) == []


def test_verify_tells_what_is_lost_and_what_was_changed(owner: Account, folder: Path) -> None:
    put(owner, "uno")
    put(owner, "dos")
    assert list(verify.verify()) == []
    first, second = sorted(contents(folder))
    first.unlink()
    second.chmod(0o600)
    second.write_bytes(second.read_bytes()[:-1] + b"!")
    assert sorted(line.partition(": ")[2] for line in verify.verify()) == ["falta su contenido", "su contenido cambió"]


@contextmanager
def antivirus(folder: Path, answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """A clamd that reads what it is sent, piece by piece, and says what it is told to."""
    path = folder / "clamd"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()
        thread = threading.Thread(target=_serve, args=(listener, answer), daemon=True)
        thread.start()
        yield f"unix://{path}"
        listener.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def _serve(listener: socket.socket, answer: Callable[[bytes], bytes]) -> None:
    while True:
        try:
            visitor, _ = listener.accept()
        except OSError:
            return
        with visitor, visitor.makefile("rb") as said:
            command = said.read(6)
            content = b""
            if command == b"zINSTR":
                said.read(4)
                while length := int.from_bytes(said.read(4), "big"):
                    content += said.read(length)
            visitor.sendall(answer(content) if command == b"zINSTR" else b"PONG\0")


@pytest.mark.parametrize(
    ("answer", "kept", "says"),
    [
        (lambda content: b"stream: OK\0", True, ""),
        (lambda content: b"stream: Eicar-Test-Signature FOUND\0", False, "tiene un virus"),
        (lambda content: b"INSTREAM size limit exceeded. ERROR\0", False, "no podemos revisarlo"),
        (lambda content: b"", False, "no podemos revisarlo"),
    ],
    ids=["clean", "infected", "trouble", "silence"],
)
def test_an_antivirus_has_its_say(
    owner: Account, tmp_path: Path, answer: Callable[[bytes], bytes], kept: bool, says: str
) -> None:
    person = owner.persons[0].id
    with antivirus(tmp_path, answer) as url:
        clamd.use(url)
        assert clamd.describe() == f"{url} responde"
        refusals = enclosing.add_to_draft(owner, person, [arrived(samples.pdf("x" * 300_000))])
    assert bool(enclosing.of_draft(person)) == kept
    assert says in "".join(refusals)


def test_an_antivirus_that_is_away_keeps_files_out_and_words_in(owner: Account, tmp_path: Path) -> None:
    clamd.use(f"unix://{tmp_path / 'nadie'}")
    cast.write_draft(owner)
    (sentence,) = enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(samples.pdf())])
    assert "no podemos revisarlo" in sentence
    assert drafts.read(owner.persons[0].id).fields["texto"] == cast.TEXT  # type: ignore[union-attr]
