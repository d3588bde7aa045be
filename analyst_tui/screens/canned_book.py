"""The book of canned answers: everybody reads it, those with the right write it; every version stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input

from analyst_tui import canned_words, spoken, theme
from analyst_tui.background import ask, change
from analyst_tui.command_tables.command import CANNED
from analyst_tui.commands import bindings
from analyst_tui.screens.base import Across
from analyst_tui.screens.canned_finder import found
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.screens.scrolling import Scrolling
from analyst_tui.shown import shown
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Part
from analyst_tui.widgets.pane import Block, Pane
from core import clock
from core.canned import editing, fields, reading, wording
from core.canned.views import SPANISH, Canned, Version
from core.language import LANGUAGES
from core.people import policy
from core.people.views import Staff

_HERE, _ELSEWHERE = "▌ ", "  "


def _asked(code: str) -> str:
    return f"{LANGUAGES[code]} ({_VARIABLES}, [[hueco]])" if code == SPANISH else LANGUAGES[code]


_GOOD_FOR = timedelta(days=365)
_SOON = timedelta(days=30)
_VARIABLES = " ".join(f"{{{name}}}" for name in wording.VARIABLES)
_QUESTIONS = (
    Question("titulo", "Título", "Estado: en análisis y sin pendientes", fields.LONGEST_LINE),
    Question("sirve", "Sirve para: códigos de materias o categorías (vacío: todas)", "rt-estado, rd", 400),
    Question("responsable", "Quién responde por el texto", "Unidad de residencias", fields.LONGEST_LINE),
    Question("base", "Base legal: ley y artículo", "Ley 19.880, artículo 17", fields.LONGEST_LINE),
    Question("vigente", "Vale hasta", "30-06-2027"),
    *(Question(code, _asked(code), longest=fields.LONGEST_TEXT, counted=True, lines=8) for code in LANGUAGES),
)


class CannedBookScreen(Scrolling):
    """The canned answers with a cursor, and the text of the one that it stands on."""

    PLACES = (CANNED,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CANNED)]
    DEFAULT_CSS = """
    CannedBookScreen #titles { width: 40%; border-right: solid $border; }
    CannedBookScreen #text { width: 1fr; }
    CannedBookScreen Field { display: none; }
    CannedBookScreen Field.-asked { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.titles, self.pane = Pane(id="titles"), Pane(id="text", widest=90)
        self.sought = Field("título, palabras, materia")
        self.answers: tuple[Canned, ...] = ()
        self.listed: list[Canned] = []
        self.cursor = 0
        self._language = SPANISH
        self._typed: dict[int, dict[str, str]] = {}
        self._confirmed = 0

    def body(self) -> ComposeResult:
        yield self.sought
        with Across():
            yield self.titles
            yield self.pane

    def on_screen_resume(self) -> None:
        super().on_screen_resume()
        ask(self, "book", reading.answers, self._read)

    def _read(self, answers: tuple[Canned, ...]) -> None:
        current = self.current
        self.answers = answers
        self._offer(keep=current.id if current else 0)

    def _offer(self, keep: int = 0) -> None:
        self.listed = found(self.sought.value, self.answers)
        self.cursor = next((place for place, each in enumerate(self.listed) if each.id == keep), 0)
        self._paint()

    @property
    def current(self) -> Canned | None:
        """The canned answer at the cursor."""
        return self.listed[self.cursor] if self.cursor < len(self.listed) else None

    def paint_top(self) -> None:
        self.top.show((Part(" Respuestas tipo", theme.strong),), self.desk.corner())

    def _paint(self) -> None:
        self.titles.show(titles(self.listed, self.cursor), keep_place=True)
        at = next((place for place, line in enumerate(self.titles.text.splitlines()) if line.startswith(_HERE)), 0)
        self.titles.scroll_to(y=max(at - self.titles.size.height // 2, 0), animate=False)
        current = self.current
        self.pane.show(told(current, self._language) if current else [Text("Ninguna calza.", theme.quiet, end="")])
        self.show_status((Part(f" {census(self.answers)}.", theme.quiet),))
        self.paint_hints()

    def why_not(self, command_id: str) -> str:
        if command_id in ("change", "expire", "history", "language") and self.current is None:
            return "No hay ninguna respuesta tipo aquí."
        if command_id == "expire" and self.current is not None and self.current.page.is_expired:
            return "Esa respuesta tipo ya caducó."
        return super().why_not(command_id)

    def do_canned_book(self) -> None:
        self.on_screen_resume()

    def do_search(self) -> None:
        self.sought.add_class("-asked")
        self.sought.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._offer()

    def on_input_submitted(self) -> None:
        self.set_focus(None)

    def do_back(self) -> None:
        if not self.sought.has_class("-asked"):
            self.dismiss()
            return
        self.set_focus(None)
        self.sought.remove_class("-asked")
        self.sought.value = ""

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.listed) - 1), 0)
        self._confirmed = 0
        self._paint()

    def do_language(self) -> None:
        codes = list(LANGUAGES)
        self._language = codes[(codes.index(self._language) + 1) % len(codes)]
        self._paint()

    def do_new(self) -> None:
        begun = self._typed.setdefault(0, {"vigente": f"{clock.today() + _GOOD_FOR:%d-%m-%Y}"})
        self._ask("Respuesta tipo nueva", editing.write, "Guardada: ya se puede usar.", begun)

    def do_change(self) -> None:
        canned = self.current
        if canned is None:
            return
        number = canned.version.number

        def send(me: Staff, typed: dict[str, str]) -> None:
            editing.change(me, canned.id, number, typed)

        begun = self._typed.setdefault(canned.id, fields.fields_of(canned.page))
        self._ask(f"Cambiar «{canned.page.title}»", send, "Cambiada; la versión anterior queda en su historia.", begun)

    def _ask(self, heading: str, send: Callable[[Staff, dict[str, str]], object], sent: str, begun: dict[str, str]) -> None:
        self.app.push_screen(FormScreen(Asking(heading, _QUESTIONS, send, sent), begun))

    def do_expire(self) -> None:
        canned = self.current
        if canned is None:
            return
        if self._confirmed != canned.id:
            self._confirmed = canned.id
            self.say(f"{self.key_of('expire')} otra vez para que nadie envíe «{canned.page.title}» desde ahora.", alarm=True)
            return
        number = canned.version.number
        change(self, "expire", lambda me: editing.expire(me, canned.id, number), lambda _: self._changed("Caducada."))

    def _changed(self, words: str) -> None:
        self.say(words)
        ask(self, "book", reading.answers, self._read)

    def do_history(self) -> None:
        canned = self.current
        if canned is not None:
            ask(
                self,
                "history",
                lambda me: reading.history(me, canned.id),
                lambda told: self._show_history(canned, told),
                leads=True,
            )

    def _show_history(self, canned: Canned, versions: tuple[Version, ...]) -> None:
        from analyst_tui.screens.canned_history import CannedHistory

        may = policy.allowed(self.actor, editing.VERB)
        self.app.push_screen(CannedHistory(versions, may), lambda number: self._restore(canned, number or 0))

    def _restore(self, canned: Canned, number: int) -> None:
        if number:
            latest = canned.version.number
            words = f"Vuelve a valer la versión {number}."
            change(self, "restore", lambda me: editing.restore(me, canned.id, latest, number), lambda _: self._changed(words))


