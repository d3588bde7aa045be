"""What an answer should not leave with: words that are somebody else's, gaps that nobody filled, no way on.

Everything here is read off the text and what is known of its ticket; nothing asks the database. An identifier that the
person wrote in this ticket is no secret from them, whoever it belongs to. A next step is looked for by words of four
languages (`siguientes` in data/gate.json): a link, a date, something to do, or the word that nothing is left to do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.canned.wording import HOLE, VARIABLE
from core.identifiers import parse_folio, run_check_digit
from core.text import fold
from core.tickets.plain import Plain, compact
from core.tickets.views import Finding

_DATA = Path(__file__).parents[3] / "data" / "gate.json"
LABELS = {
    "hueco": "algo sin llenar",
    "run": "el RUN de otra persona",
    "correo": "el correo de otra persona",
    "pasaporte": "un documento que no es de la persona",
    "tramite": "un trámite de otra persona",
    "folio": "un folio de otra persona",
    "interna": "palabras internas",
    "saludo": "el nombre de otra persona",
    "sin_paso": "no dice cómo seguir",
    "mismo_tramite": "otra persona en el mismo trámite",
    "caducada": "una respuesta tipo caducada",
}
"""What each code of a finding means, in few words."""
HARD = frozenset({"caducada"})
"""Findings that no reason overrules."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a ticket and of whoever reads the answer."""

    folios: frozenset[str] = frozenset()
    tramites: frozenset[str] = frozenset()
    runs: frozenset[int] = frozenset()
    emails: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    """The folded words of the names that a greeting may call."""
    told: str = ""
    """Everything that the person has written in this ticket."""
    expired: tuple[str, ...] = ()
    """Titles of expired canned answers that the text says."""
    others: str = ""
    """Other people's tickets about the same trámite that this text might contradict."""
    must_lead_on: bool = True
    """Whether it should name a next step."""


def look(text: str, facts: Facts) -> tuple[Finding, ...]:
    """What stands out in a text, in the order of the text; what concerns it whole comes first."""
    plain, told = Plain(text), compact(facts.told)
    found = [*_expired(facts), *_contradicts(facts), *_gaps(text), *_greeting(text, facts), *_internal(plain)]
    found += [each for look in (_runs, _emails, _papers, _tramites, _folios) for each in look(plain, facts, told)]
    if facts.must_lead_on and not _leads_on(plain.text):
        found.append(
            Finding("sin_paso", "No dice cómo seguir: agrega qué puede hacer la persona, o que no tiene que hacer nada.")
        )
    return tuple(sorted(_apart(found), key=lambda each: each.start))


def _expired(facts: Facts) -> Iterator[Finding]:
    for title in facts.expired:
        words = f"Usa la respuesta tipo «{title}», que caducó: escríbelo con información vigente."
        yield Finding("caducada", words, hard=True)


def _contradicts(facts: Facts) -> Iterator[Finding]:
    if facts.others:
        words = f"Otra persona pregunta por el mismo trámite ({facts.others}): mira que las respuestas no se contradigan."
        yield Finding("mismo_tramite", words)


_UNFILLED = re.compile(rf"{HOLE.pattern}|{VARIABLE.pattern}|\bX{{3,}}\b|_{{3,}}|\[\[|\]\]")


def _gaps(text: str) -> Iterator[Finding]:
    for gap in _UNFILLED.finditer(text):
        yield Finding("hueco", f"Queda sin llenar «{gap[0]}»: escribe lo que va ahí o bórralo.", *gap.span())


_NAME = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]+"
_GREETING = re.compile(
    r"^\s*(?i:hola|estimad[oa]|querid[oa]|buen[oa]s\s+(?:d[ií]as|tardes|noches)|dear|hello|hi|bonjou|alo|ol[aá]|prezad[oa]|"
    rf"bom\s+dia|boa\s+tarde|boa\s+noite)(?:\s+(?i:don|doña|señora?|sra?\.|mr\.|mrs\.|ms\.))?,?\s+(?P<name>{_NAME}(?:\s+{_NAME}){{0,4}})"
    r"\s*[,:.!\n]",
    re.MULTILINE,
)


def _greeting(text: str, facts: Facts) -> Iterator[Finding]:
    for found in _GREETING.finditer(text):
        called = set(fold(found["name"]).split())
        if facts.names and called - _NO_NAMES and not called & facts.names:
            words = f"Saluda a «{found['name']}» y la persona se llama de otro modo: corrige el nombre."
            yield Finding("saludo", words, *found.span("name"))


_NO_NAMES = frozenset({"gracias", "persona", "senora", "senor", "equipo", "todos", "todas", "recibimos", "revisamos", "thanks"})


def _internal(plain: Plain) -> Iterator[Finding]:
    for found in _words()[0].finditer(plain.text):
        said = plain.original(*found.span())
        yield Finding("interna", f"«{said}» es lenguaje interno: dilo de otra forma o bórralo.", *plain.place(*found.span()))


