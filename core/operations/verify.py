"""Whether the database is whole and every rule of the domain holds."""

from __future__ import annotations

from collections.abc import Iterator

from core import clock
from core.appointments import soundness
from core.database import engines, schema
from core.database.binding import db, reads
from core.files import keeping
from core.identifiers import parse_folio
from core.tickets import finding, renewing
from core.tickets.asides import tags
from core.tickets.many import surges
from core.tickets.models import Ticket

_LETTERS_CHECKED = 90 * 24 * 3600
_SHOWN = 5

_RULES = {
    "hay más de un ticket abierto de una misma persona": """
        SELECT min(id) FROM ticket WHERE resolved_at IS NULL GROUP BY person_id HAVING count(*) > 1""",
    "el ticket no tiene ningún mensaje de la persona": """
        SELECT id FROM ticket t WHERE NOT EXISTS
        (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.kind = 'persona')""",
    "el ticket no tiene el evento de su ingreso": """
        SELECT id FROM ticket t WHERE NOT EXISTS
        (SELECT 1 FROM event e WHERE e.ticket_id = t.id AND e.kind = 'abierto')""",
    "el ticket está respondido y no tiene respuesta": """
        SELECT id FROM ticket t WHERE state = 'respondido' AND NOT EXISTS
        (SELECT 1 FROM message m WHERE m.ticket_id = t.id AND m.kind = 'respuesta')""",
    "el ticket está respondido y no tiene fecha de respuesta": """
        SELECT id FROM ticket WHERE state = 'respondido' AND (answered_at IS NULL OR answered_on IS NULL)""",
    "el ticket está cerrado y nadie lo respondió": "SELECT id FROM ticket WHERE state = 'cerrado' AND answered_at IS NULL",
    "es un segundo ticket y el primero es de otra persona": """
        SELECT s.id FROM ticket s JOIN ticket f ON f.id = s.second_of_id WHERE s.person_id <> f.person_id""",
    "es un segundo ticket y el primero no estaba respondido": """
        SELECT s.id FROM ticket s JOIN ticket f ON f.id = s.second_of_id
        WHERE f.answered_at IS NULL OR f.answered_at > s.opened_at""",
    "es un segundo ticket y lo lleva quien respondió el primero": """
        SELECT s.id FROM ticket s JOIN ticket f ON f.id = s.second_of_id
        WHERE s.resolved_at IS NULL AND s.assignee_id = f.assignee_id""",
    "sigue en otro y nadie lo unió": """
        SELECT id FROM ticket t WHERE state = 'fusionado' AND NOT EXISTS
        (SELECT 1 FROM joint j WHERE j.ticket_id = t.id AND j.undone_at IS NULL)""",
    "está unido a otro y su estado dice que no": """
        SELECT t.id FROM joint j JOIN ticket t ON t.id = j.ticket_id WHERE j.undone_at IS NULL AND t.state <> 'fusionado'""",
    "está unido a un ticket de otra persona": """
        SELECT e.id FROM joint j JOIN ticket e ON e.id = j.ticket_id JOIN ticket i ON i.id = j.into_id
        WHERE e.person_id <> i.person_id""",
    "se respondió a muchos y nadie más lo revisó": """
        SELECT min(p.ticket_id) FROM surge s JOIN surge_ticket p ON p.surge_id = s.id
        WHERE s.state IN ('aprobado', 'enviado') AND s.reviewer_id IS NULL GROUP BY s.id HAVING count(*) > {unreviewed}""",
    "tiene nota y no tenía respuesta": """
        SELECT v.ticket_id FROM survey v JOIN ticket t ON t.id = v.ticket_id
        WHERE t.answered_at IS NULL OR t.answered_at > v.answered_at""",
    "la persona fue suprimida y queda lo que escribió con su nota": """
        SELECT ticket_id FROM survey WHERE comment <> '' AND ticket_id IN ({of_erased})""",
    "lo que se le dijo a la persona no tiene carta": """
        SELECT m.ticket_id FROM message m WHERE m.kind NOT IN ('persona', 'nota') AND m.at > {recent} AND NOT EXISTS
        (SELECT 1 FROM letter l WHERE l.ticket_id = m.ticket_id AND l.conversation_message_id = m.id)
        AND m.ticket_id NOT IN ({of_erased})""",
    "la respuesta dice una respuesta tipo y no es de este ticket": """
        SELECT u.ticket_id FROM canned_use u JOIN message m ON m.id = u.message_id
        WHERE m.ticket_id <> u.ticket_id OR m.kind <> 'respuesta'""",
    "el ticket está asignado a nadie": """
        SELECT id FROM ticket WHERE state IN ('asignado', 'en_analisis') AND assignee_id IS NULL""",
    "el ticket espera antecedentes que nadie pidió": """
        SELECT id FROM ticket t WHERE state = 'en_espera' AND NOT EXISTS
        (SELECT 1 FROM pause p WHERE p.ticket_id = t.id AND p.ended_at IS NULL)""",
    "el ticket no espera y su plazo sigue detenido": """
        SELECT p.ticket_id FROM pause p JOIN ticket t ON t.id = p.ticket_id
        WHERE p.ended_at IS NULL AND t.state <> 'en_espera'""",
    "el ticket vence antes de su ingreso": "SELECT id FROM ticket WHERE due_on < legal_on",
    "el ticket es de plazo y no tiene la fecha del aviso": "SELECT id FROM ticket WHERE route = 'plazo' AND notice_on IS NULL",
    "el ticket tiene un plazo propio y no va primero": "SELECT id FROM ticket WHERE notice_on IS NOT NULL AND urgency <> 0",
    "el ticket terminó antes de empezar": "SELECT id FROM ticket WHERE resolved_at < opened_at OR answered_at < opened_at",
    "el ticket es de una cuenta sin validar": """
        SELECT t.id FROM ticket t JOIN person p ON p.id = t.person_id JOIN account a ON a.id = p.account_id
        WHERE a.verified_at IS NULL""",
    "la persona fue suprimida y su ticket sigue abierto": """
        SELECT id FROM ticket WHERE resolved_at IS NULL AND id IN ({of_erased})""",
    "la persona fue suprimida y quedan palabras suyas": """
        SELECT DISTINCT ticket_id FROM message WHERE body <> '' AND ticket_id IN ({of_erased})""",
    "la persona fue suprimida y queda un archivo suyo": """
        SELECT DISTINCT ticket_id FROM attachment WHERE ticket_id IN ({of_erased})""",
    "la mirada dice otra persona que la del ticket": """
        SELECT l.ticket_id FROM look l JOIN ticket t ON t.id = l.ticket_id
        JOIN person p ON p.id = l.person_id JOIN account a ON a.id = p.account_id
        WHERE l.person_id <> t.person_id AND a.erased_at IS NULL""",
    "la persona fue suprimida y quedan palabras sobre por qué se miró": """
        SELECT l.ticket_id FROM look_words w JOIN look l ON l.id = w.look_id WHERE l.ticket_id IN ({of_erased})""",
    "la persona fue suprimida y queda una respuesta por salir": """
        SELECT ticket_id FROM held_answer WHERE ticket_id IN ({of_erased})""",
    "la respuesta está por salir y ya salió": """
        SELECT h.ticket_id FROM held_answer h JOIN message m ON m.submit_key = h.submit_key""",
    "la respuesta está por salir y el ticket es de otra persona del equipo": """
        SELECT h.ticket_id FROM held_answer h JOIN ticket t ON t.id = h.ticket_id
        WHERE t.version = h.version AND (t.assignee_id IS NULL OR t.assignee_id <> h.staff_id)""",
    "la respuesta está por salir y el ticket ya terminó sin ella": """
        SELECT h.ticket_id FROM held_answer h JOIN ticket t ON t.id = h.ticket_id
        WHERE t.version = h.version AND t.resolved_at IS NOT NULL""",
    "la persona fue suprimida y quedan etiquetas en su ticket": """
        SELECT DISTINCT ticket_id FROM tag WHERE ticket_id IN ({of_erased})""",
    "la persona fue suprimida y queda por qué su ticket se relaciona con otro": """
        SELECT ticket_id FROM relation WHERE reason <> '' AND (ticket_id IN ({of_erased}) OR other_id IN ({of_erased}))""",
    "el ticket tiene más etiquetas de las que caben": f"""
        SELECT ticket_id FROM tag GROUP BY ticket_id HAVING count(*) > {tags.MOST}""",
    "se mencionó a alguien en algo que no es una nota de ese ticket": """
        SELECT n.ticket_id FROM mention n JOIN message m ON m.id = n.message_id
        WHERE m.ticket_id <> n.ticket_id OR m.kind <> 'nota'""",
    "un enlace para bajar se usó antes de hacerse": "SELECT ticket_id FROM download WHERE used_at < created_at",
    "el archivo es de otra persona o de otro ticket": """
        SELECT f.ticket_id FROM attachment f JOIN ticket t ON t.id = f.ticket_id LEFT JOIN message m ON m.id = f.message_id
        WHERE t.person_id <> f.person_id OR m.ticket_id <> f.ticket_id""",
    "el archivo no es de quien escribió su mensaje": """
        SELECT f.ticket_id FROM attachment f JOIN message m ON m.id = f.message_id
        WHERE (f.staff_id IS NULL) <> (m.kind = 'persona')""",
    "guarda más de cinco versiones de un borrador": """
        SELECT ticket_id FROM draft_version GROUP BY ticket_id, staff_id, kind HAVING count(*) > 5""",
    "la persona fue suprimida y quedan palabras sin enviar sobre ella": """
        SELECT ticket_id FROM draft_version WHERE ticket_id IN ({of_erased})
        UNION SELECT ticket_id FROM answer_draft WHERE ticket_id IN ({of_erased})""",
}
_OF_ERASED = """
    SELECT t.id FROM account a CROSS JOIN person p CROSS JOIN ticket t
    WHERE a.erased_at IS NOT NULL AND p.account_id = a.id AND t.person_id = p.id"""
"""Few accounts are erased, so they come first; SQLite follows the order of a CROSS JOIN."""


@reads
def verify() -> Iterator[str]:
    """A line for each breach; nothing when all is well."""
    schema.require_current()
    return iter(
        [*_engine(), *_domain(), *_folios(), *_terms(), *_search(), *soundness.breaches(), *keeping.breaches(), *_canned()]
    )


def _engine() -> Iterator[str]:
    if not engines.is_sqlite(db.obj):
        return
    for (words,) in db.execute_sql("PRAGMA integrity_check(10)").fetchall():
        if words != "ok":
            yield f"la base de datos está dañada: {words}"
    for table, row, parent, _ in db.execute_sql("PRAGMA foreign_key_check").fetchall():
        yield f"{table} {row}: apunta a algo que no existe en {parent}"


def _domain() -> Iterator[str]:
    for words, query in _RULES.items():
        asked = query.format(recent=clock.now() - _LETTERS_CHECKED, of_erased=_OF_ERASED, unreviewed=surges.UNREVIEWED)
        rows = db.execute_sql(asked).fetchmany(_SHOWN + 1)
        yield from _lines(words, [row[0] for row in rows])


def _folios() -> Iterator[str]:
    wrong = [ticket_id for ticket_id, folio in Ticket.select(Ticket.id, Ticket.folio).tuples().iterator()
             if parse_folio(folio) != folio]  # fmt: skip
    yield from _lines("el folio no es válido", wrong)


def _terms() -> Iterator[str]:
    yield from _lines("vence otro día que el que se cuenta (ayuda init cuenta los abiertos de nuevo)", renewing.wrong())


def _canned() -> Iterator[str]:
    """Counters of canned answers that are not the sum of their uses, and answers whose version is not there."""
    counted = """
        SELECT c.code FROM canned c LEFT JOIN
        (SELECT u.canned_id, count(*) AS answered, sum(CASE WHEN EXISTS
          (SELECT 1 FROM ticket s WHERE s.second_of_id = u.ticket_id) THEN 1 ELSE 0 END) AS seconds
         FROM canned_use u GROUP BY u.canned_id) t ON t.canned_id = c.id
        WHERE c.answered <> coalesce(t.answered, 0) OR c.seconds <> coalesce(t.seconds, 0)
        OR NOT EXISTS (SELECT 1 FROM canned_version v WHERE v.canned_id = c.id AND v.number = c.number)"""
    for (code,) in db.execute_sql(counted).fetchmany(_SHOWN):
        yield f"la respuesta tipo {code} cuenta otros usos que los que hay, o le falta su versión"


def _search() -> Iterator[str]:
    key = "rowid" if engines.is_sqlite(db.obj) else "ticket_id"
    missing = db.execute_sql(
        f"SELECT t.id FROM ticket t LEFT JOIN ticket_search s ON s.{key} = t.id WHERE s.{key} IS NULL"
    ).fetchmany(_SHOWN + 1)
    yield from _lines("el ticket no se encuentra al buscar", [row[0] for row in missing])
    yield from _lines("el ticket está abierto y no se busca entre los abiertos (lo arregla ayuda init)", finding.unmarked())


def _lines(words: str, tickets: list[int]) -> Iterator[str]:
    for ticket_id in tickets[:_SHOWN]:
        yield f"ticket {ticket_id}: {words}"
    if len(tickets) > _SHOWN:
        yield f"…y más: {words}"
