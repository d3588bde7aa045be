"""Files that were sent along: what is handed out of them, and how they are forgotten."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from core.files.models import Attachment
from core.operations.rights.gathering import Record
from core.operations.rights.whose import Whose
from core.tickets.models import Ticket


def attachments(whose: Whose) -> list[Record]:
    """The files, with the place at which each lies in what is handed out."""
    folios = _folios(whose)
    return [
        {
            "folio": folios.get(row.ticket_id, ""),
            "persona": row.person_id,
            "numero": row.number,
            "nombre": row.name,
            "clase": row.kind,
            "bytes": row.size,
            "enviado": clock.local(row.added_at),
            "archivo": _place(row, folios),
            "texto": row.words,
        }
        for row in _handed_out(whose)
    ]


def contents(whose: Whose) -> Iterator[tuple[str, str]]:
    """Each file's place in what is handed out, and its digest."""
    folios = _folios(whose)
    return ((_place(row, folios), row.digest) for row in _handed_out(whose))


def forget(whose: Whose) -> None:
    """Their rows; what was in them is cleared away once that is settled."""
    Attachment.delete().where(Attachment.person.in_(whose.person_ids)).execute()


def digests(whose: Whose) -> list[str]:
    """The digests of everything that was sent along."""
    return [row.digest for row in _rows(whose)]


def _place(row: Attachment, folios: dict[int, str]) -> str:
    return f"archivos/{folios.get(row.ticket_id, 'borrador')}-{row.id}-{row.name}"


def _handed_out(whose: Whose) -> list[Attachment]:
    """All but what waits for an answer that is not sent: that is the staff's, like its words."""
    return [row for row in _rows(whose) if row.staff_id is None or row.message_id is not None]


def _rows(whose: Whose) -> list[Attachment]:
    return list(Attachment.select().where(Attachment.person.in_(whose.person_ids)).order_by(Attachment.id))


def _folios(whose: Whose) -> dict[int, str]:
    return dict(Ticket.select(Ticket.id, Ticket.folio).where(Ticket.id.in_(whose.ticket_ids)).tuples())
