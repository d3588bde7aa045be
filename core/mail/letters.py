"""The words of letters: one text file for each kind and language, filled in with values."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

from core.text import clean_line

_FOLDER = Path(__file__).parent.parent.parent / "data" / "letters"
_SUBJECT = "Asunto:"


def compose(kind: str, language: str, values: dict[str, str]) -> tuple[str, str]:
    """Subject and body of a letter; a value that the text asks for and nobody gives raises KeyError."""
    subject, body = _template(kind, language)
    return clean_line(subject.substitute(values)), body.substitute(values).strip() + "\n"


@cache
def _template(kind: str, language: str) -> tuple[Template, Template]:
    path = _FOLDER / language / f"{kind}.txt"
    if not path.exists():
        path = _FOLDER / "es" / f"{kind}.txt"
    first, _, body = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith(_SUBJECT):
        raise ValueError(f"{path.name}: the first line must be «{_SUBJECT} …»")
    return Template(first.removeprefix(_SUBJECT).strip()), Template(body)
