"""What core's services take, on either engine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from random import Random

from core import clock, tokens
from core.database import binding
from core.database.binding import reads
from core.people import staff
from core.people.models import Staff as StaffRow
from core.people.views import Staff
from core.settings import load
from core.tickets.lists import queue
from core.tickets.models import Ticket
from core.tickets.searching import search
from tests.bench import dataset, hour_figures
from tests.bench.figures import TARGETS, Table, each, median

SUPERVISOR = "Supervisión Ejemplo"
WORDS = {
    "common_together": ("residencia definitiva ", "solicitud gracias ", "pasaporte correo ", "trámite resolución "),
    "common_rare": ("residencia kinesióloga ", "solicitud salmonera ", "pasaporte gimnasio ", "trámite veterinaria "),
    "never_together": ("definitiva mwen ", "residencia bonjou ", "multa nacionalización "),
}
"""Finished words, as the search line takes them."""
KEYS = (
    "materia:multas residencia",
    "tipo:reclamo -materia:residencia desde:30d",
    "nombre:maria solicitud",
    "de:nadie idioma:creole",
    "vista:por-vencer region:tarapaca",
)


@contextmanager
def bound(url: str) -> Iterator[None]:
    """This process on a data set, at its present."""
    chosen = load(dataset.settings(dataset.FOLDER, url))
    clock.start_at(chosen.now)
    tokens.use_keys(chosen.secret_keys)
    binding.bind(url)
    try:
        yield
    finally:
        binding.unbind()
        clock.start_at(None)


def signed_in() -> tuple[str, Staff]:
    """A session of the example's supervisor: its token and who it is."""
    return staff.begin(_supervisor())


@reads
def _supervisor() -> int:
    return int(StaffRow.get(StaffRow.name == SUPERVISOR).id)


@reads
def some_tramites(count: int) -> list[str]:
    """Trámite IDs that people wrote about, from all over the three years."""
    last = int(Ticket.select(Ticket.id).order_by(Ticket.id.desc()).limit(1).scalar())
    ids = Random(5).sample(range(1, last), count * 3)
    found = Ticket.select(Ticket.tramite_id).where(
        Ticket.id.in_(ids), Ticket.tramite_strange == 0, Ticket.tramite_id.is_null(False)
    )
    return [row.tramite_id for row in found.limit(count)]


def measure(table: Table, url: str, ending: str) -> None:
    """The figures of one engine; the queue's are asked for on the embedded one."""
    names = [name for name in _FIGURES if name + ending in TARGETS and table.wants(name + ending)]
    if not names:
        return
    with bound(url):
        _, actor = signed_in()
        for name in names:
            table.add(name + ending, _FIGURES[name](actor))


def _find_by_tramite(actor: Staff) -> float:
    return median(each(partial(search.search, actor, tramite) for tramite in some_tramites(200)))


def _search_words(kind: str, actor: Staff) -> float:
    """The slowest of some lines, among open tickets and among all of them."""
    ways = [(line, closed) for line in WORDS[kind] for closed in (False, True)]
    return max(median(each(partial(search.search, actor, line, closed=closed) for _ in range(15))) for line, closed in ways)


def _search_keys(actor: Staff) -> float:
    """The slowest of some lines with keys and words."""
    return max(median(each(partial(search.search, actor, line) for _ in range(15))) for line in KEYS)


def _sorted_view(actor: Staff) -> float:
    """The open queue in the slowest of all orders."""
    whole = partial(search.search, actor, "vista:abiertos")
    return max(median(each(partial(whole, order=order.code) for _ in range(5))) for order in search.orders())


def _own_view_count(actor: Staff) -> float:
    """How many tickets a view of one's own holds, counted as far as it is shown: the slowest of some."""
    return max(median(each(partial(search.how_many, actor, line) for _ in range(15))) for line in KEYS)


def _queue_page(actor: Staff) -> float:
    """The first page and pages further down, of the views that are looked at all day."""
    times = []
    for view in ("sin_asignar", "por_vencer", "abiertos", "todos"):
        first = queue.window(actor, view, 0, 100)
        anchor = (len(first) - 1, first[-1].sort_key)
        times += each(partial(queue.window, actor, view, 0, 100) for _ in range(10))
        times += each(partial(queue.window, actor, view, len(first), 100, anchor) for _ in range(10))
    return median(times)


def _counts(actor: Staff) -> float:
    return median(each(partial(queue.counts, actor) for _ in range(40)))


_FIGURES = {
    "find_by_tramite_ms": _find_by_tramite,
    **{f"search_words_ms_{kind}": partial(_search_words, kind) for kind in WORDS},
    "search_keys_ms": _search_keys,
    "sorted_view_ms": _sorted_view,
    "own_view_count_ms": _own_view_count,
    "queue_page_ms": _queue_page,
    "stats_ms": _counts,
    "slot_search_ms": hour_figures.slot_search,
}
