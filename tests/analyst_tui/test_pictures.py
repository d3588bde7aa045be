"""Pictures of the screens: whoever changes how one looks sees it, and says so by renewing the picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from analyst_tui.desk import DeskApp
from core.people import staff
from core.people.views import Staff
from core.tickets import desk as verbs
from core.tickets import presence
from core.tickets.answers import answer_files
from core.tickets.asides import related, tags
from core.tickets.lists import queue
from core.tickets.many import surges
from core.tickets.searching import own_views
from tests.analyst_tui.desk import Desk, choose, press, sees, write
from tests.harness import samples

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Compare = Callable[..., bool]
Session = tuple[str, Staff]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_queue(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    pictured(size)


def test_the_queue_with_views_and_preview(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        await sees(pilot, "¿Qué puedo hacer?")

    pictured((160, 48), steps)


def test_a_search(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "slash")
        await write(pilot, "rosa")
        await sees(pilot, "nombre rosa →")

    pictured((120, 40), steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_a_search_with_keys(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "slash")
        await write(pilot, "rosa -tipo:reclamo materia:")
        await sees(pilot, "tab Permanencia transitoria")

    pictured(size, steps)


def test_a_view_of_ones_own(pictured: Callable[..., None], chief: Session) -> None:
    own_views.keep(chief[1], "Haití, kreyòl", "idioma:creole")
    own_views.keep(chief[1], "Reclamos", "tipo:reclamo", "persona")

    async def steps(pilot: Desk) -> None:
        await sees(pilot, "9 Haití, kreyòl")
        await press(pilot, "tab", *["tab"] * 8)
        await sees(pilot, "1 de 3 · Reclamos")
        await sees(pilot, "── mías ──")
        await sees(pilot, "Trámite 12345685")
        await sees(pilot, "Buenos días, quiero saber en qué etapa")

    pictured((160, 48), steps)


def test_the_orders(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "o")

    pictured((100, 30), steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_a_ticket_with_its_answer_begun(pictured: Callable[..., None], pedro: Staff, size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "enter")
        ticket_id = pilot.app.screen.sheet.row.id  # type: ignore[attr-defined]
        verbs.note(pedro, ticket_id, "Ya llamé a Iquique: revisan mañana.", "clave")
        await sees(pilot, "Ya llamé a Iquique")
        await press(pilot, "r")
        await write(pilot, "Buenos días:\n\nRevisamos ")
        pilot.app.screen.writing.save()  # type: ignore[attr-defined]
        await sees(pilot, "borrador guardado")
        pilot.app.screen._end_notice()  # type: ignore[attr-defined]

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
def test_the_versions_of_a_draft(pictured: Callable[..., None], chief: Session, size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        ticket_id = pilot.app.screen.tickets.current.id  # type: ignore[attr-defined]
        for text in ("Estimado señor:\n\nSu solicitud sigue en análisis.", "Le pedimos un documento más.", "Va la última."):
            verbs.save_draft(chief[1], ticket_id, "respuesta", text, stood=[text])
        await press(pilot, "r", "ctrl+r")
        await sees(pilot, "Versiones de tu borrador")

    pictured(size, steps)


def test_the_files_of_an_answer(pictured: Callable[..., None], chief: Session, tmp_path: Path) -> None:
    async def steps(pilot: Desk) -> None:
        for name in ("Cómo pedir una hora.pdf", "Formulario.pdf"):
            (tmp_path / name).write_bytes(samples.pdf(name))
            answer_files.enclose(chief[1], pilot.app.screen.tickets.current.id, name)  # type: ignore[attr-defined]
        await press(pilot, "r", "ctrl+g")
        await sees(pilot, "Formulario.pdf")

    pictured((100, 30), steps)


def test_a_colleague_who_writes(pictured: Callable[..., None], pedro: Staff) -> None:
    async def steps(pilot: Desk) -> None:
        row = pilot.app.screen.tickets.current  # type: ignore[attr-defined]
        presence.look(pedro, row.id, True)
        await press(pilot, "enter", "r")
        await sees(pilot, "pulsa r otra vez")

    pictured((100, 30), steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_the_figures(pictured: Callable[..., None], size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "s")
        await sees(pilot, "abiertos")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_a_ticket_with_all_that_is_kept_beside_it(
    pictured: Callable[..., None], chief: Session, pedro: Staff, size: tuple[int, int]
) -> None:
    async def steps(pilot: Desk) -> None:
        keep_beside(pilot, chief[1], pedro)
        await press(pilot, "enter", *(("f",) if size[0] < 100 else ()))
        await sees(pilot, "#haití")

    pictured(size, steps)


def keep_beside(pilot: Desk, chief: Staff, pedro: Staff) -> None:
    """A note that mentions, tags and a related ticket, all at the cursor's."""
    row = pilot.app.screen.tickets.current  # type: ignore[attr-defined]
    others = [each for each in queue.window(chief, "todos", 0, 100) if each.id != row.id]
    verbs.note(pedro, row.id, "@supervision, ¿lo ves?", "clave")
    for word in ("haití", "Múltiple visa"):
        tags.add(pedro, row.id, word)
    related.relate(pedro, row.id, others[3].folio, "misma familia")


