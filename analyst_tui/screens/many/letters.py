"""One answer to many: its words below, and above them every letter as it will arrive."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType

from analyst_tui import naming, theme
from analyst_tui.background import ask, change, is_busy
from analyst_tui.command_tables.command import LETTERS, MANY, Command
from analyst_tui.commands import bindings
from analyst_tui.screens.base import Across, DeskScreen
from analyst_tui.screens.form import Asking, FormScreen, Question
from analyst_tui.screens.many import letter_words
from analyst_tui.screens.many.fields import FieldsScreen
from analyst_tui.screens.many.keeping import ManyKeeper
from analyst_tui.widgets.editor import Editor
from analyst_tui.widgets.keeper import Words
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Pane
from core.people import policy
from core.people.views import Staff
from core.tickets.answers import gate
from core.tickets.lists.views import TicketRow
from core.tickets.many import batches, letters, surges
from core.tickets.many.actions import ACTIONS
from core.tickets.many.views import Letter, Planned, Surge

_SAVED_EVERY = 2.0
_WIDE = 100
Read = tuple[Surge, tuple[Letter, ...]]


class LettersScreen(DeskScreen):
    """Writes an answer to many and goes through its letters; for a reviewer, the letters alone."""

    PLACES = (LETTERS, MANY)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(LETTERS, MANY)]
    DEFAULT_CSS = """
    LettersScreen #folios { width: 46; }
    LettersScreen Editor { height: 40%; min-height: 5; }
    """

    def __init__(
        self,
        surge: Surge,
        found: tuple[Letter, ...],
        keeper: ManyKeeper,
        writing: bool,
        keep_marked: Callable[[Iterable[TicketRow]], object],
    ) -> None:
        super().__init__()
        self.surge, self.letters, self._keep_marked = surge, found, keep_marked
        self.cursor = 0
        self.folios, self.letter = Pane(id="folios"), Pane(id="letter", widest=100)
        self.title_line = Line(id="title")
        self.keeper, self._where = keeper, ""
        self.editor = Editor(keeper.words.body)
        self._writes_first, self._confirmed = writing, False
        self._verdict: dict[str, str] = {}
        self._reason: dict[str, str] = {}

    def body(self) -> ComposeResult:
        with Across():
            yield self.folios
            yield self.letter
        yield self.title_line
        yield self.editor

    def on_mount(self) -> None:
        self.editor.display = self.title_line.display = self.mine
        self.editor.read_only = not self.surge.can_be_written
        self.keeper.told = self._tell_where
        self._paint()
        self.set_interval(_SAVED_EVERY, self.save)
        if self._writes_first and self.mine:
            self.editor.focus()

    @property
    def mine(self) -> bool:
        """Whether one wrote it oneself."""
        return self.surge.author_id == self.actor.id

    @property
    def place(self) -> str:
        return MANY if self.editor.has_focus else LETTERS

    @property
    def current(self) -> Letter | None:
        """The letter that is looked at."""
        return self.letters[self.cursor] if self.letters else None

    # painting

    def paint_top(self) -> None:
        going = sum(not letter.why_not for letter in self.letters)
        whose = "Tu respuesta" if self.mine else f"Respuesta de {self.surge.author}"
        self.top.show((Part(f" {whose} a {going} de {len(self.letters)} tickets", theme.strong),), self.desk.corner())

    def _paint(self) -> None:
        self.folios.display = self.size.width >= _WIDE
        self.folios.show(letter_words.listed(self.letters, self.cursor), keep_place=True)
        self.folios.scroll_to(y=max(self.cursor - self.folios.size.height // 2, 0), animate=False)
        self.letter.show(letter_words.told(self.current) if self.current else (Text("No queda ningún ticket.", theme.quiet),))
        self._paint_title()
        place = f"Carta {self.cursor + 1} de {len(self.letters)}. " if self.letters else ""
        self.show_status((Part(f" {place}{letter_words.standing(self.surge)}", theme.quiet),))
        self.paint_top()
        self.paint_hints()

    def _paint_title(self) -> None:
        """What can be written, and once something is, where it is kept."""
        foreign = next((naming.language(each.language) for each in self.letters if each.language != "es"), "")
        marks = f"; «== {foreign}» en una línea empieza esa parte" if foreign else ""
        told = self._where or f"{{nombre}} {{folio}} {{tramite}}… se llenan solos{marks}"
        self.title_line.show((Part(" Respuesta a muchos", theme.mark), Part(f"   {told}", theme.quiet)))

    def on_resize(self) -> None:  # type: ignore[override]
        self._paint()

    # writing

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the words if they changed; `then` is called when they are kept."""
        self.collect()
        self.keeper.save(then)

    def collect(self) -> None:
        if self.mine and self.surge.can_be_written:
            self.keeper.know(Words(self.editor.text))

    def _tell_where(self, sentence: str) -> None:
        self._where = sentence
        if self.is_running:
            self._paint_title()

    def on_text_area_changed(self) -> None:
        self.desk.typed()

    def safe_to_leave(self) -> bool:
        self.collect()
        return self.keeper.is_safe

    def save_all(self, then: Callable[[], object]) -> None:
        self.save(then)

    def forget(self) -> None:
        self.keeper.let_go()

    def _read_again(self) -> None:
        surge_id = self.surge.id

        def read(me: Staff) -> Read:
            return surges.readable(me, surge_id), letters.letters_of(me, surge_id)

        ask(self, "letters", read, self._show)

    def _show(self, told: Read) -> None:
        self.surge, self.letters = told
        self.cursor = max(min(self.cursor, len(self.letters) - 1), 0)
        self.editor.read_only = not self.surge.can_be_written
        self._paint()

    # what can be done

    def why_not(self, command_id: str) -> str:
        if is_busy(self, "surge"):
            return "Espera un momento."
        if command_id in ("approve", "reject"):
            if self.mine:
                return "La revisa otra persona que quien la escribió."
            if not policy.allowed(self.actor, "review_surge"):
                return "Tu cuenta no permite hacer esto: es de supervisión."
        if command_id in ("send", "edit", "take_out", "drop") and not self.mine:
            return "Solo lo hace quien la escribió."
        if command_id == "send" and self.place == LETTERS and self.surge.state == "pedido":
            return "Espera que otra persona la revise."
        if command_id == "take_out" and self.current is None:
            return "No queda ningún ticket."
        if command_id == "drop" and not self.surge.can_be_written:
            return f"Antes vuelve a escribirla con {self.key_of('edit')}."
        return super().why_not(command_id)

    def offered(self) -> tuple[Command, ...]:
        others = ("approve", "reject") if self.mine else ("send", "edit", "take_out", "drop")
        return tuple(each for each in super().offered() if each.id not in others)

    def do_down(self) -> None:
        self._move(1)

    def do_up(self) -> None:
        self._move(-1)

    def _move(self, by: int) -> None:
        self.cursor = max(min(self.cursor + by, len(self.letters) - 1), 0)
        self._confirmed = False
        self._paint()

    def do_page_down(self) -> None:
        self.letter.scroll_page_down(animate=False)

    def do_page_up(self) -> None:
        self.letter.scroll_page_up(animate=False)

    def do_edit(self) -> None:
        if self.surge.can_be_written:
            self.editor.focus()
            return
        surge_id = self.surge.id
        change(self, "surge", lambda me: surges.take_back(me, surge_id), lambda _: self._written_again())

    def _written_again(self) -> None:
        self._read_again()
        self.editor.read_only = False
        self.editor.focus()

    def do_take_out(self) -> None:
        letter, surge_id = self.current, self.surge.id
        if letter is not None:
            change(self, "surge", lambda me: surges.take_out(me, surge_id, letter.row.id), lambda _: self._read_again())

    def do_drop(self) -> None:
        if not self._confirmed:
            self._confirmed = True
            self.say(f"{self.key_of('drop')} otra vez para borrar el texto.", alarm=True)
            return
        surge_id, keeper = self.surge.id, self.keeper
        change(self, "surge", lambda me: keeper.send(me, lambda: surges.drop(me, surge_id)), lambda _: self.dismiss())

    def do_send(self) -> None:
        if self.place == MANY:
            self.set_focus(None)
            self.save(self._read_again)
            return
        going = [letter for letter in self.letters if not letter.why_not]
        if any(letter.warning for letter in going) and not self._reason.get("motivo"):
            self._ask_reason()
            return
        surge_id, state, reason = self.surge.id, self.surge.state, self._reason.get("motivo", "")
        seen = {letter.row.id: letter.version for letter in going}
        fields = {"surge": str(surge_id), "motivo": reason}

        def send(me: Staff) -> tuple[Surge, tuple[Planned, ...]]:
            surge = surges.readable(me, surge_id) if state == "aprobado" else surges.submit(me, surge_id, seen)
            if surge.state != "aprobado":
                return surge, ()
            return surge, batches.preview(me, "responder", sorted(surges.tickets_of(surge_id)), fields)

        change(self, "surge", send, lambda told: self._submitted(told, fields))

    def _ask_reason(self) -> None:
        """Something stands out in a letter: it goes all the same when somebody says why."""
        question = Question("motivo", "Por qué se envía así", longest=gate.LONGEST_REASON)
        asking = Asking("Algo llama la atención en estas cartas", [question], lambda me, typed: None, "", keep=True)
        self.app.push_screen(FormScreen(asking, self._reason))

    def _submitted(self, told: tuple[Surge, tuple[Planned, ...]], fields: dict[str, str]) -> None:
        surge, planned = told
        self.dismiss()
        if surge.state == "pedido":
            words = f"Son más de {surges.UNREVIEWED}: otra persona la revisa antes de que salga."
            self.desk.call_later(self.desk.say, words)
            return
        from analyst_tui.screens.many.plan import PlanScreen

        plan = PlanScreen(ACTIONS["responder"], planned, fields, self._keep_marked)
        self.desk.call_later(self.desk.push_screen, plan)

    def do_approve(self) -> None:
        surge = self.surge
        change(self, "surge", lambda me: surges.review(me, surge.id, True, "", surge.text), lambda _: self._reviewed("Aprobada"))

    def do_reject(self) -> None:
        surge = self.surge

        def send(me: Staff, typed: dict[str, str]) -> None:
            surges.review(me, surge.id, False, typed["texto"], surge.text)

        question = Question("texto", "Qué hay que cambiar", longest=surges.LONGEST_VERDICT)
        asking = Asking("Devolver la respuesta", [question], send, "")
        self.app.push_screen(FieldsScreen(asking, self._verdict, lambda: self._reviewed("Devuelta")))

    def _reviewed(self, word: str) -> None:
        self.dismiss()
        self.desk.call_later(self.desk.say, f"{word}: {self.surge.author} ya lo ve.")

    def do_back(self) -> None:
        if self.place == MANY:
            self.set_focus(None)
            self.save(self._read_again)
        else:
            self.save(self.dismiss)