_RUN = re.compile(r"(?<![\w.-])(\d{1,2}(?:[. ]\d{3}){2}|\d{7,8})(\s?-\s?|\s?)([\dk])(?![\w-]|[.,]\d)")
_RUN_LABEL = re.compile(r"\b(?:run|rut|rol|cedula|ci)\b\W{0,4}(?:n|no|nro|numero|es|de identidad)?\W{0,4}\Z")


def _runs(plain: Plain, facts: Facts, told: str) -> Iterator[Finding]:
    for found in _RUN.finditer(plain.text):
        number = int(re.sub(r"\D", "", found[1]))
        named = "-" in found[2] or _RUN_LABEL.search(plain.text[max(0, found.start() - 30) : found.start()])
        if named and run_check_digit(number) == found[3].upper() and number not in facts.runs and str(number) not in told:
            words = f"«{plain.original(*found.span())}» es un RUN y no es el de esta persona: bórralo."
            yield Finding("run", words, *plain.place(*found.span()))


_EMAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


def _emails(plain: Plain, facts: Facts, told: str) -> Iterator[Finding]:
    for found in _EMAIL.finditer(plain.text):
        address = found[0]
        if address not in facts.emails and compact(address) not in told and not _is_official(address):
            words = f"«{plain.original(*found.span())}» no es el correo de esta persona ni de un organismo: bórralo."
            yield Finding("correo", words, *plain.place(*found.span()))


def _is_official(address: str) -> bool:
    domain = address.rpartition("@")[2]
    return any(domain == each or domain.endswith(f".{each}") for each in _words()[2])


_GAP = (
    r"(?:[\s:#°º.«»\"'()=-]|\b(?:n|no|nro|num|numero|id|es|de|del|el|la|con|tramite|solicitud|su|tu|se|is|your|number|nimewo|"
    r"e|o|a)\b){0,12}"
)
_PAPER = re.compile(rf"\b(?:pasaporte|passport|paspo|passaporte|dni){_GAP}\b([a-z]{{0,3}}-?\d{{5,12}}[a-z]?)\b")
_TRAMITE = re.compile(
    rf"\b(?:tramite|solicitud|id|demann|pedido|solicitacao|application|request){_GAP}(?<!\d)(\d(?:[ .-]?\d){{4,14}})(?!\d)"
)
_DATE = re.compile(r"\d{1,2}[ .-]\d{1,2}[ .-]\d{4}|\d{4}-\d{2}-\d{2}")


def _papers(plain: Plain, facts: Facts, told: str) -> Iterator[Finding]:
    for found in _PAPER.finditer(plain.text):
        if compact(found[1]) not in told:
            words = f"«{plain.original(*found.span(1))}» es un documento que la persona no escribió en este ticket: bórralo."
            yield Finding("pasaporte", words, *plain.place(*found.span(1)))


def _tramites(plain: Plain, facts: Facts, told: str) -> Iterator[Finding]:
    for found in _TRAMITE.finditer(plain.text):
        digits = re.sub(r"\D", "", found[1]).lstrip("0")
        if not _DATE.fullmatch(found[1]) and digits not in facts.tramites and digits not in told:
            words = f"«{plain.original(*found.span(1))}» no es un trámite de esta persona: revisa el número."
            yield Finding("tramite", words, *plain.place(*found.span(1)))


_FOLIO = re.compile(r"\ba\s?m[\s-]{0,3}20\d\d[\s-]{0,3}\d{6,9}(?:[\s-]{0,3}[\da-z]\b)?")


def _folios(plain: Plain, facts: Facts, told: str) -> Iterator[Finding]:
    for found in _FOLIO.finditer(plain.text):
        folio = parse_folio(found[0])
        if folio is not None and folio not in facts.folios and compact(folio) not in told:
            words = f"«{plain.original(*found.span())}» es el folio de otra persona: bórralo."
            yield Finding("folio", words, *plain.place(*found.span()))


_LINK_OR_DATE = re.compile(
    r"https?://|\bwww\.|\b\d{1,2}[-/]\d{1,2}\b|\b(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b"
)


def _leads_on(text: str) -> bool:
    return bool(_LINK_OR_DATE.search(text) or _words()[1].search(text))


def _apart(found: list[Finding]) -> Iterator[Finding]:
    """Each place once: what comes first in the list wins."""
    taken: list[tuple[int, int]] = []
    for each in found:
        if each.start == each.end or not any(each.start < end and begin < each.end for begin, end in taken):
            taken.append((each.start, each.end))
            yield each


@cache
def _words() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    """Internal words, words of a next step, domains whose addresses may be given."""
    raw = json.loads(_DATA.read_text(encoding="utf-8"))
    internal = "|".join(re.escape(fold(word)) for word in raw["internas"])
    stems = "|".join(re.escape(fold(stem)) for stems in raw["siguientes"].values() for stem in stems)
    return re.compile(rf"\b(?:{internal})(?!\w)"), re.compile(rf"\b(?:{stems})"), tuple(raw["dominios"])
