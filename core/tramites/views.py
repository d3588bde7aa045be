"""What services tell about subjects and procedures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tipo:
    """A kind of request: consulta, reclamo, sugerencia, felicitación."""

    id: str
    name: str
    answer_days: int | None = None
    """Business days to answer, where it is not the usual term."""


@dataclass(frozen=True, slots=True)
class Categoria:
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


@dataclass(frozen=True, slots=True)
class Materia:
    """A subject, with the kinds of request that it is offered for."""

    id: str
    name: str
    tipos: tuple[str, ...]
    categorias: tuple[Categoria, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
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


@dataclass(frozen=True, slots=True)
class Procedure:
    """Something that can be asked of the service in the portal."""

    id: str
    name: str
    what_for: str
    featured: bool
    unverified: bool
    """What is said about it still has to be checked with the service."""
    answered_here: bool
    """It asks how one's own procedures stand: the portal tells at once, there is nothing to begin."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a procedure in plain words."""

    name: str
    states: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Link:
    """A page of the portal that helps at once."""

    path: str
    name: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What can be said about the commonest question before anybody writes."""

    question: str
    text: tuple[str, ...]
    good_for: tuple[str, ...]
    """What a ticket about it can do."""
    no_good_for: tuple[str, ...]
    links: tuple[Link, ...]
    with_stages: bool
    """The stages of a procedure belong to it, and where one's own are."""
    kinds: tuple[str, ...]
    """Words in the names of the trámites that it is about."""
    unverified: bool
    """Part of it still has to be checked with the service."""


@dataclass(frozen=True, slots=True)
class StageTimes:
    """How long a stage takes, in days, of trámites of a kind that have left it within a year."""

    kind: str
    stage: str
    count: int
    half: int
    """Half of them took this or less."""
    most: int
    """Nine of ten took this or less."""
    counted_on: date


@dataclass(frozen=True, slots=True)
class Tramite:
    """A procedure that the service knows, as its owner sees it."""

    id: str
    kind: str
    state: str
    created_on: date | None
