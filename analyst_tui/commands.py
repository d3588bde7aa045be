"""All that can be done at the desk, from the tables of its parts: keys, footer, palette, help page and keymap read it here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from textual.binding import Binding

from analyst_tui.command_tables import (
    access,
    anywhere,
    asides,
    banners,
    canned,
    drafts,
    figures,
    files,
    holding,
    hours,
    many,
    queue,
    ticket,
)
from analyst_tui.command_tables.command import ANYWHERE, DIGITS, PLACES, Command
from core.errors import Invalid

_TABLES = (queue, ticket, holding, canned, drafts, many, figures, banners, hours, files, asides, access, anywhere)
COMMANDS: tuple[Command, ...] = tuple(command for table in _TABLES for command in table.COMMANDS)

_TYPED = ("slash", "question_mark", "space")
_KEY_WORDS = {
    "slash": "/",
    "question_mark": "?",
    "space": "espacio",
    "escape": "esc",
    "pagedown": "av pág",
    "pageup": "re pág",
    "home": "inicio",
    "end": "fin",
    "down": "↓",
    "up": "↑",
    "tab": "tab",
    "left": "←",
    "right": "→",
    "enter": "enter",
}


def commands_of(*places: str) -> tuple[Command, ...]:
    """The commands of these places, in the table's order."""
    return tuple(command for command in COMMANDS if command.where in places)


def is_typed(keys: str) -> bool:
    """Whether these keys are letters or signs, which a place for writing takes as text."""
    return all(len(key) == 1 or key in _TYPED for key in keys.split(","))


def command(command_id: str, *places: str) -> Command:
    """The command of that name in the first of these places that has one; raises `LookupError`."""
    for place in places:
        for each in commands_of(place):
            if each.id == command_id:
                return each
    raise LookupError(command_id)


def keymap_id(command: Command) -> str:
    """The name under which a keymap file changes a command's key."""
    return f"{command.where.replace(' ', '-')}.{command.id}"


def bindings(*places: str) -> list[Binding]:
    """The keys of these places, as a screen's BINDINGS; a digit is handed to its command."""
    offered = commands_of(*places)
    plain = [Binding(c.keys, f"perform('{c.id}')", c.words, id=keymap_id(c)) for c in offered if c.keys != DIGITS]
    digits = [(c, digit) for c in offered if c.keys == DIGITS for digit in DIGITS.split(",")]
    return plain + [Binding(digit, f"perform('{c.id}', {digit})", c.words) for c, digit in digits]


def key_words(keys: str) -> str:
    """The first of a command's keys as people call it."""
    first = keys.split(",")[0].strip()
    return _KEY_WORDS.get(first, first)


def all_key_words(keys: str) -> str:
    """All of a command's keys as people call them."""
    if keys == DIGITS:
        return "1-9"
    return " ".join(key_words(one) for one in keys.split(","))


def check_keymap(wanted: Mapping[str, object]) -> dict[str, str]:
    """A keymap (name → keys) fit to be used; raises `Invalid` for unknown names and keys taken twice."""
    known = {keymap_id(c): c for c in COMMANDS if c.keys != DIGITS}
    refused = {name: f"«{name}» no es un comando; valen: {', '.join(sorted(known))}." for name in wanted if name not in known}
    refused |= {name: f"«{name}» necesita una tecla entre comillas." for name, key in wanted.items() if not _is_key(key)}
    if refused:
        raise Invalid(refused)
    keymap = {name: str(key) for name, key in wanted.items()}
    if clashes := _clashes(known.values(), keymap):
        raise Invalid(clashes)
    return keymap


def _is_key(key: object) -> bool:
    return isinstance(key, str) and bool(key.strip(", "))


def _clashes(commands: Iterable[Command], keymap: Mapping[str, str]) -> dict[str, str]:
    taken: dict[tuple[str, str], str] = {}
    clashes = {}
    for c in commands:
        name = keymap_id(c)
        for key in keymap.get(name, c.keys).split(","):
            places = PLACES if c.where == ANYWHERE else (c.where,)
            for place in places:
                other = taken.setdefault((place, key.strip()), name)
                if other != name:
                    clashes[name] = f"La tecla «{key.strip()}» ya es de «{other}»: elige otra para «{name}»."
    return clashes
