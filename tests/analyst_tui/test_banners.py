"""Banners at the desk: a supervisor publishes one, changes its end and takes it away again."""

from __future__ import annotations

from core.banners import showing
from core.people.views import Staff
from tests.analyst_tui.desk import Desk, at_desk, press, screen, sees

Session = tuple[str, Staff]


def fill(pilot: Desk, **answers: str) -> None:
    """Put answers into the form, as if they had been pasted."""
    for name, value in answers.items():
        pilot.app.screen.fields[name].value = value  # type: ignore[attr-defined]


async def test_a_supervisor_publishes_a_banner_changes_its_end_and_withdraws_it(chief: Session) -> None:
    async with at_desk(chief[0], size=(80, 24)) as pilot:
        await press(pilot, "b")
        await sees(pilot, "Todavía no hay avisos")
        await press(pilot, "n")
        fill(pilot, ends_at="hoy 9:00", es="Hoy [/] no atendemos.")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Sin texto en English, Kreyòl, Português")
        await press(pilot, "ctrl+s")
        await sees(pilot, "El aviso debe terminar después de empezar")
        fill(pilot, ends_at="hoy 20:00")
        await press(pilot, "ctrl+s")
        await sees(pilot, "Publicado: en menos de 10 segundos")
        assert "es  Hoy [/] no atendemos." in screen(pilot)
        assert "publicado por Supervisión" in screen(pilot)
        assert [banner.words for banner in showing.shown("en")] == ["Hoy [/] no atendemos."]
        await press(pilot, "e")
        fill(pilot, ends_at="21:30")
        await press(pilot, "ctrl+s")
        await sees(pilot, "fin cambiado a hoy 21:30")
        await press(pilot, "x")
        await sees(pilot, "x otra vez")
        await press(pilot, "x")
        await sees(pilot, "retirado  hoy 10:00")
        assert showing.shown("es") == ()
        await press(pilot, "x")
        await sees(pilot, "Ese aviso ya terminó")
        await press(pilot, "n")
        fill(pilot, es="A medias")
        await press(pilot, "escape", "n")
        assert pilot.app.screen.fields["es"].value == "A medias"  # type: ignore[attr-defined]
        await press(pilot, "escape", "escape")
        await sees(pilot, "Sin asignar")


async def test_an_analyst_is_told_that_banners_are_for_supervisors(marta: Session) -> None:
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "b")
        await sees(pilot, "es de supervisión")
