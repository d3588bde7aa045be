"""The one table of commands, and what reads it: screens, help, palette, footer and keymap."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyst_tui import keymap
from analyst_tui.command_tables.command import (
    ANYWHERE,
    AUDIT,
    BANNERS,
    CANNED,
    CHOICE,
    COMMENTS,
    DIGITS,
    DOSSIER,
    ENCLOSED,
    FIGURES,
    FILES,
    FORM,
    HISTORY,
    HOURS,
    LETTERS,
    LINK,
    MANY,
    PLAN,
    QUEUE,
    RELATED,
    TAGS,
    TERM,
    TICKET,
    VERSIONS,
    WRITING,
    Command,
)
from analyst_tui.commands import COMMANDS, all_key_words, check_keymap, command, keymap_id
from analyst_tui.palette import fitting, rank
from analyst_tui.screens.audit import AuditScreen
from analyst_tui.screens.banners import BannersScreen
from analyst_tui.screens.base import DeskScreen
from analyst_tui.screens.canned_book import CannedBookScreen
from analyst_tui.screens.choosing import ChoosingScreen
from analyst_tui.screens.comments import CommentsScreen
from analyst_tui.screens.dossier import DossierScreen
from analyst_tui.screens.enclosed import EnclosedScreen
from analyst_tui.screens.files import FilesScreen
from analyst_tui.screens.form import FormScreen
from analyst_tui.screens.history import HistoryScreen
from analyst_tui.screens.hours import HoursScreen
from analyst_tui.screens.many.letters import LettersScreen
from analyst_tui.screens.many.plan import PlanScreen
from analyst_tui.screens.queue import QueueScreen
from analyst_tui.screens.related import RelatedScreen
from analyst_tui.screens.statistics import StatisticsScreen
from analyst_tui.screens.tags import TagsScreen
from analyst_tui.screens.taking_out import LinkScreen
from analyst_tui.screens.term import TermScreen
from analyst_tui.screens.ticket import TicketScreen
from analyst_tui.screens.versions import VersionsScreen
from analyst_tui.widgets.pane import Pane
from core.errors import Invalid, Misconfigured
from core.people import policy
from core.people.views import Staff
from tests.analyst_tui.desk import SQLITE, at_desk, press, screen, sees, write
from tests.harness import cast

Session = tuple[str, Staff]
HOME: dict[str, type[DeskScreen]] = {
    QUEUE: QueueScreen,
    TICKET: TicketScreen,
    WRITING: TicketScreen,
    FIGURES: StatisticsScreen,
    COMMENTS: CommentsScreen,
    BANNERS: BannersScreen,
    HOURS: HoursScreen,
    FILES: FilesScreen,
    FORM: FormScreen,
    CANNED: CannedBookScreen,
    CHOICE: ChoosingScreen,
    PLAN: PlanScreen,
    MANY: LettersScreen,
    LETTERS: LettersScreen,
    TERM: TermScreen,
    HISTORY: HistoryScreen,
    TAGS: TagsScreen,
    RELATED: RelatedScreen,
    LINK: LinkScreen,
    VERSIONS: VersionsScreen,
    ENCLOSED: EnclosedScreen,
    DOSSIER: DossierScreen,
    AUDIT: AuditScreen,
    ANYWHERE: DeskScreen,
}
CONTRACT = {
    QUEUE: {"down": "j,down", "up": "k,up", "open": "enter", "back": "escape", "search": "slash", "take": "t", "claim": "a"},
    TICKET: {"back": "escape", "take": "t", "claim": "a", "answer": "r", "note": "n"},
    WRITING: {"send": "ctrl+s"},
    ANYWHERE: {"palette": "ctrl+p", "help": "question_mark", "statistics": "s", "quit": "q"},
}


@pytest.mark.parametrize("each", COMMANDS, ids=keymap_id)
def test_every_command_is_carried_out_by_the_screen_of_its_place(each: Command) -> None:
    assert callable(getattr(HOME[each.where], f"do_{each.id}"))


@pytest.mark.parametrize("each", COMMANDS, ids=keymap_id)
def test_every_permission_is_one_that_the_policy_knows(each: Command) -> None:
    assert not each.permission or each.permission in policy._MAY


@pytest.mark.parametrize("where", CONTRACT)
def test_the_keys_are_those_that_people_were_promised(where: str) -> None:
    assert {name: command(name, where).keys for name in CONTRACT[where]} == CONTRACT[where]


def test_keys_are_named_as_people_call_them() -> None:
    assert all_key_words("slash") == "/"
    assert all_key_words("j,down") == "j ↓"
    assert all_key_words(DIGITS) == "1-9"


def test_a_keymap_may_change_any_key() -> None:
    assert check_keymap({"lista.take": "y", "siempre.help": "f1"}) == {"lista.take": "y", "siempre.help": "f1"}


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({"lista.tomar": "y"}, "«lista.tomar» no es un comando"),
        ({"lista.view": "v"}, "«lista.view» no es un comando"),
        ({"lista.take": 5}, "necesita una tecla"),
        ({"lista.take": ""}, "necesita una tecla"),
        ({"lista.take": "a"}, "La tecla «a» ya es de"),
        ({"siempre.quit": "t"}, "La tecla «t» ya es de"),
    ],
)
def test_a_wrong_keymap_is_refused_in_words(wanted: dict[str, object], words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        check_keymap(wanted)
    assert words in refusal.value.message


def test_the_keymap_is_a_file_in_the_home(tmp_path: Path) -> None:
    assert keymap.read(tmp_path) == {}
    (tmp_path / keymap.FILE).write_text('lista.take = "y"\n[siempre]\nhelp = "f1"\n')
    assert keymap.read(tmp_path) == {"lista.take": "y", "siempre.help": "f1"}


@pytest.mark.parametrize("text", ["lista.take = ", 'nada = "x"', "\xff"])
def test_a_broken_keymap_is_one_line_that_names_the_file(tmp_path: Path, text: str) -> None:
    (tmp_path / keymap.FILE).write_bytes(text.encode("latin-1"))
    with pytest.raises(Misconfigured, match=r"teclas\.toml"):
        keymap.read(tmp_path)


@SQLITE
async def test_a_remapped_key_works_and_is_shown_everywhere(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0], keys={"lista.open": "o"}) as pilot:
        assert "o abrir" in screen(pilot)
        await press(pilot, "question_mark")
        await sees(pilot, "o               Abre el ticket del cursor.")
        await press(pilot, "escape", "o")
        await sees(pilot, cast.TEXT)


@SQLITE
async def test_help_lists_every_key_of_the_place_and_why_one_would_do_nothing(marta: Session) -> None:
    async with at_desk(marta[0], size=(120, 50)) as pilot:
        await press(pilot, "question_mark")
        await sees(pilot, "Teclas de esta pantalla")
        told = " ".join(pilot.app.screen.query_one(Pane).text.split())
        assert [each.help for each in COMMANDS if each.where in (QUEUE, ANYWHERE) and each.help not in told] == []
        assert "Tu cuenta no permite" in told
        await press(pilot, "question_mark")
        await sees(pilot, "Sin asignar")


@SQLITE
async def test_the_palette_finds_a_command_by_a_part_of_its_words_and_carries_it_out(chief: Session) -> None:
    async with at_desk(chief[0]) as pilot:
        await press(pilot, "ctrl+p")
        await write(pilot, "cif")
        await press(pilot, "enter")
        await sees(pilot, "Cifras del servicio")
        await press(pilot, "escape", "ctrl+p")
        await write(pilot, "zzz")
        await press(pilot, "enter", "escape")
        await sees(pilot, "Ningún ticket aquí")


@SQLITE
async def test_the_palette_is_moved_in_by_arrows_and_by_the_mouse(marta: Session) -> None:
    cast.ticket()
    async with at_desk(marta[0]) as pilot:
        await press(pilot, "ctrl+p", "down", "enter")
        await sees(pilot, cast.TEXT)
        await press(pilot, "escape", "ctrl+p")
        await pilot.click("#choices", offset=(3, 1))
        await sees(pilot, cast.TEXT)


def test_the_palette_ranks_beginnings_before_parts_before_scattered_letters() -> None:
    assert rank("", "lo que sea") == 0
    assert rank("Pág", "pagina abajo") == 1
    assert rank("abajo", "página abajo") == 2
    assert rank("gina", "página abajo") == 3
    assert rank("pgab", "página abajo") == 4
    assert rank("x", "página abajo") is None
    entries = [("a", "", "volver a abrir", ""), ("b", "", "abrir", ""), ("c", "", "cabrito", "")]
    assert [entry[0] for entry in fitting("abri", entries)] == ["b", "a", "c"]
