"""The gate: what was found in a text that was about to be sent, and the reason for sending it all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen

from analyst_tui import spoken, theme
from analyst_tui.shown import shown
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Block, Pane
from core.text import is_blank
from core.tickets.views import Finding

_LONGEST = 500
_AROUND = 10
"""Lines that the rest of it and the edges take."""


class GateScreen(ModalScreen[str]):
    """Answers with the reason for sending it as it is; empty when it is to be mended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "mend", show=False),
        Binding("ctrl+s", "overrule", show=False),
        Binding("pagedown", "scroll(5)", show=False),
        Binding("pageup", "scroll(-5)", show=False),
    ]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    GateScreen { align: center middle; background: $background 60%; }
    GateScreen Vertical { width: 88; max-width: 100%; height: auto; max-height: 90%; padding: 1 2; background: $panel; }
    GateScreen Pane { height: 8; }
    GateScreen Field { background: $boost; margin: 1 0; }
    """

    def __init__(self, findings: Sequence[Finding], text: str) -> None:
        super().__init__()
        self._findings, self._text = findings, text
        self._is_hard = any(each.hard for each in findings)
        self._reason = None if self._is_hard else Field("por qué se envía así igual", longest=_LONGEST)
        self._hints = Line()

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Pane(id="findings")
            if self._reason is not None:
                yield self._reason
            yield self._hints

    def on_mount(self) -> None:
        self.query_one(Pane).show(told(self._findings, self._text))
        keys = [Part("esc", theme.key), Part(" corregir", theme.quiet)]
        if self._reason is not None:
            keys += [Part("   ctrl+s", theme.key), Part(" enviar igual; el motivo queda como nota interna", theme.quiet)]
        self._hints.show(keys)
        self.call_after_refresh(self._fit)

    def _fit(self) -> None:
        """As high as the findings, or as the terminal allows."""
        pane = self.query_one(Pane)
        pane.styles.height = max(min(pane.height_of_text, self.app.size.height - _AROUND), 4)

    def on_input_submitted(self) -> None:
        self.action_overrule()

    def action_overrule(self) -> None:
        """Send it all the same, once there is a reason."""
        if self._reason is None:
            return
        if is_blank(self._reason.value):
            self._hints.show([Part("Escribe por qué se envía así, o esc para corregir.", theme.late)])
        else:
            self.dismiss(self._reason.value)

    def action_mend(self) -> None:
        """Go back to the text."""
        self.dismiss("")

    def action_scroll(self, lines: int) -> None:
        """Scroll the findings by so many lines."""
        self.query_one(Pane).scroll_relative(y=lines, animate=False)


def told(findings: Sequence[Finding], text: str) -> Iterator[Block]:
    """The findings, each with its line in the text."""
    count = spoken.counted(len(findings), "cosa que mirar", "cosas que mirar")
    yield Block(Text(f"Antes de enviar: {count}", theme.strong, end=""))
    yield Block(Text(""))
    for each in findings:
        line = "" if each.start == each.end else f"línea {text.count(chr(10), 0, each.start) + 1}: "
        place = shown(each.sentence, theme.late if each.hard else theme.ink)
        yield Block(Text(line, theme.quiet, end="").append_text(place), "! " if each.hard else "· ", theme.late, "  ")
    if any(each.hard for each in findings):
        yield Block(Text(""))
        yield Block(Text("Así no se puede enviar, con ningún motivo.", theme.late, end=""))