BESIDE = {
    "historia": ("y", "mencionó a"),
    "etiquetas": ("l", "#haití"),
    "relacionados": ("o", "misma familia"),
    "plazo": ("p", "ingreso legal"),
}


@pytest.mark.parametrize("what", BESIDE)
def test_what_is_kept_beside_a_ticket(pictured: Callable[..., None], chief: Session, pedro: Staff, what: str) -> None:
    key, words = BESIDE[what]

    async def steps(pilot: Desk) -> None:
        keep_beside(pilot, chief[1], pedro)
        await press(pilot, "enter", key)
        await sees(pilot, words)

    pictured((100, 30), steps)


def test_a_link_to_take_something_out(pictured: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.tokens.issue_short", lambda purpose, number: "1a-6ab1f2c0.ZnJhc2UtcXVlLW5vLWRpY2U")

    async def steps(pilot: Desk) -> None:
        pilot.app.remote = True  # type: ignore[attr-defined]
        await press(pilot, "enter", "p", "i")
        await sees(pilot, "sirve una sola vez")

    pictured((80, 24), steps)


def test_the_keys(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "question_mark")
        await sees(pilot, "Teclas de esta pantalla")

    pictured((120, 40), steps)


def test_the_palette(pictured: Callable[..., None]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "ctrl+p")
        await write(pilot, "res")

    pictured((100, 30), steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_what_will_change_before_it_does(pictured: Callable[..., None], pedro: Staff, size: tuple[int, int]) -> None:
    async def steps(pilot: Desk) -> None:
        await press(pilot, "X", "m")
        await choose(pilot, "asignar a…")
        await choose(pilot, "Pedro")
        await sees(pilot, "Pedro no puede")
        await press(pilot, "j", "x")

    pictured(size, steps)


@pytest.mark.parametrize("size", [(80, 24), (160, 48)])
def test_the_letters_of_an_answer_to_many(pictured: Callable[..., None], pedro: Staff, size: tuple[int, int]) -> None:
    author = staff.begin(pedro.id)[1]
    rows = [row for row in queue.window(author, "sin_asignar", 0, 20) if not row.has_term][:6]
    surge = surges.begin(author, [row.id for row in rows])
    text = "Hola, {nombre}:\n\nTu trámite {tramite} sigue en análisis. Te escribimos antes del {vence}."
    surges.save(author, surge.id, text)
    surges.submit(author, surge.id, {row.id: row.version for row in rows})

    async def steps(pilot: Desk) -> None:
        await press(pilot, "m")
        await choose(pilot, "revisar la respuesta de Pedro")
        await press(pilot, "j")

    pictured(size, steps)


def test_signing_in(snap_compare: Compare, database: str) -> None:
    assert snap_compare(DeskApp(None), terminal_size=(80, 24))
