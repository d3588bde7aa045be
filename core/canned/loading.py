"""The first canned answers, from data/canned: loaded into the database, and never over what the staff have written.

Each is a Spanish file with a head and a text, and a file for each translation: lines `Name: value`, a blank line, the text.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from core.canned import keeping, reading
from core.canned.fields import page_of
from core.canned.models import Canned, CannedVersion
from core.canned.views import SPANISH, Page
from core.database.binding import writes
from core.language import LANGUAGES
from core.text import fold

FOLDER = Path(__file__).parent.parent.parent / "data" / "canned"
_HEAD = {
    "titulo": "titulo",
    "sirve para": "sirve",
    "responsable": "responsable",
    "base legal": "base",
    "vigente hasta": "vigente",
}
_UNREVIEWED = "por revisar"


class _Known(NamedTuple):
    canned_id: int
    number: int
    staff_id: int | None


def first_set() -> dict[str, Page]:
    """The canned answers that come with the program: code → what it says."""
    return {path.stem: _page(path.stem) for path in sorted((FOLDER / SPANISH).glob("*.txt"))}


@writes
def load() -> int:
    """Bring in what is new in data/, and what is newer there than here and no member of the staff has touched; how many."""
    return sum(_load(code, page) for code, page in first_set().items())


def _load(code: str, page: Page) -> bool:
    known = _known(code)
    if known is None:
        keeping.begin(code, page, "cargada", None)
        return True
    if known.staff_id is not None or reading.latest(known.canned_id).page == page:
        return False
    return keeping.follow(known.canned_id, known.number, page, "cargada", None)


def _known(code: str) -> _Known | None:
    same = (CannedVersion.canned == Canned.id) & (CannedVersion.number == Canned.number)
    row = Canned.select(Canned.id, Canned.number, CannedVersion.staff).join(CannedVersion, on=same).where(Canned.code == code)
    found = row.tuples().first()
    return None if found is None else _Known(*found)


def _page(code: str) -> Page:
    head, text = _read(FOLDER / SPANISH / f"{code}.txt")
    fields, unreviewed = {_HEAD[name]: value for name, value in head.items()} | {SPANISH: text}, set()
    for language in LANGUAGES:
        path = FOLDER / language / f"{code}.txt"
        if language != SPANISH and path.exists():
            about, fields[language] = _read(path)
            unreviewed |= {language} if about.get("traduccion") == _UNREVIEWED else set()
    return page_of(fields, frozenset(unreviewed))


def _read(path: Path) -> tuple[dict[str, str], str]:
    """The head of a file, its names folded, and its text."""
    head, _, text = path.read_text(encoding="utf-8").partition("\n\n")
    lines = (line.partition(":") for line in head.splitlines())
    return {fold(name.strip()): value.strip() for name, _colon, value in lines}, text
