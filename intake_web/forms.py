"""What was typed: decoded strictly, so that whatever arrives is either text or a polite refusal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from core.errors import Problem
from core.language import _

LARGEST_BODY = 1_000_000
_MOST_FIELDS = 100
_KIND = "application/x-www-form-urlencoded"


class Unreadable(Problem):
    """A request that no form of ours can have sent; `status` is the answer's."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class TooLong(Unreadable):
    """More words than any form of ours has room for."""

    def __init__(self) -> None:
        super().__init__(
            413, _("El texto es demasiado largo: caben 10.000 caracteres. Vuelve atrás, acórtalo y envíalo otra vez.")
        )


class Form(dict[str, str]):
    """Fields by name; one that was not sent is empty."""

    def __missing__(self, name: str) -> str:
        return ""

    def only(self, names: Iterable[str]) -> dict[str, str]:
        """These fields and no others, whatever else was sent along."""
        return {name: self[name] for name in names}


def read(environ: dict[str, Any]) -> Form:
    """The fields in a request's body."""
    return parse(_body(environ))


def parse(text: str) -> Form:
    """The fields of a query or of a body; the first of a repeated name counts."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
    except UnicodeDecodeError as reason:
        raise Unreadable(400, _("Hay letras que no se pudieron leer. Vuelve a escribirlas.")) from reason
    except ValueError as reason:
        raise Unreadable(400, _("Llegaron demasiados campos. Vuelve a la página anterior e inténtalo de nuevo.")) from reason
    return Form(reversed(pairs))


def _body(environ: dict[str, Any]) -> str:
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    length = _length(environ)
    if length > LARGEST_BODY:
        raise TooLong()
    if length and kind != _KIND:
        raise Unreadable(415, _("Ese formato no se puede recibir aquí. Usa el formulario de la página."))
    body: bytes = environ["wsgi.input"].read(length) if length else b""
    return text_of(body)


def text_of(body: bytes, errors: str = "strict") -> str:
    """What was typed; raises `Unreadable` when it is no UTF-8."""
    try:
        return body.decode("utf-8", errors)
    except UnicodeDecodeError as reason:
        raise Unreadable(400, _("Hay letras que no se pudieron leer. Vuelve a escribirlas.")) from reason


def _length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    if not (text.isascii() and text.isdigit()):
        raise Unreadable(400, _("La página no se envió completa. Inténtalo de nuevo."))
    return int(text)
