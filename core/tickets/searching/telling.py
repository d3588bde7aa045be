"""How a line was understood, and what it found, in the desk's words."""

from __future__ import annotations

from core.tickets.searching.asking import Question
from core.tickets.searching.line import Line
from core.tickets.searching.views import Found

_MOST_COUNTED = 99


def understood(line: Line, asked: Question, found: Found, by: str) -> str:
    """«palabras pasaporte → 3 tickets · 2 personas»; why there is nothing where there is nothing."""
    if not line.typed:
        return ""
    if found.instead:
        return f"{found.instead} → {_counted(found)}"
    if asked.wrong:
        return asked.wrong
    return f"{_meant(by, line, asked)} → {_counted(found)}" if found.ids else f"nada con «{line.typed}»"


def besides(count: int, more: bool) -> str:
    """How many closed tickets there are beside the open ones; nothing when there is none."""
    if count > _MOST_COUNTED:
        return "más de 99 cerrados"
    if not count:
        return ""
    return f"{'al menos ' if more else ''}{count} {'cerrado' if count == 1 else 'cerrados'} más"


def _meant(by: str, line: Line, asked: Question) -> str:
    if not asked.said:
        return f"{by or 'palabras'} {line.rest if line.keys else line.typed}"
    return " · ".join([*asked.said, *([f"{by or 'palabras'} {line.rest}"] if line.rest else [])])


def _counted(found: Found) -> str:
    persons = f" · {_number(found.persons, 'persona')}" if found.persons else ""
    return f"{_number(len(found.ids), 'ticket')}{persons}"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}".replace(",", ".")
