"""What is taken out of a ticket by a link that the terminal gave: no sign-in, the link is the right; looking uses nothing up."""

from __future__ import annotations

from core.tickets.asides import taking_out
from intake_web.replies import Reply, save, show
from intake_web.visit import Visit

_STATUS = {"used": 410, "expired": 410, "invalid": 404}


def ask(visit: Visit, token: str) -> Reply:
    """A button: programs that look at links open them by themselves, so only the button counts."""
    offered = taking_out.look(token)
    if offered.standing != "valid":
        return _end(visit, offered.standing)
    return show(visit, "taking_out.html", folio=offered.folio, minutes=taking_out.LIFETIME // 60)


def deliver(visit: Visit, token: str) -> Reply:
    """The file, to be saved, once."""
    taken = taking_out.take(token)
    if taken is None:
        return _end(visit, taking_out.look(token).standing)
    return save(taken.content, taken.media_type, taken.name)


def _end(visit: Visit, standing: str) -> Reply:
    return show(visit, "taking_out_end.html", _STATUS[standing], standing=standing)
