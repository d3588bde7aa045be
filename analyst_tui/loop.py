"""The loop that analysts go round all day, in the keys that this desk has."""

from __future__ import annotations

from collections.abc import Callable

from analyst_tui.command_tables.command import QUEUE, TICKET, WRITING, Command
from analyst_tui.commands import command, key_words

STEPS = (
    ("take", QUEUE, "toma el ticket que más apura y lo abre"),
    ("answer", TICKET, "empieza la respuesta"),
    ("canned", WRITING, "busca una respuesta tipo"),
    ("send", WRITING, "la envía, y el siguiente aparece solo"),
    ("undo", TICKET, "la trae de vuelta durante 20 segundos"),
)


def told(keys_of: Callable[[Command], str]) -> tuple[tuple[str, str], ...]:
    """Each step's key, as somebody may have changed it, and what it does."""
    return tuple((key_words(keys_of(command(name, place))), words) for name, place, words in STEPS)
