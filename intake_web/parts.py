"""Forms that carry files (RFC 7578), read piece by piece: words into memory, each file onto the disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, BinaryIO

from core.files import store
from core.files.views import LARGEST_FILE, MOST_FILES, Arrived
from core.language import _
from intake_web.forms import LARGEST_BODY, Form, TooLong, Unreadable, text_of

TAKES_FILES = "/ticket/"
"""Where the paths begin that take files."""
FIELD = "adjuntos"
LARGEST_PARCEL = MOST_FILES * LARGEST_FILE + 2 * LARGEST_BODY
"""Bytes of a whole form with as many files as may be sent, all of them as heavy as they may be."""
_KIND = "multipart/form-data"
_MOST_PARTS = 150
_LONGEST_HEADER = 1 << 16
_LONGEST_BOUNDARY = 200
_PIECE = 1 << 16


@dataclass(slots=True)
class Parcel:
    """A form with files as far as it arrived; `cut` says why not all of it did: `room`, `large` or `broken`."""

    form: Form = field(default_factory=Form)
    files: list[Arrived] = field(default_factory=list)
    cut: str = ""

    def close(self) -> None:
        """Forget what lies on the disk."""
        for each in self.files:
            if each.content is not None:
                each.content.close()


def is_kind(content_type: str) -> bool:
    """Whether a form of this Content-Type may carry files."""
    return content_type.partition(";")[0].strip().lower() == _KIND


def read(environ: dict[str, Any]) -> Parcel:
    """What was sent. Raises `Unreadable` when not even our own form's token can be found in it.

    A form that ends too early gives what had arrived until then: no word that was typed is lost.
    """
    from multipart import MultipartError

    body, parcel = environ["wsgi.input"], Parcel()
    unpacking = _Unpacking(parcel)
    try:
        _feed(environ, body, unpacking)
    except MultipartError:
        parcel.cut = "broken"
    except BaseException:
        parcel.close()
        raise
    unpacking.end(whole=False)
    parcel.cut = getattr(body, "cut", "") or parcel.cut
    if (parcel.cut or not parcel.form) and not parcel.form["ficha"]:
        parcel.close()
        raise Unreadable(400, _("La página no se envió completa. Inténtalo de nuevo."))
    return parcel


def complaint(cut: str) -> str:
    """Why not everything arrived, and what to do; empty when all did."""
    return {
        "room": _(
            "No se guardaron todos los archivos: en este momento no tenemos espacio. Tu texto sí quedó; inténtalo más tarde."
        ),
        "large": _("No llegaron todos los archivos, juntos pesan demasiado: envíalos de a uno."),
        "broken": _("El envío llegó incompleto: mira qué archivos quedaron y envía de nuevo los que faltan."),
    }.get(cut, "")


def _feed(environ: dict[str, Any], body: Any, unpacking: _Unpacking) -> None:
    from multipart import ParserError, PushMultipartParser, parse_options_header

    _kind, options = parse_options_header(environ.get("CONTENT_TYPE", ""))
    boundary = options.get("boundary", "")
    if not 0 < len(boundary) <= _LONGEST_BOUNDARY:
        raise ParserError("no boundary")
    limits = {"max_header_size": _LONGEST_HEADER, "max_header_count": 16, "max_segment_count": _MOST_PARTS}
    parser = PushMultipartParser(boundary, header_charset="latin-1", **limits)
    left = int(environ.get("CONTENT_LENGTH") or 0)
    while not parser.closed and left > 0:
        piece = body.read(min(_PIECE, left))
        if not piece:
            break
        left -= len(piece)
        for event in parser.parse(piece):
            unpacking.take(event)
    parser.close()


class _Unpacking:
    """Puts each part where it belongs while it arrives."""

    def __init__(self, parcel: Parcel) -> None:
        self._parcel = parcel
        self._words = 0
        self._name = ""
        self._file: _File | None = None
        self._field: bytearray | None = None

    def take(self, event: Any) -> None:
        """The beginning of a part, some of its bytes, or its end."""
        if event is None:
            self.end(whole=True)
        elif isinstance(event, bytes | bytearray):
            self._add(event)
        else:
            self._begin(_decoded(event.name), event.filename)

    def _begin(self, name: str, filename: str | None) -> None:
        self._name = name
        if name == FIELD:
            self._file = _File(_decoded(filename or ""))
        elif filename is None:
            self._field = bytearray()

    def _add(self, piece: bytes | bytearray) -> None:
        if self._file is not None:
            self._file.add(piece)
        elif self._field is not None:
            self._words += len(piece)
            if self._words > LARGEST_BODY:
                raise TooLong()
            self._field += piece

    def end(self, whole: bool) -> None:
        """The end of a part: words count as far as they came, a file only when it is whole, or too large anyway."""
        file, words = self._file, self._field
        self._file = self._field = None
        if file is not None and (file.name or file.size):
            self._end_file(file, whole)
        if words is not None and self._name not in self._parcel.form:
            self._parcel.form[self._name] = text_of(bytes(words), "strict" if whole else "ignore")

    def _end_file(self, file: _File, whole: bool) -> None:
        arrived = file.arrived(whole)
        if whole or file.size > LARGEST_FILE:
            self._parcel.files.append(arrived)


class _File:
    """A file on its way to the disk; beyond what may be kept it is only counted."""

    def __init__(self, name: str) -> None:
        self.name, self.size = name, 0
        self._content: BinaryIO | None = None
        self._lost = False

    def add(self, piece: bytes | bytearray) -> None:
        self.size += len(piece)
        if self._lost or self.size > LARGEST_FILE:
            return
        try:
            self._content = self._content or store.scratch(buffering=0)
            self._lost = self._content.write(piece) < len(piece)
        except OSError:
            self._lost = True

    def arrived(self, whole: bool) -> Arrived:
        """What is handed on; the content only if all of it is there."""
        if self._content is not None and (self._lost or not whole or self.size > LARGEST_FILE):
            self._content.close()
            self._content = None
        return Arrived(self.name, self._content, self.size)


def _decoded(name: str) -> str:
    """What browsers write as UTF-8, although headers are bytes."""
    return name.encode("latin-1", "replace").decode("utf-8", "replace")
