"""Where a ticket stands, in sentences: what comes next, what the staff's words were for, how its term is counted."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock, dates
from core.language import _, ngettext
from core.tickets.views import CitizenTicket


def next_step(ticket: CitizenTicket) -> str:
    """What the person can expect now, or should do."""
    if ticket.goes_on_in:
        return _("Es sobre lo mismo que tu ticket {folio}: ahí seguimos.").format(folio=ticket.goes_on_in)
    if not ticket.is_open:
        return {
            "respondido": _("Ya puedes ingresar una nueva consulta."),
            "derivado": _("Abajo dice qué organismo debe responderte. Ya puedes ingresar una nueva consulta."),
        }.get(ticket.state, "")
    if ticket.clock.waits_until is not None:
        return _("Tienes hasta el {day}.").format(day=dates.day(ticket.clock.waits_until))
    if is_late(ticket):
        words = _("Debimos responderte a más tardar el {day}. Vamos atrasados: tu ticket está entre los primeros de la fila.")
    else:
        words = _("Te responderemos por correo a más tardar el {day}.")
    return words.format(day=dates.day(ticket.due_on))


def is_late(ticket: CitizenTicket) -> bool:
    """Whether the day has passed on which the answer was due."""
    return ticket.is_open and ticket.due_on < clock.today()


def said(kind: str) -> str:
    """What words of the staff were for; empty for an answer."""
    return {
        "pedido": _("Te pedimos información"),
        "ampliacion": _("Por qué necesitamos más días"),
        "derivacion": _("Quién debe responderte"),
    }.get(kind, "")


def how_counted(ticket: CitizenTicket) -> Iterator[str]:
    """What a term is made of, a sentence each."""
    told = ticket.clock
    if told.in_business_days:
        words = _("Son {count} días hábiles desde el día siguiente al ingreso legal: sin sábados, domingos ni feriados.")
        yield words.format(count=told.days)
        yield _("Los días en que esperamos tu información no se cuentan.")
    else:
        yield _("Son {count} días corridos desde el día siguiente al ingreso legal: se cuentan todos.").format(count=told.days)
    if told.more_days:
        words = ngettext(
            "Ampliamos el plazo en %(num)s día, por una sola vez.",
            "Ampliamos el plazo en %(num)s días, por una sola vez.",
            told.more_days,
        )
        yield words % {"num": told.more_days}
    if told.own_due_on is not None:
        words = _("Tu propio plazo vence el {day} y no se detiene: te respondemos antes de que termine.")
        yield words.format(day=dates.day(told.own_due_on))
