"""The front door and its stylesheet: the same for everybody, made once."""

from __future__ import annotations

from functools import cache

from core import language
from intake_web import replies, templating
from intake_web.replies import Kept, Reply
from intake_web.visit import Visit


@cache
def kept(template: str, path: str, speaks: str) -> Kept:
    """A page without anything personal, in one language."""
    with language.using(speaks):
        body = templating.render(template, errors={}, here=path).encode()
    return Kept(body, replies.HTML, replies.SHARED, speaks)


@cache
def _stylesheet() -> Kept:
    return Kept(templating.STYLESHEET, "text/css; charset=utf-8", replies.FOR_EVER)


def show(visit: Visit) -> Reply:
    """What the platform is, and the way in."""
    return kept("landing.html", visit.path, visit.language).reply(visit.environ)


def stylesheet(visit: Visit) -> Reply:
    """The one stylesheet; its address changes with its content."""
    return _stylesheet().reply(visit.environ)
