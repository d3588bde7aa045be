"""Templates: compiled once, escaping always, every word through gettext."""

from __future__ import annotations

import base64
import hashlib
import threading
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from core import dates, language
from core.banners import showing
from core.people import claveunica
from core.text import visible
from intake_web import words

_ROOM = Path(__file__).parent
_SECONDS_BEFORE_COMPILING = 1.0
STYLESHEET = (_ROOM / "static" / "estilo.css").read_bytes()
PROOF_SCRIPT = (_ROOM / "static" / "prueba.js").read_text(encoding="utf-8").strip()
PROOF_SCRIPT_HASH = base64.b64encode(hashlib.sha256(PROOF_SCRIPT.encode()).digest()).decode()
STYLESHEET_PATH = f"/estilo-{hashlib.sha256(STYLESHEET).hexdigest()[:12]}.css"


@cache
def environment() -> Environment:
    """The one environment of all templates."""
    made = Environment(
        loader=FileSystemLoader(_ROOM / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.install_gettext_callables(language._, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        stylesheet=STYLESHEET_PATH,
        proof_script=Markup(PROOF_SCRIPT),  # noqa: S704 (our own file)
        languages=language.LANGUAGES,
        reading_language=language.current,
        claveunica_is_down=claveunica.is_down,
    )
    made.filters.update(
        visible=visible,
        translated=language._,
        named=words.named,
        day=dates.day,
        day_year=dates.day_year,
        state_words=words.state,
        moment=dates.moment,
        number=dates.number,
    )
    return made


@cache
def _template(name: str) -> Template:
    return environment().get_template(name)


def render(name: str, /, **values: Any) -> str:
    """The text of a template with these values; a missing one is an error, not a blank.

    The banners of this moment are among them, unless they are given.
    """
    if "banners" not in values:
        values["banners"] = showing.shown(language.current())
    return _template(name).render(values)


def prepare() -> None:
    """Compile every template, so that no visitor waits for it."""
    for name in environment().list_templates(extensions=["html"]):
        _template(name)


def prepare_soon() -> None:
    """Compile the templates once the first visitor was served: whoever waits for the start does not wait for them."""
    timer = threading.Timer(_SECONDS_BEFORE_COMPILING, prepare)
    timer.daemon = True
    timer.start()
