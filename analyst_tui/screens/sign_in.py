"""Signing in at the terminal: name, password, and whose house this is."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Center, Vertical
from textual.widgets import Input

from analyst_tui import feed, theme
from analyst_tui.background import run
from analyst_tui.feed import Listing
from analyst_tui.screens.base import DeskScreen
from analyst_tui.widgets.field import Field
from analyst_tui.widgets.line import Line, Part
from analyst_tui.widgets.pane import Pane
from core.errors import Problem
from core.people import staff
from core.people.views import Staff

_BANNER = (
    "Uso exclusivo del personal autorizado. Lo que se mira y se hace aquí queda registrado. "
    "El acceso sin autorización es un delito (Ley 21.459)."
)


class SignInScreen(DeskScreen):
    """The first screen of whoever comes without a session."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,tab", "other_field", show=False),
        Binding("up,shift+tab", "other_field", show=False),
        Binding("ctrl+q,escape", "perform('quit')", show=False),
    ]
    DEFAULT_CSS = """
    SignInScreen { align: center middle; }
    SignInScreen #card { width: 60; max-width: 100%; height: auto; padding: 1 2; }
    SignInScreen Field { margin-bottom: 1; }
    SignInScreen Field:focus { background: $primary 25%; }
    SignInScreen #banner { height: 5; padding: 0; }
    SignInScreen #house { height: 2; }
    SignInScreen #top, SignInScreen #hints { dock: top; }
    SignInScreen #hints { dock: bottom; }
    """

    def __init__(self, sentence: str = "") -> None:
        super().__init__()
        self._sentence = sentence
        self.name_field = Field(id="name", longest=80)
        self.password_field = Field(id="password", longest=1024, password=True)
        self._labels = (Line(), Line(), Line(id="house"))
        self._banner = Pane(id="banner")

    def body(self) -> ComposeResult:
        with Center(), Vertical(id="card"):
            yield self._labels[2]
            yield self._labels[0]
            yield self.name_field
            yield self._labels[1]
            yield self.password_field
            yield self._banner

    def on_mount(self) -> None:
        self._labels[2].show((Part("Ayuda Migraciones", theme.strong), Part("  terminal de analistas", theme.quiet)))
        self._labels[0].show((Part("Nombre", theme.quiet),))
        self._labels[1].show((Part("Contraseña", theme.quiet),))
        self._banner.show((Text(_BANNER, theme.quiet),))
        self.name_field.focus()
        if self._sentence:
            self.say(self._sentence)

    def paint_hints(self) -> None:
        words = (("enter", "ingresar"), ("tab", "otro campo"), ("esc", "salir"))
        self.hints.show([Part(" "), *(p for k, w in words for p in (Part(k, theme.key), Part(f" {w}   ", theme.quiet)))])

    def action_other_field(self) -> None:
        """Go to the other field."""
        (self.name_field if self.password_field.has_focus else self.password_field).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input is self.name_field and not self.password_field.value:
            self.password_field.focus()
            return
        name, password = self.name_field.value, self.password_field.value
        run(self, "sign in", _signing(name, password), self._signed_in, self._refused)

    def _signed_in(self, answer: tuple[Staff, Listing]) -> None:
        self.app.call_later(self.desk.sit_down, *answer)

    def _refused(self, problem: Problem) -> None:
        self.password_field.value = ""
        self.password_field.focus()
        self.say(problem.message, alarm=True)


def _signing(name: str, password: str) -> Callable[[], tuple[Staff, Listing]]:
    def sign() -> tuple[Staff, Listing]:
        token, _ = staff.sign_in_staff(name, password)
        return feed.signed_in(token)

    return sign
