"""What happens to each ticket of the example, from its arrival until now, as rows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from core import clock
from core.calendar import ledger
from core.database import fulltext
from core.identifiers import format_folio, normalise_tramite
from core.operations.example.crowd import Member
from core.operations.example.letters import Letters
from core.operations.example.phrases import Phrase
from core.operations.example.plan import Filing, Plan
from core.operations.example.rows import Rows
from core.operations.example.staff import Desk
from core.operations.example.texts import Texts
from core.tickets import closing, terms, waiting
from core.tickets.opening import URGENT_ROUTES
from core.tickets.terms import Wait
from core.tramites.catalogue import regions

_DAY = 86_400
_GRADED, _GRADES = 0.07, (5, 4, 5, 7, 9, 27, 43)
"""How many grade an answer, and how often each grade from 1 to 7 is given."""
_STRANGE = ("RT 2024/118", "solicitud 12-A", "RE-00981-X", "folio 4471/23", "está en el correo")
_REGION_WEIGHTS = (3, 5, 7, 2, 4, 7, 58, 4, 3, 1, 3, 1, 1, 1, 0.3, 0.5)


@dataclass(slots=True)
class Telling:
    """A ticket while its story is told: what was said and what happened, in any order."""

    ticket_id: int
    filing: Filing
    member: Member
    route: str
    language: str
    tramite: str
    folio: str
    due: date
    """The day that the receipt names."""
    due_number: int
    """The same as a column, moved by a wait."""
    events: list[tuple[int, str, int | None, str]]
    said: list[tuple[int, str, int | None, list[Phrase]]]
    state: str = "ingresado"
    assignee: int | None = None
    answered_at: int | None = None
    resolved_at: int | None = None
    asked_at: int | None = None
    wait: Wait | None = None
    first: First | None = None


class First(NamedTuple):
    """The ticket whose answer was not enough, and who gave that answer."""

    ticket_id: int
    analyst: int | None


class Teller:
    """Tells one ticket after the other."""

    def __init__(self, plan: Plan, texts: Texts, desk: Desk, random: Random, folios: Counter[int], letters: Letters) -> None:
        self._plan, self._texts, self._desk, self._random = plan, texts, desk, random
        self.folios = folios
        self._letters = letters
        self._regions = regions()
        self._strange = [normalise_tramite(typed) for typed in _STRANGE]

    def tell(self, ticket_id: int, message_id: int, filing: Filing, member: Member, first: First | None, rows: Rows) -> Telling:
        """Add a ticket with everything around it; ids of its messages begin at `message_id`."""
        story = self._begin(ticket_id, filing, member)
        story.first = first
        self._go_on(story)
        self._add_ticket(story, rows)
        self._add_said(story, message_id, rows)
        self._grade(story, rows)
        for at, kind, staff_id, code in sorted(story.events, key=lambda event: event[0]):
            rows.add("event", ticket_id, at, kind, staff_id, code)
        return story

    def _begin(self, ticket_id: int, filing: Filing, member: Member) -> Telling:
        categoria = filing.subject.categoria
        year = self._plan.days.numbers[filing.place] // 10_000
        self.folios[year] += 1
        language = self._texts.language()
        tramite = self._tramite(member) if categoria.tramite != "no" else ""
        question = self._texts.question(filing.subject, language, tramite if tramite.isdigit() else "")
        route = "nna" if member.is_child and categoria.route == "normal" else categoria.route
        return Telling(
            ticket_id=ticket_id,
            filing=filing,
            member=member,
            route=route,
            language=language,
            tramite=tramite,
            folio=format_folio(year, self.folios[year]),
            due=self._plan.days.dates[filing.due],
            due_number=filing.promised["due_on"],
            events=[(filing.at, "abierto", None, categoria.id)],
            said=[(filing.at, "persona", None, question)],
        )

    def _tramite(self, member: Member) -> str:
        chance = self._random.random()
        return member.tramite if chance < 0.84 else self._random.choice(self._strange).value if chance < 0.88 else ""

    def _go_on(self, story: Telling) -> None:
        at, end = story.filing.at, story.filing.answered_at
        if end > self._plan.now:
            self._wait_on(story, at)
        elif self._random.random() < 0.012:
            story.state, story.resolved_at = "desistido", end
            story.events.append((end, "desistido", None, ""))
        else:
            self._answer(story, at, end)

    def _wait_on(self, story: Telling, at: int) -> None:
        """Still open: with nobody, or with somebody who has room for it."""
        now, random = self._plan.now, self._random
        first = story.first and story.first.analyst
        staff_id = self._desk.who_has_room(story.route, first) if now - at > 3600 else None
        if staff_id is None:
            return
        taken = at + int((now - at) * random.uniform(0.3, 0.9))
        story.assignee = staff_id
        story.events.append((taken, "asignado", staff_id, ""))
        story.state = random.choices(("asignado", "en_analisis", "en_espera"), (55, 33, 12))[0]
        if story.state == "en_espera":
            self._ask(story, staff_id, max(taken, now - random.randrange(3600, 4 * _DAY)))
        elif story.state == "en_analisis":
            story.said.append((taken + (now - taken) // 2, "nota", staff_id, [*self._texts.note()]))
            story.events.append((taken + (now - taken) // 2, "nota", staff_id, ""))

    def _ask(self, story: Telling, staff_id: int, at: int) -> None:
        """Something is missing: the clock stands still for at most five business days, of which none is over yet."""
        days = self._plan.days
        asked_on = days.legal(days.place_of(at))
        until = days.business_after(asked_on, waiting.DAYS)
        story.asked_at, story.wait = at, Wait(days.numbers[asked_on], days.numbers[until], None, "")
        made = terms.made_of(story.filing.promised)
        story.due_number = clock.day_number(ledger.count(terms.term(made, (story.wait,))).due_on)
        story.said.append((at, "pedido", staff_id, self._texts.request()))
        story.events.append((at, "pedido", staff_id, str(story.wait.until_on)))

    def _answer(self, story: Telling, at: int, end: int) -> None:
        random, texts = self._random, self._texts
        staff_id = self._desk.who_answers(story.route, story.first and story.first.analyst)
        taken = at + int((end - at) * random.uniform(0.45, 0.97))
        story.assignee, story.state = staff_id, "respondido"
        story.answered_at = story.resolved_at = end
        story.events += [(taken, "asignado", staff_id, ""), (end, "respondido", staff_id, "")]
        if random.random() < 0.22:
            other = self._desk.who_answers(story.route)
            story.events += [(at + (taken - at) // 3, "asignado", other, ""), (at + (taken - at) // 2, "soltado", other, "")]
        if random.random() < 0.45:
            noted = (taken + end) // 2
            story.said.append((noted, "nota", staff_id, texts.note()))
            story.events.append((noted, "nota", staff_id, ""))
        if random.random() < 0.18:
            story.said.append((at + (taken - at) // 4, "persona", None, texts.addition()))
            story.events.append((at + (taken - at) // 4, "agregado", None, ""))
        story.said.append((end, "respuesta", staff_id, texts.answer(story.filing.subject, story.language)))
        self._close(story, end)

    def _close(self, story: Telling, end: int) -> None:
        enough = self._random.random() < 0.15
        closed = end + (self._random.randrange(_DAY, 7 * _DAY) if enough else closing.CLOSED_AFTER)
        if closed <= self._plan.now:
            story.state = "cerrado"
            story.events.append((closed, "cerrado", None, closing.ENOUGH if enough else closing.TIME))

    def _grade(self, story: Telling, rows: Rows) -> None:
        """Some of those who were answered say by the letter's link what they think of it."""
        if story.answered_at is None or self._random.random() > _GRADED:
            return
        at = story.answered_at + self._random.randrange(600, 5 * _DAY)
        if at <= self._plan.now:
            grade = self._random.choices(range(1, 8), _GRADES)[0]
            on = self._plan.days.numbers[self._plan.days.place_of(at)]
            rows.add("survey", story.ticket_id, grade, self._texts.opinion(), at, on)

    def _add_ticket(self, story: Telling, rows: Rows) -> None:
        filing, numbers, dates = story.filing, self._plan.days.numbers, self._plan.days
        answered_on = numbers[dates.place_of(story.answered_at)] if story.answered_at else None
        region = self._random.choices(self._regions, _REGION_WEIGHTS)[0] if self._random.random() < 0.85 else ""
        changes = sum(kind in _CHANGES for _, kind, _, _ in story.events)
        rows.add(
            "ticket", story.ticket_id, story.folio, story.member.person_id, story.state, filing.subject.tipo,
            filing.subject.categoria.materia_id, filing.subject.categoria.id, story.route, story.tramite or None,
            int(bool(story.tramite) and not story.tramite.isdigit()), region,
            None if filing.notice is None else numbers[filing.notice], story.language, filing.at, numbers[filing.place],
            numbers[filing.legal], story.due_number, 0 if story.route in URGENT_ROUTES else 1, story.assignee,
            story.first and story.first.ticket_id,
            story.answered_at, answered_on, story.resolved_at, f"ejemplo-{story.ticket_id}", 1 + changes,
            filing.promised["term_days"], filing.promised["term_business"], filing.promised["notice_days"],
        )  # fmt: skip

    def _add_said(self, story: Telling, message_id: int, rows: Rows) -> None:
        words = [story.tramite.lower() if story.tramite.isdigit() else "", story.member.words]
        words += [] if story.resolved_at else [fulltext.OPEN]
        story.said.sort(key=lambda message: message[0])
        for offset, (at, kind, staff_id, phrases) in enumerate(story.said):
            body = "\n".join(phrase.text for phrase in phrases)
            rows.add("message", message_id + offset, story.ticket_id, at, kind, staff_id, body)
            words += [phrase.words for phrase in phrases]
            if kind == "respuesta":
                self._letters.answer(story, message_id + offset, body, at, rows)
            elif story.wait and kind == "pedido":
                self._letters.request(story, message_id + offset, body, story.wait, at, rows)
                asked = (story.ticket_id, staff_id, message_id + offset, at, story.wait.asked_on)
                rows.add("pause", *asked, waiting.DAYS, story.wait.until_on, "")
        self._letters.receipt(story, rows)
        rows.words.append((story.ticket_id, " ".join(dict.fromkeys(" ".join(words).split()))))


_CHANGES = frozenset({"asignado", "soltado", "agregado", "pedido", "respondido", "desistido", "cerrado"})
