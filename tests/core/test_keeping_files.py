"""What keeps files and the database true to each other: full disks, copies, erasure, an antivirus."""

from __future__ import annotations

import io
import socket
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.errors import Misconfigured
from core.files import clamd, keeping, store
from core.operations import backup, housekeeping, verify
from core.operations.rights import erasing
from core.people.account_views import Account
from core.tickets import enclosing
from core.tickets.citizens import drafts
from tests.harness import cast, samples
from tests.harness.filing import arrived, contents, make_older, put


@pytest.fixture
def folder(owner: Account) -> Path:
    return store.folder()


def test_a_draft_that_is_thrown_away_takes_its_files_along(owner: Account, folder: Path) -> None:
    cast.write_draft(owner)
    put(owner, "uno")
    drafts.drop(owner.persons[0].id)
    assert enclosing.of_draft(owner.persons[0].id) == ()
    assert len(contents(folder)) == 1
    make_older(folder, 2 * 3600)
    housekeeping.tidy()
    assert contents(folder) == []


def test_what_is_referred_to_stays_and_what_is_half_written_goes(owner: Account, folder: Path) -> None:
    put(owner, "uno")
    (folder / "nuevos" / "mitad").write_bytes(b"x")
    make_older(folder, 30 * 3600)
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
    with pytest.raises(OSError, match="muy poco espacio"):
        store.scratch()


def test_an_erasure_leaves_no_file_but_what_is_somebody_elses_too(owner: Account, folder: Path) -> None:
    other = cast.account()
    for each, word in ((owner, "uno"), (owner, "mismo"), (other, "mismo")):
        put(each, word)
    cast.ticket(owner)
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


def test_a_copy_brings_every_file_back(owner: Account, folder: Path, tmp_path: Path) -> None:
    put(owner, "uno")
    folio = cast.ticket(owner)
    put(owner, "dos")
    backup.backup(tmp_path / "copia")
    assert (tmp_path / "copia").stat().st_mode & 0o077 == 0
    drafts.drop(owner.persons[0].id)
    for path in contents(folder):
        path.unlink()
    backup.restore(tmp_path / "copia")
    assert list(verify.verify()) == []
    with enclosing.open_own(owner, folio, 1).content as content:
        assert content.read() == b"%PDF-1.7 uno"
    assert [each.name for each in enclosing.of_draft(owner.persons[0].id)] == ["dos.pdf"]
    assert {path.name for path in tmp_path.iterdir() if path.name.startswith("copia")} == {"copia"}


def test_a_copy_of_a_version_without_files_is_still_good(owner: Account, tmp_path: Path) -> None:
    backup.backup(tmp_path / "copia")
    with tarfile.open(tmp_path / "copia") as archive:
        content = archive.extractfile("base")
        assert content is not None
        (tmp_path / "vieja").write_bytes(content.read())
    folio = cast.ticket(owner)
    backup.restore(tmp_path / "vieja")
    assert folio not in "".join(str(row) for row in cast.letters_to(owner.email))


def tampered(copy: Path, folder: Path, name: str, content: bytes) -> Path:
    """A copy with something in it that is not ours."""
    made = folder / "otra"
    made.write_bytes(copy.read_bytes())
    with tarfile.open(made, "a") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return made


@pytest.mark.parametrize("name", ["../../fuera", "/etc/fuera", "adjuntos/../fuera", "adjuntos/" + "0" * 64, "otra cosa"])
def test_what_is_not_of_a_copy_changes_nothing(owner: Account, tmp_path: Path, name: str) -> None:
    backup.backup(tmp_path / "copia")
    put(owner, "uno")
    with pytest.raises(Misconfigured, match="No se cambió nada"):
        backup.restore(tampered(tmp_path / "copia", tmp_path, name, b"x"))
    assert [each.name for each in enclosing.of_draft(owner.persons[0].id)] == ["uno.pdf"]


def test_a_copy_that_was_cut_changes_nothing(owner: Account, tmp_path: Path) -> None:
    put(owner, "uno")
    backup.backup(tmp_path / "copia")
    (tmp_path / "media").write_bytes((tmp_path / "copia").read_bytes()[:4000])
    put(owner, "dos")
    with pytest.raises(Misconfigured):
        backup.restore(tmp_path / "media")
    assert len(enclosing.of_draft(owner.persons[0].id)) == 2
