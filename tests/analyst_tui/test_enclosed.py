"""Files that go with an answer: chosen by path, counted in the editor's title, taken out, sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.files import choosing
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets.citizens import following
from tests.analyst_tui.desk import SQLITE, at_desk, let_go, open_one, press, screen, sees, until, write
from tests.harness import cast, samples

Session = tuple[str, Staff]


@pytest.fixture
def owner(marta: Session) -> Account:
    return cast.account()


@pytest.fixture
def library(tmp_path: Path, marta: Session) -> Path:
    """A folder from which files may be chosen."""
    folder = tmp_path / "documentos"
    folder.mkdir()
    (folder / "guía.pdf").write_bytes(samples.pdf("Cómo pedir hora"))
    choosing.use([folder])
    return folder


async def test_a_file_is_chosen_counted_taken_out_and_sent_with_the_answer(marta: Session, owner: Account, library: Path) -> None:
    (library / "otra.png").write_bytes(samples.png())
    folio = open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Va la guía: puede pedir hora.")
        await press(pilot, "ctrl+g")
        await sees(pilot, "¿Qué archivo?")
        await write(pilot, "guía.pdf")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Va con tu respuesta.")
        await sees(pilot, "guía.pdf")
        await press(pilot, "a")
        await write(pilot, str(library / "otra.png"))
        await press(pilot, "ctrl+s")
        await sees(pilot, "otra.png")
        await press(pilot, "escape")
        await sees(pilot, "2 archivos")
        await press(pilot, "ctrl+g", "j", "x")
        await until(pilot, lambda: "otra.png" not in screen(pilot), "the file is gone")
        await press(pilot, "escape")
        await sees(pilot, "1 archivo")
        await press(pilot, "ctrl+s")
        await sees(pilot, f"La respuesta de {folio} sale en")
        let_go()
        await until(pilot, lambda: following.ticket_of(owner, folio).files, "the answer's file")
    assert [file.name for file in following.ticket_of(owner, folio).files] == ["guía.pdf"]
    assert "«guía.pdf»" in cast.letters_to(owner.email)[-1].body


async def test_chosen_files_are_still_there_in_another_terminal(marta: Session, owner: Account, library: Path) -> None:
    open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await write(pilot, "Con archivo.")
        await press(pilot, "ctrl+g")
        await write(pilot, "guía.pdf")
        await press(pilot, "ctrl+s", "escape")
        await sees(pilot, "1 archivo")
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r")
        await sees(pilot, "1 archivo")


@SQLITE
async def test_a_refused_file_is_told_with_what_to_do(marta: Session, owner: Account, library: Path) -> None:
    (library / "tabla.xlsx").write_bytes(b"PK\x03\x04 nada")
    open_one(owner)
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "r", "ctrl+g")
        await write(pilot, "tabla.xlsx")
        await press(pilot, "ctrl+s")
        await sees(pilot, "no es un PDF ni una foto")
        assert "tabla.xlsx" in screen(pilot)


@SQLITE
async def test_keys_for_drafts_say_why_they_do_nothing(marta: Session, library: Path) -> None:
    open_one()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "ctrl+r")
        await sees(pilot, "No estás escribiendo nada.")
        await press(pilot, "n", "ctrl+g")
        await sees(pilot, "Los archivos van con una respuesta")
        await press(pilot, "escape", "r")
        choosing.use([])
        await press(pilot, "ctrl+g")
        await sees(pilot, "AYUDA_ATTACH_FOLDERS")
