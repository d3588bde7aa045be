"""A few lines to fill in and send: a sentence beside each that has to be mended."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widgets import Input, TextArea

from analyst_tui import theme
from analyst_tui.background import change, is_busy
from analyst_tui.command_tables.command import FORM
from analyst_tui.commands import bindings
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.editor import Editor
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from core.errors import Invalid, Problem
from core.people.views import Staff

_SEND = "send"


class Question(NamedTuple):
    """A line to fill in: its name, what is asked, an example, how long the answer can be, and what counts its letters."""

    name: str
    words: str
    example: str = ""
    longest: int = 200
    counted: bool = False
    lines: int = 1
    """How high the place for the answer is; more than one line takes paragraphs."""


class Block(Editor):
    """A place for several paragraphs."""

    DEFAULT_CSS = "FormScreen Block { margin-bottom: 1; }"

    def __init__(self, text: str, lines: int, name: str) -> None:
        super().__init__(text)
        self.id = name
        self.styles.height = lines

    @property
    def value(self) -> str:
        """What stands in it."""
        return self.text


class Asking(NamedTuple):
    """What a form is about: its heading, its questions, and what happens to the answers."""

    heading: str
    questions: Sequence[Question]
    send: Callable[[Staff, dict[str, str]], object]
    sent: str
    """The sentence for afterwards."""
    doubt: Callable[[dict[str, str]], str] = lambda answers: ""
    """What to think over before it is sent all the same; empty when there is nothing."""
    keep: bool = False
    """Whether the answers are proposed again the next time."""


class FormScreen(DeskScreen):
    """Asks; what was typed stays in `typed`, which is the caller's, when the form is left."""

    PLACES = (FORM,)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM)]
    DEFAULT_CSS = """
    FormScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    FormScreen Field { width: 1fr; margin-bottom: 1; }
    """

    def __init__(self, asking: Asking, typed: dict[str, str]) -> None:
        super().__init__()
        self.asking, self.typed = asking, typed
        self.labels = {question.name: Line() for question in asking.questions}
        self.fields: dict[str, Field | Block] = {question.name: self._field(question) for question in asking.questions}
        self._wrong: dict[str, str] = {}
        self._doubted = ""

    def _field(self, question: Question) -> Field | Block:
        if question.lines > 1:
            return Block(self.typed.get(question.name, ""), question.lines, question.name)
        field = Field(question.example, longest=question.longest, id=question.name)
        field.value = self.typed.get(question.name, "")
        return field

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False):
            for name, field in self.fields.items():
                yield self.labels[name]
                yield field

    def on_mount(self) -> None:
        self._paint()
        next(iter(self.fields.values())).focus()

    def paint_top(self) -> None:
        self.top.show((Part(f" {self.asking.heading}", theme.strong),), self.desk.corner())

    def _paint(self) -> None:
        for question in self.asking.questions:
            length = f"  {len(self.fields[question.name].value)}/{question.longest}" if question.counted else ""
            wrong = self._wrong.get(question.name, "")
            parts = [
                Part(question.words, theme.ink),
                Part(length, theme.quiet),
                Part(f"  ! {wrong}" if wrong else "", theme.late),
            ]
            self.labels[question.name].show(parts)

    def on_input_changed(self, event: Input.Changed) -> None:
        self.typed[str(event.input.id)] = event.value
        self.desk.typed()
        self._paint()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        self.typed[str(event.text_area.id)] = event.text_area.text
        self.desk.typed()
        self._paint()

    def on_input_submitted(self) -> None:
        """To the next line; a single one is sent."""
        if len(self.fields) == 1:
            self.action_perform("send")
        else:
            self.focus_next()

    def why_not(self, command_id: str) -> str:
        if command_id == "send" and is_busy(self, _SEND):
            return "Ya se está enviando."
        return super().why_not(command_id)

    def do_send(self) -> None:
        answers = {name: field.value for name, field in self.fields.items()}
        doubt = self.asking.doubt(answers)
        if doubt and doubt != self._doubted:
            self._doubted = doubt
            self.say(f"{doubt} {self.key_of('send')} otra vez para enviar igual.", alarm=True)
            return
        change(self, _SEND, lambda me: self.asking.send(me, answers), lambda _: self._sent(), self._refused)

    def _sent(self) -> None:
        if not self.asking.keep:
            self.typed.clear()
        self.dismiss()
        self.desk.call_later(self.desk.say, self.asking.sent)

    def _refused(self, problem: Problem) -> None:
        self._wrong = problem.fields if isinstance(problem, Invalid) else {}
        self._paint()
        self.say(problem.message, alarm=True)
        first = next((name for name in self.fields if name in self._wrong), "")
        if first:
            self.fields[first].focus()

    def do_back(self) -> None:
        self.dismiss()