def census(answers: Sequence[Canned]) -> str:
    """How many there are, how many have ended, and how many are about to."""
    soon = clock.today() + _SOON
    expired = sum(each.page.is_expired for each in answers)
    ending = sum(not each.page.is_expired and each.page.expires_on <= soon for each in answers)
    parts = [spoken.counted(len(answers), "respuesta tipo", "respuestas tipo")]
    parts += [spoken.counted(expired, "caducada", "caducadas")] if expired else []
    parts += [f"{spoken.counted(ending, 'caduca', 'caducan')} en {_SOON.days} días"] if ending else []
    return ", ".join(parts)


def titles(listed: list[Canned], cursor: int) -> Iterator[Block]:
    """A line for each, the one at the cursor marked."""
    for place, each in enumerate(listed):
        late = f"  {canned_words.until(each.page)}" if each.page.is_expired else ""
        text = shown(each.page.title, theme.dim if late else theme.ink).append(late, theme.late)
        yield Block(text, _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)


def told(canned: Canned, language: str) -> Iterator[Block]:
    """Everything about one, and its text in a language."""
    yield from canned_words.about(canned)
    version = canned.version
    author = f"de {version.author}" if version.author else "del programa"
    yield Block(shown(f"Sirve para: {canned_words.subjects(canned.page)}", theme.quiet))
    yield Block(shown(f"Versión {version.number}, {author}, {spoken.moment(version.at, clock.today())}", theme.quiet))
    yield Block(Text(canned_words.spoken_in(canned.page, language), theme.mark, end=""))
    yield Block(Text(""))
    yield Block(canned_words.text(canned.page.in_language(language)[0], None))
