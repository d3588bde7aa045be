"""What the catalogue says: what a ticket can be about."""

from __future__ import annotations

from typing import NamedTuple


class Tipo(NamedTuple):
    """A kind of request: consulta, reclamo, sugerencia, felicitación."""

    id: str
    name: str
    answer_days: int | None = None
    """Business days to answer, where it is not the usual term."""


class Categoria(NamedTuple):
    """What exactly a ticket is about, and what that asks of the person."""

    id: str
    materia_id: str
    name: str
    have_at_hand: tuple[str, ...]
    tramite: str
    """`req` asked first, `opc` may be given, `no` not asked."""
    attachment: str
    route: str
    term_days: int | None
    """Business days from the notice, for the route with a running term."""
    derive_to: str
    calendar_days: int | None = None
    """Calendar days to answer, where a law counts those."""


class Materia(NamedTuple):
    """A subject, with the kinds of request that it is offered for."""

    id: str
    name: str
    tipos: tuple[str, ...]
    categorias: tuple[Categoria, ...]


class Catalogue(NamedTuple):
    """Everything that a ticket can be about."""

    tipos: tuple[Tipo, ...]
    materias: tuple[Materia, ...]

    def tipo(self, code: str) -> Tipo | None:
        """The tipo of a code."""
        return next((tipo for tipo in self.tipos if tipo.id == code), None)

    def materia(self, code: str) -> Materia | None:
        """The materia of a code."""
        return next((materia for materia in self.materias if materia.id == code), None)

    def categoria(self, code: str) -> Categoria | None:
        """The categoría of a code."""
        return next((each for materia in self.materias for each in materia.categorias if each.id == code), None)

    def materias_for(self, tipo: str) -> tuple[Materia, ...]:
        """The materias that are offered for a tipo."""
        return tuple(materia for materia in self.materias if tipo in materia.tipos)
