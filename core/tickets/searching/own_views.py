"""Views of one's own: a search line with the order of its list, kept under a name."""

from __future__ import annotations

from core import clock
from core.database.binding import reads, writes
from core.errors import Conflict, Invalid, NotFound
from core.people import policy
from core.people.staff import current
from core.people.views import Staff
from core.text import clean_line, fold, is_blank
from core.tickets.models import OwnView as Row
from core.tickets.searching import search
from core.tickets.searching.line import LONGEST_LINE
from core.tickets.searching.views import OwnView

MOST = 20
LONGEST_NAME = 30
MOST_COUNTED = 99


@reads
def own_views(actor: Staff) -> tuple[OwnView, ...]:
    """Somebody's views, in the order in which they were kept."""
    return tuple(_view(row) for row in Row.select().where(Row.staff == actor.id).order_by(Row.id))


@writes
def keep(actor: Staff, name: str, line: str, order: str = "", closed: bool = False) -> OwnView:
    """Keep a search line under a name; raises `Invalid`, or `Conflict` when the name is taken or there are too many."""
    me = current(actor)
    policy.require(me, "search")
    kept = own_views(me)
    called = _name(name, kept)
    if len(kept) >= MOST:
        raise Conflict(f"Ya tienes {MOST} vistas: borra una antes de guardar otra.")
    found = {"line": clean_line(line[:LONGEST_LINE]), "sort": order, "closed": closed}
    row_id = Row.insert(staff=me.id, name=called, created_at=clock.now(), **found).execute()
    return _view(Row.get_by_id(row_id))


@writes
def rename(actor: Staff, view_id: int, name: str) -> OwnView:
    """Give one of one's views another name; raises `Invalid`, `Conflict`, `NotFound`."""
    me = current(actor)
    _own(me, view_id)
    called = _name(name, [view for view in own_views(me) if view.id != view_id])
    Row.update(name=called).where(Row.id == view_id).execute()
    return _view(Row.get_by_id(view_id))


@writes
def drop(actor: Staff, view_id: int) -> None:
    """Give one of one's views up; raises `NotFound`."""
    Row.delete().where(Row.id == _own(current(actor), view_id).id).execute()


@reads
def size(actor: Staff, view: OwnView) -> tuple[int, bool]:
    """How many tickets a view holds, `MOST_COUNTED` at most; whether there are more."""
    return search.how_many(actor, view.line, view.closed, MOST_COUNTED)


def _own(me: Staff, view_id: int) -> Row:
    row: Row | None = Row.get_or_none(Row.id == view_id, Row.staff == me.id)
    if row is None:
        raise NotFound("Esa vista ya no está.")
    return row


def _name(name: str, others: list[OwnView] | tuple[OwnView, ...]) -> str:
    called = clean_line(name)
    if is_blank(called) or len(called) > LONGEST_NAME:
        raise Invalid({"nombre": f"Escribe un nombre de entre 1 y {LONGEST_NAME} caracteres."})
    if fold(called) in {fold(view.name) for view in others}:
        raise Conflict(f"Ya tienes una vista «{called}»: elige otro nombre.")
    return called


def _view(row: Row) -> OwnView:
    return OwnView(row.id, row.name, row.line, row.sort, bool(row.closed))
