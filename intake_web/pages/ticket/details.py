"""The step with the text box: what the categoría asks."""

from __future__ import annotations

from core.tramites import history
from core.tramites.catalogue import regions
from intake_web.pages.ticket.draft import CHOICES, DETAILS, TOTAL, Writing
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def show_details(visit: Visit, writing: Writing, typed: dict[str, str], wrong: dict[str, str] | None) -> Reply:
    """The page with the text box; what was typed stays in it."""
    categoria = writing.categoria
    if categoria is None:
        return go(writing.path("categoria"))
    return show(
        visit,
        "ticket_details.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        categoria=categoria,
        for_child=writing.person.is_minor,
        tramites=history.tramites_of(visit.person.email) if categoria.tramite != "no" else (),
        regions=[("", [(name, name) for name in regions()])],
        action=writing.path(DETAILS, visit.changing),
        back=writing.path("categoria"),
        number=len(CHOICES) + 1,
        total=TOTAL,
    )
