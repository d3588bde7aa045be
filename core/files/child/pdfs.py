"""PDFs: refused when anything in them acts by itself, hides other files or is locked; otherwise their words."""

from __future__ import annotations

import codecs
import importlib
import logging
import re
import signal
import zipfile
from collections.abc import Iterator
from types import FrameType
from typing import Any, BinaryIO

import pypdf
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from core.files.child.main import Unfit

_READING_SECONDS = 4.0
_MOST_PAGES = 40
_MOST_LETTERS = 60_000
_TAIL = 2048
_ACTIONS = {
    "/JavaScript": "script",
    "/Launch": "launch",
    "/ImportData": "form",
    "/SubmitForm": "form",
    "/GoToE": "embedded",
    "/GoToR": "launch",
    "/Rendition": "media",
    "/RichMediaExecute": "media",
    "/Movie": "media",
    "/Sound": "media",
}
_HOLDERS = {"/JavaScript": "script", "/XFA": "form", "/EmbeddedFiles": "embedded", "/EF": "embedded", "/Collection": "embedded"}
_KINDS = {"/EmbeddedFile": "embedded", "/FileAttachment": "embedded", "/RichMedia": "media", "/Screen": "media", "/3D": "media"}
_WRITTEN = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia)(?![A-Za-z0-9])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_SPOKEN = ("utf-16", "utf-16-be", "utf-16-le", "cp1252", "mac-roman", "gbk", "gb18030", "big5", "shift_jis", "euc_jp", "cp949")
_ASKED_FOR_LATE = ("filters", "xmp", "_configuration", "_text_extraction", "_codecs.core_font_metrics", "_crypt_providers")
for _name in _ASKED_FOR_LATE:  # pypdf imports them when a file asks for them, and then no file can be opened any more
    importlib.import_module(f"pypdf.{_name}")
for _name in _SPOKEN:
    codecs.lookup(_name)


def check(source: BinaryIO, target: BinaryIO) -> dict[str, str]:
    """The words of a PDF that only shows itself; raises `Unfit` for any other."""
    logging.disable()  # the report has one line
    _require_nothing_behind(source)
    reader = pypdf.PdfReader(source, strict=False)
    if reader.is_encrypted:
        raise Unfit("locked")
    for thing in _things(reader):
        _require_still(thing)
    _require_unwritten(source)
    if not len(reader.pages):
        raise Unfit("damaged")
    return {"kind": "pdf", "words": _words(reader)}


def _require_nothing_behind(source: BinaryIO) -> None:
    """It ends as a PDF does, and is no archive read from its end."""
    source.seek(0, 2)
    source.seek(max(0, source.tell() - _TAIL))
    ends = b"%%EOF" in source.read()
    source.seek(0)
    if not ends:
        raise Unfit("damaged")
    if zipfile.is_zipfile(source):
        raise Unfit("embedded")
    source.seek(0)


def _things(reader: pypdf.PdfReader) -> Iterator[Any]:
    """Every object of the file, whether a page leads to it or not."""
    yield reader.trailer
    places = [(number, generation) for generation, numbers in reader.xref.items() for number in numbers]
    packed = [(number, 0) for number in reader.xref_objStm]
    for number, generation in dict.fromkeys((*places, *packed)):
        try:
            yield reader.get_object(IndirectObject(number, generation, reader))
        except (pypdf.errors.PyPdfError, ValueError, KeyError) as reason:
            if number in reader.xref_objStm:  # its bytes are packed: nobody else can read what it is
                raise Unfit("damaged") from reason


def _require_still(thing: Any) -> None:
    """Nothing in it acts; what it only refers to is looked at in its own turn."""
    waiting = [thing]
    while waiting:
        each = waiting.pop()
        if isinstance(each, DictionaryObject):
            _require_still_dictionary(each)
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each


def _require_still_dictionary(each: DictionaryObject) -> None:
    why = _ACTIONS.get(_text(each, "/S")) or _KINDS.get(_text(each, "/Type")) or _KINDS.get(_text(each, "/Subtype"))
    why = why or next((code for name, code in _HOLDERS.items() if name in each and _holds(each, name)), "")
    if "/AA" in each and isinstance(_value(each, "/AA"), DictionaryObject):
        why = why or "automatic"
    opening = _value(each, "/OpenAction")
    if isinstance(opening, DictionaryObject) and _text(opening, "/S") != "/GoTo":
        why = why or _ACTIONS.get(_text(opening, "/S"), "automatic")
    if why:
        raise Unfit(why)


def _value(each: DictionaryObject, name: str) -> Any:
    found = each.raw_get(name) if name in each else None
    return found.get_object() if isinstance(found, IndirectObject) else found


def _text(each: DictionaryObject, name: str) -> str:
    found = _value(each, name)
    return found if isinstance(found, str) else ""


def _holds(each: DictionaryObject, name: str) -> bool:
    return not isinstance(_value(each, name), NullObject | None)


def _require_unwritten(source: BinaryIO) -> None:
    """No such name stands in the bytes themselves, where a reader less patient than ours might find it."""
    source.seek(0)
    whole = source.read()
    found = _WRITTEN.search(whole) or _WRITTEN.search(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), whole))
    if found:
        raise Unfit({b"JavaScript": "script", b"Launch": "launch", b"RichMedia": "media"}.get(found[1], "embedded"))


class _Enough(BaseException):
    """Reading took too long."""


def _words(reader: pypdf.PdfReader) -> str:
    """The text of the first pages, as far as it can be read in a few seconds; empty for pictures of paper."""
    found: list[str] = []

    def stop(number: int, frame: FrameType | None) -> None:
        raise _Enough

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, _READING_SECONDS)
    try:
        for page in reader.pages[:_MOST_PAGES]:
            found.append(page.extract_text())
            if sum(map(len, found)) > _MOST_LETTERS:
                break
    except (Exception, _Enough):  # noqa: BLE001 (a page that cannot be read is still a page)
        found.append("")
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return "\n\n".join(found)[:_MOST_LETTERS]
