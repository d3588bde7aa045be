"""The ticket that is being written: for whom, what was answered so far, which step comes next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from urllib.parse import urlencode

from core.errors import NotFound
from core.people.account_views import Person
from core.tickets.citizens import drafts, forms
from core.tickets.views import Draft
from core.tramites.catalogue import catalogue
from core.tramites.catalogue_views import Categoria
from intake_web.visit import Visit

START = "/ticket/nuevo"
CHOICES = ("tipo", "materia", "categoria")
DETAILS, CHECK, REFERRED = "detalle", "revisar", "derivado"
STEPS = (*CHOICES, DETAILS, CHECK)
TOTAL = len(STEPS)
_ORDER = (*CHOICES, REFERRED, DETAILS, CHECK)


@dataclass(frozen=True)
class Writing:
    """A ticket being written: for whom, and the answers so far."""

    person: Person
    several: bool
    find_draft: Callable[[], Draft | None]

    @cached_property
    def draft(self) -> Draft | None:
        """What was kept so far; looked up once, and only by whoever wants to know."""
        return self.find_draft()

    @property
    def fields(self) -> dict[str, str]:
        """The answers so far; those not given are empty."""
        given = self.draft.fields if self.draft else {}
        return {name: given.get(name, "") for name in drafts.FIELDS}

    @property
    def other_text(self) -> str:
        """What another window kept, until the person has seen it beside this one's text."""
        return self.draft.other_text if self.draft else ""

    @property
    def sheet(self) -> str:
        """The mark of a page that shows the text, which tells one window from another."""
        return drafts.new_sheet(self.draft) if self.draft else ""

    def now(self, draft: Draft | None) -> Writing:
        """The same ticket with another draft."""
        return Writing(self.person, self.several, lambda: draft)

    def path(self, step: str, changing: bool = False) -> str:
        """Where a step is: for whom, if the account stands for several persons, and whether one answer is changed."""
        base = START if step == "tipo" else f"{START}/{step}"
        asked = {"persona": str(self.person.id)} if self.several else {}
        asked |= {"cambiar": "si"} if changing else {}
        return f"{base}?{urlencode(asked)}" if asked else base

    @property
    def categoria(self) -> Categoria | None:
        """The categoría chosen so far."""
        return catalogue().categoria(self.fields["categoria"])

    def first_open(self) -> str:
        """The first step that still needs an answer, or the last page when none does."""
        fields = self.fields
        for step in CHOICES:
            if forms.complaints(fields, (step,)):
                return step
        if self.categoria and self.categoria.route == "derivar":
            return REFERRED
        return DETAILS if forms.complaints(fields) or self.other_text else CHECK

    def is_too_early(self, step: str) -> bool:
        """Whether an earlier step still needs an answer; raises `NotFound` for a step that there is not."""
        return _position(step) > _position(self.first_open())

    def after(self, step: str, changing: bool) -> str:
        """The next step in order, or the one that still needs an answer; a change leads straight to that."""
        onward = STEPS[STEPS.index(step) + 1] if step in STEPS[:-1] else self.first_open()
        return self.first_open() if changing else min(onward, self.first_open(), key=_position)


def writing_of(visit: Visit) -> Writing | None:
    """What is being written and for whom; None while an account with several persons has not said."""
    account = visit.person
    several = len(account.persons) > 1
    named = visit.form["persona"] if visit.environ["REQUEST_METHOD"] == "POST" else ""
    named = named or visit.query["persona"]
    if several and not named:
        return None
    number = int(named) if named.isascii() and named.isdigit() and len(named) < 18 else -1
    person = account.person(number if several else None)
    if person is None:
        raise NotFound("")
    return Writing(person, several, partial(drafts.read, person.id))


def _position(step: str) -> int:
    if step not in _ORDER:
        raise NotFound("")
    return _ORDER.index(step)
