"""A form that leads on to another screen."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui.screens.form import Asking, FormScreen


class FieldsScreen(FormScreen):
    """Asks something and goes; `then` is called after the screen is gone."""

    def __init__(self, asking: Asking, typed: dict[str, str], then: Callable[[], object]) -> None:
        super().__init__(asking, typed)
        self._then = then

    def _sent(self) -> None:
        self.dismiss()
        self.desk.call_later(self._then)
