"""A canned answer as fields that somebody fills in: what each must be, and the sentence that tells how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

from core import dates
from core.canned import wording
from core.canned.views import SPANISH, Page
from core.errors import Invalid
from core.language import LANGUAGES
from core.text import clean_block, clean_line, is_blank
from core.tramites.catalogue import catalogue

FIELDS = ("titulo", "sirve", "responsable", "base", "vigente", *LANGUAGES)
LONGEST_LINE = 120
LONGEST_TEXT = 5_000


def page_of(fields: Mapping[str, str], unreviewed: frozenset[str] = frozenset()) -> Page:
    """What the fields say; raises `Invalid` with a sentence for each that cannot be accepted."""
    lines = {name: clean_line(fields.get(name, "")) for name in ("titulo", "sirve", "responsable", "base", "vigente")}
    texts = {code: clean_block(fields.get(code, "")) for code in LANGUAGES}
    wrong = _wrong_lines(lines) | _wrong_texts(texts)
    until = dates.typed(lines["vigente"])
    if until is None:
        wrong["vigente"] = "Escribe hasta qué día vale, como 30-06-2027."
    if wrong or until is None:
        raise Invalid(wrong)
    return Page(
        title=lines["titulo"],
        subjects=subjects(lines["sirve"]),
        owner=lines["responsable"],
        law=lines["base"],
        expires_on=until,
        texts=texts,
        unreviewed=frozenset(code for code in unreviewed if texts.get(code)),
    )


def fields_of(page: Page) -> dict[str, str]:
    """A page as the fields that would make it."""
    return {
        "titulo": page.title,
        "sirve": ", ".join(page.subjects),
        "responsable": page.owner,
        "base": page.law,
        "vigente": f"{page.expires_on:%d-%m-%Y}",
        **page.texts,
    }


def subjects(line: str) -> tuple[str, ...]:
    """The codes of a line, parted by commas or blanks, each once."""
    return tuple(dict.fromkeys(line.replace(",", " ").lower().split()))


def _wrong_lines(lines: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    for name, words in (
        ("titulo", "un título"),
        ("responsable", "quién responde por el texto"),
        ("base", "la ley y su artículo"),
    ):
        if is_blank(lines[name]):
            wrong[name] = f"Escribe {words}."
        elif len(lines[name]) > LONGEST_LINE:
            wrong[name] = f"Acórtalo: caben {LONGEST_LINE} letras."
    unknown = sorted(set(subjects(lines["sirve"])) - _known_codes())
    if unknown:
        wrong["sirve"] = f"No existe {', '.join(unknown)}: usa códigos de materias o categorías del catálogo."
    return wrong


def _wrong_texts(texts: Mapping[str, str]) -> dict[str, str]:
    wrong = {}
    if is_blank(texts[SPANISH]):
        wrong[SPANISH] = "Escribe el texto en español."
    for code, text in texts.items():
        words = wording.complaint(text)
        if len(text) > LONGEST_TEXT:
            words = f"El texto tiene {len(text)} caracteres y caben {LONGEST_TEXT}."
        if words:
            wrong[code] = f"{LANGUAGES[code]}: {words}"
    return wrong


def _known_codes() -> set[str]:
    materias = catalogue().materias
    return {materia.id for materia in materias} | {each.id for materia in materias for each in materia.categorias}
