"""An answer to many in more than one language: a line `== creole` begins the part for those who wrote in it."""

from __future__ import annotations

import re

from core.text import fold

_BEGINS = re.compile(r"^==[ \t]*(.*?)[ \t=]*$", re.MULTILINE)
_NAMES = {
    **dict.fromkeys(("espanol", "castellano", "es"), "es"),
    **dict.fromkeys(("ingles", "english", "en"), "en"),
    **dict.fromkeys(("creole", "kreyol", "ht"), "ht"),
    **dict.fromkeys(("portugues", "pt"), "pt"),
}


def parts(text: str) -> dict[str, str]:
    """The parts of a text by their language; what stands before the first mark, for everybody else, by an empty one."""
    before, *rest = _BEGINS.split(text)
    named = {_NAMES.get(fold(name), ""): body.strip() for name, body in zip(rest[::2], rest[1::2], strict=True)}
    return {"": before.strip(), **{language: body for language, body in named.items() if language}}


def part(text: str, language: str) -> tuple[str, str]:
    """What whoever wrote in a language reads, and its language: their part, or else what is for everybody else."""
    if not _BEGINS.search(text):
        return text, "es"
    found = parts(text)
    return (found[language], language) if found.get(language) else (found[""] or found.get("es", ""), "es")


def speaks(text: str, language: str) -> bool:
    """Whether a text that has parts has one in this language; true for one that has none."""
    found = parts(text)
    return set(found) == {""} or bool(found.get(language)) or (language == "es" and bool(found[""]))


def complaint(text: str) -> str:
    """What is wrong with the marks of a text; empty when all is well."""
    strange = next((name for name in _BEGINS.findall(text) if fold(name) not in _NAMES), None)
    return "" if strange is None else f"«== {strange}» no empieza ningún idioma: vale español, inglés, creole o portugués"
