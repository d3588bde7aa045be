"""The words of letters: one text file for each kind and language, filled in with values.

The first line is the subject; a second one may say what is written on the button that leads to the letter's link.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from core.text import clean_line

_FOLDER = Path(__file__).parent.parent.parent / "data" / "letters"
_SUBJECT = "Asunto:"
_BUTTON = "Botón:"


def compose(kind: str, language: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body of a letter; a value that the text asks for and nobody gives raises KeyError."""
    subject, _label, body = _template(kind, language)
    return clean_line(subject.substitute(values)), body.substitute(values).strip() + "\n"


def button(kind: str, language: str) -> str:
    """What is written on the button that leads to the letter's link; empty when a plain link will do."""
    return _template(kind, language)[1]


@cache
def _template(kind: str, language: str) -> tuple[Template, str, Template]:
    path = _FOLDER / language / f"{kind}.txt"
    if not path.exists():
        path = _FOLDER / "es" / f"{kind}.txt"
    first, _, body = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"{path.name}: the first line must be «{_SUBJECT} …»")
    label, _, rest = body.partition("\n") if body.startswith(_BUTTON) else ("", "", body)
    return Template(first.removeprefix(_SUBJECT).strip()), label.removeprefix(_BUTTON).strip(), Template(rest)
