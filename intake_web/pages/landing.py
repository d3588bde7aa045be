"""The front door and its stylesheet: the same for everybody, made once."""

from __future__ import annotations

from functools import cache, lru_cache

from core import language
from core.banners import showing
from core.banners.views import Shown
from intake_web import replies, templating
from intake_web.replies import Kept, Reply
from intake_web.visit import Visit


def kept(visit: Visit, template: str) -> Reply:
    """A page without anything personal, made once for each language and the banners of the moment."""
    return _kept(template, visit.path, visit.language, showing.shown(visit.language)).reply(visit.environ)


@lru_cache(maxsize=64)
def _kept(template: str, path: str, speaks: str, banners: tuple[Shown, ...]) -> Kept:
    with language.using(speaks):
        body = templating.render(template, errors={}, here=path, banners=banners).encode()
    return Kept(body, replies.HTML, replies.SHARED, speaks)


@cache
def _stylesheet() -> Kept:
    return Kept(templating.STYLESHEET, "text/css; charset=utf-8", replies.FOR_EVER)


def show(visit: Visit) -> Reply:
    """What the platform is, and the way in."""
    return kept(visit, "landing.html")


def stylesheet(visit: Visit) -> Reply:
    """The one stylesheet; its address changes with its content."""
    return _stylesheet().reply(visit.environ)
