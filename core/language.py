"""The reader's language: gettext messages whose ids are the Spanish sentences themselves."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

LANGUAGES = {"es": "Español", "en": "English", "ht": "Kreyòl", "pt": "Português"}
"""Code of each language and its own name for itself; the first is the source of all the others."""
_CATALOGUES = Path(__file__).parent.parent / "data" / "languages"
_current: ContextVar[str] = ContextVar("language", default="es")


def _(message: str) -> str:
    """A sentence in the reader's language."""
    return catalogue(_current.get()).gettext(message) if message else ""


def noted(message: str) -> str:
    """The Spanish sentence itself, for the catalogues to know; whoever shows it puts it through `_`."""
    return message


def ngettext(one: str, many: str, count: int) -> str:
    """A sentence that depends on a number, in the reader's language."""
    return catalogue(_current.get()).ngettext(one, many, count)


def current() -> str:
    """The reader's language code."""
    return _current.get()


@contextmanager
def using(language: str) -> Iterator[None]:
    """Speak a language for a while."""
    token = _current.set(language if language in LANGUAGES else "es")
    try:
        yield
    finally:
        _current.reset(token)


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The messages of a language; Spanish needs no file."""
    return gettext.translation("ayuda", _CATALOGUES, languages=[language], fallback=language == "es")
