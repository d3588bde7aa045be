"""What services tell about tickets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.files.views import Attachment
from core.mail.views import Sent
from core.people.account_views import Person
from core.tickets.answers.views import Held
from core.tickets.lists.views import TicketRow
from core.tramites.views import Tramite


@dataclass(frozen=True, slots=True)
class Message:
    """Something said: by the person (`persona`), in an answer (`respuesta`), in an internal note (`nota`)."""

    id: int
    at: int
    kind: str
    author: str
    body: str
    fate: str
    """What became of the letter that carries it; empty when none does."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a ticket."""

    at: int
    kind: str
    author: str
    code: str


@dataclass(frozen=True, slots=True)
class Watcher:
    """A colleague who has the ticket before them."""

    staff_id: int
    name: str
    writing: bool
    leads: bool = False
    """Whether this one began to write before everybody else who writes here now."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a draft said at some moment (epoch seconds)."""

    at: int
    body: str


@dataclass(frozen=True, slots=True)
class Related:
    """A ticket that was tied to another, and why if anybody said so."""

    row: TicketRow
    reason: str


@dataclass(frozen=True, slots=True)
class Clock:
    """How a ticket's term stands, beside the day on which it ends."""

    own_due_on: date | None
    """The last day of the person's own legal term, when one runs."""
    waits_until: date | None
    """The last day for what the person was asked for, while the ticket waits."""
    ran_out_on: date | None
    """The last day of a wait in which nothing came, when that was the latest."""
    days: int
    more_days: int
    in_business_days: bool


NO_CLOCK = Clock(None, None, None, 0, 0, True)


@dataclass(frozen=True, slots=True)
class TicketSheet:
    """A ticket with everything that an analyst needs beside it."""

    row: TicketRow
    person: Person
    email: str
    tramite: Tramite | None
    region: str
    language: str
    notice_on: date | None
    messages: tuple[Message, ...]
    earlier: tuple[TicketRow, ...]
    events: tuple[Event, ...]
    watchers: tuple[Watcher, ...]
    drafts: Mapping[str, str]
    """What the reader is still writing: kind of message → text."""
    age_days: int
    """Business days since it was filed."""
    days_left: int
    """Business days until it is due; negative when overdue."""
    can: dict[str, str] = field(default_factory=dict)
    """Verb → empty when it can be done now, otherwise why not."""
    first: First | None = None
    """The ticket whose answer was not enough, when this is the second one and the first may be seen."""
    clock: Clock = NO_CLOCK
    letters: tuple[Sent, ...] = ()
    files: tuple[Attachment, ...] = ()
    twins: tuple[TicketRow, ...] = ()
    """Other people's tickets about the same trámite that are open or were answered lately."""
    hidden_twins: int = 0
    """How many more of these this reader may not see."""
    held: Held | None = None
    """The answer that is about to go out."""
    joined: tuple[First, ...] = ()
    """The tickets that go on in this one and may be seen, oldest first."""
    goes_on_in: str = ""
    """The folio of the later ticket in which this one goes on."""
    related: tuple[Related, ...] = ()
    of_tramite: int = 0
    """How many other tickets are about the same trámite, tied to this one or not."""
    asides: Mapping[str, str] = field(default_factory=dict)
    """What stands in the line beside each draft: kind of message → words."""
    enclosed: tuple[Attachment, ...] = ()
    """The files that the reader has chosen for the answer."""

    @property
    def answer_draft(self) -> str:
        """The answer that the reader has begun."""
        return self.drafts.get("respuesta", "")

    @property
    def note_draft(self) -> str:
        """The note that the reader has begun."""
        return self.drafts.get("nota", "")


@dataclass(frozen=True, slots=True)
class CitizenTicket:
    """A ticket as its person sees it: no internal notes, no names that are not theirs to know."""

    folio: str
    state: str
    person_id: int
    person_name: str
    tipo: str
    materia: str
    categoria: str
    tramite: str
    tramite_strange: bool
    opened_at: int
    legal_on: date
    due_on: date
    answered_at: int | None
    messages: tuple[Message, ...]
    is_open: bool
    clock: Clock = NO_CLOCK
    """How its term stands; asked for with a single ticket only."""
    second_of: str = ""
    """The folio of the ticket whose answer was not enough; asked for with a single ticket only, like the next."""
    followed_by: str = ""
    """The folio of the second ticket after this one's answer."""
    goes_on_in: str = ""
    """The folio of the later ticket in which this one goes on."""
    joined: tuple[str, ...] = ()
    """The folios of the tickets that go on in this one; their conversations come first in `messages`."""
    letters: tuple[Sent, ...] = ()
    files: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """A ticket that a person is still writing: the fields of the form as typed."""

    person_id: int
    fields: dict[str, str]
    key: str
    """Sent with the form, so that the same ticket is never opened twice."""
    saved_at: int
    sheet: str = ""
    """The mark of the page that it was last changed on."""

    @property
    def other_text(self) -> str:
        """A text that was kept in another window, and waits until the person has chosen."""
        return self.fields.get("otro_texto", "")

    @property
    def is_begun(self) -> bool:
        """Whether the person has answered anything; a trámite that a page filled in is no answer."""
        return bool(self.fields.get("tipo") or self.fields.get("texto"))


@dataclass(frozen=True, slots=True)
class First:
    """An earlier ticket with its conversation, beside the later one that it belongs to."""

    row: TicketRow
    messages: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not leave with an answer: what it is, in a sentence that says what to do, and where it stands."""

    code: str
    sentence: str
    start: int = 0
    end: int = 0
    """The same as `start` when it concerns the text whole."""
    hard: bool = False
    """No reason overrules it."""


@dataclass(frozen=True, slots=True)
class Overruled:
    """Findings that somebody has seen and sends all the same, and why."""

    codes: frozenset[str] = frozenset()
    reason: str = ""
