"""The banners: what is on every page, what is to come, who did what; publishing, changing the end, withdrawing."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import spoken, theme
from analyst_tui.background import ask, change
from analyst_tui.command_tables.command import BANNERS
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.shown import shown
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.banners import moments, publishing
from core.banners.views import Banner, Deed
from core.language import LANGUAGES
from core.people.views import Staff

_DEEDS = {"publicado": "publicado", "cambiado": "fin cambiado", "retirado": "retirado"}
_HERE, _ELSEWHERE = "▌ ", "  "


class BannersScreen(DeskScreen):
    """The banners, the newest first, with a cursor."""

    PLACES = (BANNERS,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(BANNERS)]

    def __init__(self) -> None:
        super().__init__()
        self.pane = Pane(id="banners", widest=100)
        self.banners: tuple[Banner, ...] = ()
        self.cursor = 0
        self._typed: dict[str, str] = {}
        self._key = uuid.uuid4().hex
        self._confirmed = 0

    def body(self) -> ComposeResult:
        yield self.pane

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        ask(self, "banners", publishing.banners, self._show)

    def _show(self, banners: tuple[Banner, ...]) -> None:
        self.banners = banners
        self.cursor = max(min(self.cursor, len(banners) - 1), 0)
        self._paint()
        self.paint_hints()

    def _paint(self) -> None:
        now = clock.now()
        self.pane.show(told(self.banners, self.cursor, now), keep_place=True)
        lines = self.pane.text.splitlines()
        at = next((place for place, line in enumerate(lines) if line.startswith(_HERE)), 0)
        self.pane.scroll_to(y=max(at - self.pane.size.height // 2, 0), animate=False)
        count = sum(banner.is_shown(now) for banner in self.banners)
        words = spoken.counted(count, "aviso a la vista", "avisos a la vista") if count else "Ningún aviso a la vista"
        self.show_status((Part(f" {words}. En las páginas aparecen y terminan en menos de 10 segundos.", theme.quiet),))

    def paint_top(self) -> None:
        self.top.show((Part(" Avisos en todas las páginas", theme.strong),), self.desk.corner())

    @property
    def _current(self) -> Banner | None:
        return self.banners[self.cursor] if self.banners else None

    def why_not(self, command_id: str) -> str:
        if command_id in ("change_end", "withdraw"):
            if self._current is None:
                return "No hay ningún aviso."
            if self._current.is_over(clock.now()):
                return "Ese aviso ya terminó: publica uno nuevo."
        return super().why_not(command_id)

    def do_banners(self) -> None:
        self.on_screen_resume()

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.banners) - 1), 0)
        self._confirmed = 0
        self._paint()
        self.paint_hints()

    def do_new(self) -> None:
        questions = [
            Question("starts_at", "Desde (vacío: ahora)", "mañana 9:00, 23-11 18:00"),
            Question("ends_at", "Hasta", "hoy 20:00, 23-11 18:00"),
            *(Question(code, _asked(code), longest=publishing.LONGEST, counted=True) for code in LANGUAGES),
        ]
        words = "Publicado: en menos de 10 segundos está en todas las páginas."
        self.app.push_screen(FormScreen(Asking("Aviso nuevo", questions, self._publish, words, _missing), self._typed))

    def _publish(self, me: Staff, typed: dict[str, str]) -> None:
        starts_at = moments.read(typed["starts_at"], "starts_at") if typed["starts_at"].strip() else None
        ends_at = moments.read(typed["ends_at"], "ends_at", end_of_day=True)
        publishing.publish(me, typed, starts_at, ends_at, self._key)
        self._key = uuid.uuid4().hex

    def do_change_end(self) -> None:
        banner = self._current
        if banner is None:
            return

        def send(me: Staff, typed: dict[str, str]) -> None:
            publishing.change_end(me, banner.id, moments.read(typed["ends_at"], "ends_at", end_of_day=True))

        asking = Asking(
            "Cambiar el fin de un aviso", [Question("ends_at", "Hasta", "hoy 20:00, 23-11 18:00")], send, "Fin cambiado."
        )
        self.app.push_screen(FormScreen(asking, {"ends_at": moments.written(banner.ends_at)}))

    def do_withdraw(self) -> None:
        banner = self._current
        if banner is None:
            return
        if self._confirmed != banner.id:
            self._confirmed = banner.id
            self.say(f"{self.key_of('withdraw')} otra vez para quitar ese aviso de todas las páginas.", alarm=True)
            return
        change(self, "withdraw", lambda me: publishing.withdraw(me, banner.id), lambda _: self._withdrawn())

    def _withdrawn(self) -> None:
        self.say("Retirado: en menos de 10 segundos ya no está en ninguna página.")
        ask(self, "banners", publishing.banners, self._show)

    def do_back(self) -> None:
        self.dismiss()


def _asked(code: str) -> str:
    return f"{LANGUAGES[code]} (obligatorio)" if code == "es" else LANGUAGES[code]


def _missing(typed: dict[str, str]) -> str:
    """Which languages have no words of their own, in a sentence."""
    names = [name for code, name in LANGUAGES.items() if code != "es" and not typed[code].strip()]
    return f"Sin texto en {', '.join(names)}: ahí se lee en español." if names and typed["es"].strip() else ""


def told(banners: tuple[Banner, ...], cursor: int, now: int) -> Iterator[Block]:
    """The banners as blocks of text, the one at the cursor marked."""
    if not banners:
        yield Block(Text("Todavía no hay avisos.", theme.quiet))
    for place, banner in enumerate(banners):
        yield from _banner(banner, _HERE if place == cursor else _ELSEWHERE, now)
        yield Block(Text(""))


def _banner(banner: Banner, lead: str, now: int) -> Iterator[Block]:
    head = Text(end="").append(f"{_state(banner, now)}  ", theme.mark if banner.is_shown(now) else theme.strong)
    today = clock.today()
    head.append(f"{spoken.moment(banner.starts_at, today)} → {spoken.moment(banner.ends_at, today)}", theme.ink)
    yield Block(head, lead, theme.key, _ELSEWHERE)
    for code, words in banner.texts.items():
        text = shown(f"{code}  {words}", theme.ink) if words else shown(f"{code}  se lee en español", theme.quiet)
        yield Block(text, _ELSEWHERE)
    yield Block(shown(" · ".join(map(_deed, banner.deeds)), theme.quiet), _ELSEWHERE)


def _state(banner: Banner, now: int) -> str:
    if banner.withdrawn_at is not None:
        return "retirado"
    if banner.is_over(now):
        return "terminó"
    return "a la vista" if banner.is_shown(now) else "por empezar"


def _deed(deed: Deed) -> str:
    until = f" a {spoken.moment(deed.ends_at, clock.today())}" if deed.kind == "cambiado" else ""
    return f"{_DEEDS[deed.kind]}{until} por {deed.author}, {spoken.moment(deed.at, clock.today())}"
