"""The catalogues of data/languages: extracted from the sources, brought up to date, compiled.

`make languages` runs all three. What the sources say is Spanish; each other language has one ayuda.po to translate in.
"""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from core.language import LANGUAGES
from tests.tools import names

ROOT = Path(__file__).parents[2]
TRANSLATED = tuple(code for code in LANGUAGES if code != "es")
UNREVIEWED = ("ht", "pt")
REVIEW_MARK = "traducción por revisar"
_SAYING = {"_": 1, "noted": 1, "ngettext": 2}
"""The functions that sentences are given to, and how many of their arguments are sentences."""
_TEMPLATE = {"encoding": "utf-8", "silent": "false", "newstyle_gettext": "true", "trim_blocks": "true"}
_HELP = ("pregunta", "respuesta", "sirve", "no_sirve")
_READ_BY_CITIZENS = frozenset({"nombre", "para", "explicacion", "ten_a_mano", "derivar_a", *_HELP})
_DATA = ("catalog.json", "help.json", "holidays.json", "procedures.json", "relations.json", "stages.json")
_NEVER = datetime(2026, 12, 1, tzinfo=UTC)

Extracted = Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]


def extract_python(file: IO[bytes], keywords: object, comment_tags: object, options: object) -> Extracted:
    """The sentences of a module, for Babel, whose own reader overlooks those within f-strings before Python 3.12."""
    calls = [node for node in ast.walk(ast.parse(file.read())) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        wanted = call.args[: _SAYING.get(name, 0)]
        said = [node.value for node in wanted if isinstance(node, ast.Constant) and isinstance(node.value, str)]
        if said and len(said) == len(wanted):
            yield call.lineno, name, said[0] if len(said) == 1 else tuple(said), []


def extract_json(file: IO[bytes], keywords: object, comment_tags: object, options: dict[str, Any]) -> Extracted:
    """The strings that citizens read in a file of data/, for Babel: those under the names in `_READ_BY_CITIZENS`."""
    for text in _texts(json.load(file)):
        yield 1, "_", text, []


def _texts(node: Any, read: bool = False) -> Iterator[str]:
    if isinstance(node, dict):
        for name, part in node.items():
            yield from _texts(part, name in _READ_BY_CITIZENS)
    elif isinstance(node, list):
        for part in node:
            yield from _texts(part, read)
    elif isinstance(node, str) and read:
        yield node


def sources() -> Iterator[tuple[Path, Any]]:
    """Every file that may hold sentences, with the method that finds them."""
    for room in ("core", "intake_web"):
        for path in sorted((ROOT / room).rglob("*.py")):
            yield path, extract_python
    for path in sorted((ROOT / "intake_web" / "templates").rglob("*.html")):
        yield path, "jinja2.ext:babel_extract"
    for name in _DATA:
        yield ROOT / "data" / name, extract_json


def extract() -> Catalog:
    """Every sentence of the sources, as a catalogue without translations."""
    found = Catalog(domain="ayuda", project="Ayuda Migraciones", fuzzy=False, creation_date=_NEVER, revision_date=_NEVER)
    for path, method in sources():
        place = path.relative_to(ROOT).as_posix()
        options = _TEMPLATE if path.suffix == ".html" else {}
        for line, message, comments, context in extract_from_file(method, path, {**DEFAULT_KEYWORDS, "noted": None}, (), options):
            found.add(message, None, [(place, line)], auto_comments=comments, context=context)
    return found


def po_path(language: str) -> Path:
    """Where a language's sentences are translated."""
    return ROOT / "data" / "languages" / language / "LC_MESSAGES" / "ayuda.po"


def read(language: str) -> Catalog:
    """A language's catalogue as it stands; an empty one for a new language."""
    path = po_path(language)
    if not path.exists():
        return Catalog(language, domain="ayuda", project="Ayuda Migraciones", fuzzy=False, creation_date=_NEVER)
    with path.open("rb") as file:
        return read_po(file, language, "ayuda")


def updated(language: str, template: Catalog) -> Catalog:
    """A language's catalogue with the sentences of the template: none more, none less; similar ones are marked fuzzy."""
    standing = read(language)
    standing.update(template)
    standing.obsolete.clear()
    standing.creation_date = standing.revision_date = _NEVER
    standing.last_translator = standing.language_team = standing.msgid_bugs_address = "Ayuda Migraciones"
    standing.version = "1"
    mark = f"\n# {REVIEW_MARK}" if language in UNREVIEWED else ""
    standing.header_comment = f"# Ayuda Migraciones: {language}{mark}"
    return standing


def po_text(catalogue: Catalog) -> bytes:
    """The file to translate in: no line numbers, so that it changes only when a sentence does."""
    out = io.BytesIO()
    write_po(out, catalogue, width=110, include_lineno=False, sort_by_file=True, omit_header=False, include_previous=True)
    return out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The compiled file, the same bytes for the same translations."""
    out = io.BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def unfinished(catalogue: Catalog) -> Iterable[Message]:
    """The messages that still have to be translated or looked at."""
    for message in catalogue:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(strings)):
            yield message


def main() -> None:
    """Bring every language up to date, and say what is left to translate."""
    names.write_all()
    template = extract()
    for language in TRANSLATED:
        catalogue = updated(language, template)
        path = po_path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_text(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(read(language)))
        left = [message.id for message in unfinished(catalogue)]
        print(f"{language}: {len(catalogue)} sentences, {len(left)} to translate", *left, sep="\n  ")


if __name__ == "__main__":
    main()
