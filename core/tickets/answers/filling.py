"""What the variables of canned answers stand for in a ticket, in the language of its person."""

from __future__ import annotations

from core import clock, dates, language
from core.canned import wording
from core.canned.views import Page
from core.language import _
from core.tickets.views import TicketSheet
from core.tramites.catalogue import catalogue
from core.tramites.stages import stage_of


def filled(page: Page, sheet: TicketSheet, analyst: str) -> tuple[str, str]:
    """A canned answer as it would stand in an answer to this ticket, and the language of its text."""
    text, spoken = page.in_language(sheet.language)
    return wording.fill(text, values(sheet, analyst, spoken)), spoken


def values(sheet: TicketSheet, analyst: str, spoken: str) -> dict[str, str]:
    """Variable → what it stands for; empty where the ticket does not know."""
    row, known = sheet.row, catalogue()
    tipo, materia, categoria = known.tipo(row.tipo), known.materia(row.materia), known.categoria(row.categoria)
    stage = stage_of(sheet.tramite) if sheet.tramite else None
    own = sheet.clock.own_due_on
    with language.using(spoken):
        return {
            "nombre": sheet.person.given_names,
            "nombre_completo": sheet.person.shown_name,
            "folio": row.folio,
            "tipo": _(tipo.name) if tipo else "",
            "materia": _(materia.name) if materia else "",
            "categoria": _(categoria.name) if categoria else "",
            "tramite": row.tramite,
            "etapa": _(stage.name) if stage else "",
            "region": sheet.region,
            "ingreso": dates.day(clock.day_of(row.opened_at)),
            "vence": dates.day(row.due_on),
            "plazo_propio": dates.day(own) if own else "",
            "analista": analyst,
        }
