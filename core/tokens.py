"""Secrets: signed tokens for links, random ones for sessions, masked ones for forms.

What signs is loaded with the first signed token: a terminal's start needs none.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from functools import cache
from typing import TYPE_CHECKING, Any

from core import clock
from core.errors import Problem

if TYPE_CHECKING:
    from itsdangerous import Signer, URLSafeSerializer

_keys: tuple[str, ...] = ()
_FORM_BYTES = 16


class Expired(Problem):
    """The token was ours, but its time is over; `payload` is what it carried."""

    def __init__(self, payload: Any) -> None:
        super().__init__("")
        self.payload = payload


def use_keys(keys: tuple[str, ...]) -> None:
    """Sign with the first key; accept all of them. The composition root calls it."""
    global _keys
    _keys = keys
    _serializer.cache_clear()
    _short_signer.cache_clear()
    _form_keys.cache_clear()


@cache
def _serializer(purpose: str) -> URLSafeSerializer:
    from itsdangerous import URLSafeSerializer

    return URLSafeSerializer(list(reversed(_keys)), salt=f"ayuda.{purpose}", signer_kwargs={"digest_method": hashlib.sha256})


def issue(purpose: str, payload: Any) -> str:
    """A signed token for a link in a letter. Readable by whoever holds it: put no secret in it."""
    return str(_serializer(purpose).dumps([payload, clock.now()]))


def read(purpose: str, token: str, max_age: int) -> Any:
    """The payload of a token of this purpose; None when it is not ours; raises `Expired` after `max_age` seconds."""
    from itsdangerous import BadData

    try:
        payload, issued_at = _serializer(purpose).loads(token)
    except (BadData, ValueError, TypeError):
        return None
    if clock.now() - issued_at > max_age:
        raise Expired(payload)
    return payload


@cache
def _short_signer(purpose: str) -> Signer:
    """Half of the signature, the least that RFC 2104 allows: a link that fits a line of a terminal."""
    from itsdangerous import HMACAlgorithm, Signer

    class Half(HMACAlgorithm):
        def get_signature(self, key: bytes, value: bytes) -> bytes:
            return bytes(super().get_signature(key, value)[:16])

    return Signer(list(reversed(_keys)), f"ayuda.{purpose}", digest_method=hashlib.sha256, algorithm=Half(hashlib.sha256))


def issue_short(purpose: str, number: int) -> str:
    """A signed token of some 36 letters that carries a number, for a link that somebody copies from a screen."""
    return _short_signer(purpose).sign(f"{number:x}-{clock.now():x}").decode()


def read_short(purpose: str, token: str, max_age: int) -> int | None:
    """The number of a short token of this purpose; None when it is not ours; raises `Expired` after `max_age` seconds."""
    from itsdangerous import BadData

    try:
        number, issued_at = (
            int(part, 16) for part in _short_signer(purpose).unsign(token.encode("utf-8", "replace")).decode().split("-")
        )
    except (BadData, ValueError):
        return None
    if clock.now() - issued_at > max_age:
        raise Expired(number)
    return number


def trimmed(token: str) -> str:
    """Without the full stop or bracket that a mail program took for a part of the link."""
    return token.rstrip(".,;:)>]}'\"")


def derived_key(purpose: str) -> str:
    """A key of its own for a library that signs by itself."""
    return hashlib.sha256(f"ayuda.{purpose}".encode() + _keys[0].encode()).hexdigest()


def random_token() -> str:
    """An unguessable token (256 bits) for a cookie."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """The form in which a random token is kept: its SHA-256."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


@cache
def _form_keys() -> tuple[bytes, ...]:
    return tuple(hashlib.sha256(b"ayuda.form" + key.encode()).digest() for key in _keys)


def _form_digest(key: bytes, visitor: str) -> bytes:
    return hmac.digest(key, visitor.encode("utf-8", "replace"), "sha256")[:_FORM_BYTES]


def form_token(visitor: str) -> str:
    """A token for one form of this visitor, different in every response (pages are compressed: BREACH)."""
    mask = secrets.token_bytes(_FORM_BYTES)
    masked = bytes(a ^ b for a, b in zip(mask, _form_digest(_form_keys()[0], visitor), strict=True))
    return base64.urlsafe_b64encode(mask + masked).decode().rstrip("=")


def is_form_token(visitor: str, token: str) -> bool:
    """Whether a form came from a page that this visitor was given."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return False
    if len(raw) != 2 * _FORM_BYTES:
        return False
    unmasked = bytes(a ^ b for a, b in zip(raw[:_FORM_BYTES], raw[_FORM_BYTES:], strict=True))
    return any(hmac.compare_digest(unmasked, _form_digest(key, visitor)) for key in _form_keys())
