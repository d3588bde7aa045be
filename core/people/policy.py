"""Who may do what at the desk: the only place that knows."""

from __future__ import annotations

from core.errors import NotAllowed
from core.people.views import Staff

ROLES = ("analyst", "supervisor", "admin")
RIGHTS = ("nna", "reservada", "supervision", "identidad", "datos")
RESTRICTED_ROUTES = frozenset(RIGHTS)
ROUTES = ("normal", "plazo", *RIGHTS, "derivar")

_EVERYBODY = frozenset(ROLES)
_SUPERVISORS = frozenset({"supervisor", "admin"})
_MAY: dict[str, frozenset[str]] = {
    "read": _EVERYBODY,
    "claim": _EVERYBODY,
    "release": _EVERYBODY,
    "note": _EVERYBODY,
    "reply": _EVERYBODY,
    "hold": _EVERYBODY,
    "take_back": _EVERYBODY,
    "ask": _EVERYBODY,
    "extend": _EVERYBODY,
    "refer": _EVERYBODY,
    "close": _EVERYBODY,
    "merge": _EVERYBODY,
    "assign": _SUPERVISORS,
    "review_surge": _SUPERVISORS,
    "search": _EVERYBODY,
    "attend": _EVERYBODY,
    "identify": _EVERYBODY,
    "dossier": _EVERYBODY,
    "audit": _SUPERVISORS,
    "tag": _EVERYBODY,
    "relate": _EVERYBODY,
    "take_out": _EVERYBODY,
    "take_over": _SUPERVISORS,
    "close_office": _SUPERVISORS,
    "publish": _SUPERVISORS,
    "edit_canned": _SUPERVISORS,
    "statistics": _SUPERVISORS,
}


def allowed(staff: Staff, verb: str, route: str = "normal") -> bool:
    """Whether this person may do this, on a ticket of this route."""
    return not staff.disabled and staff.role in _MAY[verb] and route in visible_routes(staff)


def require(staff: Staff, verb: str, route: str = "normal") -> None:
    """Raise `NotAllowed` unless this person may do this."""
    if not allowed(staff, verb, route):
        raise NotAllowed("Tu cuenta no permite hacer esto. Si lo necesitas, pídelo a tu supervisión.")


def visible_routes(staff: Staff) -> frozenset[str]:
    """The routes whose tickets this person may see; supervisors and administrators see those of supervision."""
    granted = staff.rights | ({"supervision"} if staff.supervises else frozenset())
    return frozenset(ROUTES) - (RESTRICTED_ROUTES - granted)


def hidden_routes(staff: Staff) -> frozenset[str]:
    """The routes whose tickets this person may not see."""
    return frozenset(ROUTES) - visible_routes(staff)
