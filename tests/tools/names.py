"""Names of countries, months and weekdays in each language: Babel's, and where Babel is wrong our own.

They are written into data/languages, so that the service never loads Babel.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale

from core.text import fold

DATA = Path(__file__).parents[2] / "data"
LANGUAGES = DATA / "languages"
_LOCALES = {"es": "es_CL", "en": "en_GB", "pt": "pt_BR"}
_OFFERED_FIRST = 10
_NO_COUNTRY = {
    "en": ("Stateless", "I don’t know / other"),
    "ht": ("San nasyonalite", "Mwen pa konnen / lòt"),
    "pt": ("Apátrida", "Não sei / outro"),
}

_PATTERNS: dict[str, dict[str, str]] = {
    "es": {"first": "1", "day": "{day} de {month}", "weekday": "{weekday} {day}", "year": "{day} de {year}"},
    "en": {"first": "1", "day": "{day} {month}", "weekday": "{weekday} {day}", "year": "{day} {year}"},
    "ht": {"first": "premye", "day": "{day} {month}", "weekday": "{weekday} {day}", "year": "{day} {year}"},
    "pt": {"first": "1º", "day": "{day} de {month}", "weekday": "{weekday}, {day}", "year": "{day} de {year}"},
}

_HAITIAN = {
    "weekdays": ["lendi", "madi", "mèkredi", "jedi", "vandredi", "samdi", "dimanch"],
    "months": [
        *("janvye", "fevriye", "mas", "avril", "me", "jen"),
        *("jiyè", "out", "septanm", "oktòb", "novanm", "desanm"),
    ],
    "thousands": "\u00a0",
}

_HAITIAN_COUNTRIES = {
    "ve": "Venezyela",
    "pe": "Pewou",
    "co": "Kolonbi",
    "bo": "Bolivi",
    "ht": "Ayiti",
    "ar": "Ajantin",
    "ec": "Ekwatè",
    "do": "Repiblik Dominikèn",
    "cu": "Kiba",
    "br": "Brezil",
    "de": "Almay",
    "au": "Ostrali",
    "be": "Bèljik",
    "bs": "Bahamas",
    "ca": "Kanada",
    "cl": "Chili",
    "cn": "Chin",
    "cr": "Kosta Rika",
    "sv": "Salvadò",
    "es": "Espay",
    "us": "Etazini",
    "fr": "Frans",
    "gf": "Giyàn Franse",
    "gp": "Gwadloup",
    "gt": "Gwatemala",
    "gy": "Giyàn",
    "hn": "Ondiras",
    "in": "End",
    "it": "Itali",
    "jm": "Jamayik",
    "jp": "Japon",
    "mq": "Matinik",
    "mx": "Meksik",
    "ni": "Nikaragwa",
    "pa": "Panama",
    "py": "Paragwe",
    "pt": "Pòtigal",
    "pr": "Pòtoriko",
    "gb": "Wayòm Ini",
    "ru": "Larisi",
    "sn": "Senegal",
    "ch": "Swis",
    "uy": "Irigwe",
}


def write_all() -> None:
    """Write the names of every language."""
    for language in _PATTERNS:
        _write(language, "calendar", calendar(language))
        if language != "es":
            _write(language, "countries", countries(language))


def calendar(language: str) -> dict[str, Any]:
    """Weekdays from Monday on, months, and how a date and a number are put together."""
    return (_HAITIAN if language == "ht" else _from_babel(language)) | _PATTERNS[language]


def _from_babel(language: str) -> dict[str, Any]:
    locale = Locale.parse(_LOCALES[language])
    days, months = locale.days["format"]["wide"], locale.months["format"]["wide"]
    return {
        "weekdays": [days[number] for number in range(7)],
        "months": [months[number] for number in range(1, 13)],
        "thousands": locale.number_symbols["latn"]["group"],
    }


def countries(language: str) -> list[dict[str, str]]:
    """Code and name of every country: the commonest first as in Spanish, then alphabetically, last who has none."""
    spanish = {row["id"]: row["nombre"] for row in json.loads((DATA / "countries.json").read_text(encoding="utf-8"))}
    stateless, unknown = _NO_COUNTRY[language]
    known = _HAITIAN_COUNTRIES if language == "ht" else _territories(language)
    names = {code: known.get(code, name) for code, name in spanish.items() if code not in ("xs", "xx")}
    codes = list(names)
    rest = sorted(codes[_OFFERED_FIRST:], key=lambda code: fold(names[code]))
    ordered = {code: names[code] for code in (*codes[:_OFFERED_FIRST], *rest)} | {"xs": stateless, "xx": unknown}
    return [{"id": code, "nombre": name} for code, name in ordered.items()]


def _territories(language: str) -> dict[str, str]:
    return {code.lower(): name for code, name in Locale.parse(_LOCALES[language]).territories.items()}


def _write(language: str, kind: str, content: Any) -> None:
    path = LANGUAGES / language / f"{kind}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(content), encoding="utf-8")


def text_of(content: Any) -> str:
    """A file's text: one country a line."""
    if isinstance(content, list):
        return "[\n" + ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in content) + "\n]\n"
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
