"""Files at the desk: seen with the ticket, read where they have words, saved into a folder."""

from __future__ import annotations

from pathlib import Path

from core.people.views import Staff
from core.tickets import enclosing
from tests.analyst_tui.desk import BIG_AND_SMALL, Desk, at_desk, press, screen, sees, sheet_of
from tests.harness import cast, samples
from tests.harness.filing import arrived, put

Session = tuple[str, Staff]


def ticket_with_files() -> str:
    owner = cast.account()
    put(owner, "Resolución [bold 1234")
    enclosing.add_to_draft(owner, owner.persons[0].id, [arrived(samples.jpeg(), "cédula.jpg")])
    return cast.ticket(owner)


async def open_files(pilot: Desk) -> None:
    await press(pilot, "enter", "v")
    await sees(pilot, "2 archivos")


@BIG_AND_SMALL
async def test_files_are_read_and_saved(marta: Session, tmp_path: Path, size: tuple[int, int]) -> None:
    folio = ticket_with_files()
    async with at_desk(marta[0], size=size) as pilot:
        await press(pilot, "enter")
        await sees(pilot, "archivo 2: cédula.jpg")
        await press(pilot, "v")
        assert "▌ 1  Resolución [" in screen(pilot)
        await press(pilot, "enter")
        await sees(pilot, "Resolución [bold 1234\n")
        await press(pilot, "j", "enter")
        await sees(pilot, "es una imagen")
        await press(pilot, "g")
        pilot.app.screen.fields["carpeta"].value = str(tmp_path / "no hay")  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, "No existe la carpeta")
        pilot.app.screen.fields["carpeta"].value = str(tmp_path)  # type: ignore[attr-defined]
        await press(pilot, "ctrl+s")
        await sees(pilot, f"Guardado: {folio}-2 en esa carpeta.")
        await press(pilot, "escape")
        await sees(pilot, "archivo 2: cédula.jpg")
    (saved,) = tmp_path.glob(f"{folio}*")
    assert saved.name == f"{folio}-2-cédula.jpg"
    assert saved.read_bytes().startswith(b"\xff\xd8")
    assert saved.stat().st_mode & 0o077 == 0
    assert [event.code for event in sheet_of(folio, marta[1]).events if event.kind == "archivo"] == ["2"]


async def test_a_ticket_without_files_says_so(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "enter", "v")
        await sees(pilot, "La persona no envió archivos.")
