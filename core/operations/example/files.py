"""Files in the demo: a page of paper and a picture with some of the newest tickets, drawn here so that nothing is copied."""

from __future__ import annotations

import io
import struct
import zlib

from core import clock
from core.database.binding import writes
from core.files import store
from core.files.models import Attachment
from core.tickets.models import Message, Ticket

_TICKETS = 8
_SIDE = 96


@writes
def enclose() -> int:
    """Give some of the newest open tickets a PDF and every other one a picture too; how many files."""
    newest = Ticket.select(Ticket.id, Ticket.person, Ticket.folio).where(Ticket.resolved_at.is_null())
    count = 0
    for place, ticket in enumerate(newest.order_by(Ticket.id.desc()).limit(_TICKETS)):
        words = f"Copia de la carta que me llegó. Ticket {ticket.folio}"
        files = [("carta.pdf", "pdf", paper(words), words), ("foto de mi cédula.png", "png", picture(), "")]
        for number, (name, kind, content, said) in enumerate(files[: 1 + place % 2], start=1):
            _add(ticket, number, name, kind, content, said)
            count += 1
    return count


def _add(ticket: Ticket, number: int, name: str, kind: str, content: bytes, words: str) -> None:
    first = Message.select(Message.id).where(Message.ticket == ticket.id).order_by(Message.id).first()
    place = {"person": ticket.person_id, "ticket_id": ticket.id, "message_id": first.id, "number": number}
    what = {"name": name, "kind": kind, "size": len(content), "digest": store.keep(io.BytesIO(content)), "words": words}
    Attachment.insert(**place, **what, added_at=clock.now()).execute()


def paper(words: str) -> bytes:
    """A PDF of one page with a line of text (ISO 32000-1)."""
    text = f"BT /F1 12 Tf 40 780 Td ({words}) Tj ET".encode("latin-1", "replace")
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, len(whole))
    return whole + b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + table + end


def picture() -> bytes:
    """A small PNG of grey stripes (ISO 15948)."""
    rows = b"".join(b"\0" + bytes([230 if row % 12 < 6 else 180]) * _SIDE for row in range(_SIDE))
    head = struct.pack(">IIBBBBB", _SIDE, _SIDE, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )
