"""The rules that hours keep, as `ayuda verify` looks at them."""

from __future__ import annotations

from collections.abc import Iterator

from core.database.binding import db, reads

_SHOWN = 5
_RULES = {
    "la persona tiene otra hora reservada": """
        SELECT min(id) FROM appointment WHERE ended_at IS NULL GROUP BY person_id HAVING count(*) > 1""",
    "el mismo puesto de la misma hora se dio dos veces": """
        SELECT min(id) FROM appointment WHERE place IS NOT NULL GROUP BY office, starts_at, place HAVING count(*) > 1""",
    "terminó y sigue reservada, o al revés": """
        SELECT id FROM appointment WHERE (state = 'reservada') <> (ended_at IS NULL)""",
    "se devolvió y guarda su puesto, o al revés": """
        SELECT id FROM appointment WHERE (state IN ('cancelada', 'suspendida')) <> (place IS NULL)""",
    "es por el ticket de otra persona": """
        SELECT a.id FROM appointment a JOIN ticket t ON t.id = a.ticket_id WHERE t.person_id <> a.person_id""",
    "es de una persona suprimida y sigue reservada": """
        SELECT a.id FROM appointment a JOIN person p ON p.id = a.person_id JOIN account c ON c.id = p.account_id
        WHERE a.ended_at IS NULL AND c.erased_at IS NOT NULL""",
}


@reads
def breaches() -> Iterator[str]:
    """A line for each hour that breaks a rule."""
    return iter([line for words, query in _RULES.items() for line in _lines(words, query)])


def _lines(words: str, query: str) -> Iterator[str]:
    rows = db.execute_sql(query).fetchmany(_SHOWN + 1)
    yield from (f"hora {row[0]}: {words}" for row in rows[:_SHOWN])
    if len(rows) > _SHOWN:
        yield f"…y más: {words}"
