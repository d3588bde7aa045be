"""The question before what is not one's own work is opened: what for, by one key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widgets import Input

from analyst_tui import theme
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from core.text import is_blank
from core.tickets import looks
from core.tickets.looks import Reason

_CODES = tuple(looks.REASONS)
_HEADING, _KEPT = "¿Para qué lo abres?", "No es parte de tu trabajo: queda en la auditoría (Ley 21.459)."


class Reasons(Line):
    """The usual reasons, a line each; a screen reader begins with the first."""

    def reading_place(self) -> Offset | None:
        return None if self.screen.focused is not None else self.region.offset


class ReasonScreen(ModalScreen[Reason | None]):
    """Answers with the reason, or with nothing when it stays closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(place), f"choose({place})", show=False) for place in range(1, len(_CODES) + 1)),
        Binding("escape", "close", show=False),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    ReasonScreen { align: center middle; background: $background 60%; }
    ReasonScreen Vertical { width: 66; max-width: 100%; height: auto; padding: 1 2; background: $panel; }
    ReasonScreen #reasons { height: 5; margin: 1 0; }
    ReasonScreen Field { background: $boost; margin-bottom: 1; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._heading, self._reasons, self._keys = Line(), Reasons(id="reasons"), Line()
        self._words = Field("escríbelo en pocas palabras", longest=looks.LONGEST, id="words")

    def compose(self) -> ComposeResult:
        with Vertical():
            yield self._heading
            yield self._reasons
            yield self._words
            yield self._keys

    def on_mount(self) -> None:
        self._heading.show((Part(_HEADING, theme.strong),))
        rows = enumerate(looks.REASONS.values(), start=1)
        self._reasons.show_rows([((Part(f"{n} ", theme.key, str(n)), Part(words, theme.ink, str(n))), ()) for n, words in rows])
        self._keys.show((Part(_KEPT, theme.quiet),))

    def action_choose(self, place: int) -> None:
        """Close with one of the usual reasons; the last one is to be written."""
        code = _CODES[place - 1]
        if code != looks.OTHER:
            self.dismiss(Reason(code))
            return
        self._words.display = True
        self._words.focus()
        keys = (Part("enter", theme.key), Part(" abrir   ", theme.quiet), Part("esc", theme.key), Part(" no abrir", theme.quiet))
        self._keys.show(keys)

    def on_line_chosen(self, event: Line.Chosen) -> None:
        self.action_choose(int(event.command))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if not is_blank(event.value):
            self.dismiss(Reason(looks.OTHER, event.value))

    def action_close(self) -> None:
        """Leave it closed."""
        self.dismiss(None)
