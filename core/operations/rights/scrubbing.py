"""How each table forgets somebody: words, names and addresses go; ids, codes and dates stay for the figures."""

from __future__ import annotations

from collections.abc import Callable

from core import clock, tokens
from core.database import fulltext
from core.mail.models import Letter
from core.operations.rights.whose import Whose
from core.people import models as people
from core.people import throttles, visitors
from core.people.links import LIFETIMES
from core.text import words
from core.tickets import models as tickets
from core.tramites import models as tramites

NAME = "Datos suprimidos"
UNKNOWN_COUNTRY = "xx"
Scrub = Callable[[Whose], None]


def address_of(account_id: int) -> str:
    """What stands in the place of an erased account's address: no letter can reach it (RFC 6761)."""
    return f"cuenta-{account_id}@suprimida.invalid"


def known_words(whose: Whose) -> set[str]:
    """Every word by which the tickets could be found."""
    known = set(words(" ".join(whose.addresses)))
    for table, columns, condition in (
        (tickets.Message, ("body",), tickets.Message.ticket.in_(whose.ticket_ids)),
        (tickets.Ticket, ("tramite_id",), tickets.Ticket.id.in_(whose.ticket_ids)),
        (people.Person, ("given_names", "first_surname", "second_surname"), people.Person.id.in_(whose.person_ids)),
    ):
        for row in table.select().where(condition):
            known.update(word for column in columns for word in words(getattr(row, column) or ""))
    return known


def search_words(whose: Whose) -> None:
    """Make the tickets findable by nothing; must run before the words themselves are gone."""
    fulltext.index_many((ticket_id, ()) for ticket_id in whose.ticket_ids)
    fulltext.unlearn(known_words(whose))


def account(whose: Whose) -> None:
    """Nobody can sign in, no address, no RUN; the row stays for the tickets that hang on it."""
    people.Account.update(
        email=address_of(whose.account_id),
        password_hash=None,
        run=None,
        language="es",
        blocked_at=None,
        erased_at=clock.now(),
    ).where(people.Account.id == whose.account_id).execute()


def persons(whose: Whose) -> None:
    """A person without name, birth or country."""
    people.Person.update(
        given_names=NAME,
        first_surname="",
        second_surname="",
        single_name=1,
        birth_on=None,
        country=UNKNOWN_COUNTRY,
        relation="",
        guardian="",
    ).where(people.Person.id.in_(whose.person_ids)).execute()


def sessions(whose: Whose) -> None:
    """All sessions end."""
    people.Session.delete().where(people.Session.account == whose.account_id).execute()


def links(whose: Whose) -> None:
    """All links of letters are worth nothing."""
    people.Link.delete().where(people.Link.account == whose.account_id).execute()


def visitor_drafts(whose: Whose) -> None:
    """What the account has begun, and what was typed before: in the browsers that signed up, and wherever the address was."""
    browsers = people.Link.select(people.Link.visitor).where(
        people.Link.account == whose.account_id, people.Link.visitor != tokens.digest("")
    )
    drawer = tokens.digest(visitors.drawer_of(whose.account_id))
    theirs = people.VisitorDraft.visitor.in_(browsers) | (people.VisitorDraft.visitor == drawer)
    for address in whose.addresses:
        theirs |= people.VisitorDraft.fields.contains(address)
    people.VisitorDraft.delete().where(theirs).execute()


def throttle(whose: Whose) -> None:
    """The allowances that go by the account or its addresses."""
    throttles.forget((*whose.addresses, str(whose.account_id), visitors.drawer_of(whose.account_id)))


def email_changes(whose: Whose) -> None:
    """The account's changes of address, and what others once asked for with an address of its own."""
    over = people.EmailChange.done_at.is_null(False) | (people.EmailChange.created_at < _since("email_new"))
    others = people.EmailChange.new_email.in_(whose.addresses) & over
    people.EmailChange.delete().where((people.EmailChange.account == whose.account_id) | others).execute()


def hand_overs(whose: Whose) -> None:
    """Offers for the account's persons, and those that others once made to an address of its own."""
    over = people.HandOver.done_at.is_null(False) | (people.HandOver.created_at < _since("hand_over"))
    others = people.HandOver.email.in_(whose.addresses) & over
    people.HandOver.delete().where(people.HandOver.person.in_(whose.person_ids) | others).execute()


def requests(whose: Whose) -> None:
    """What was asked and answered in words; that it was, and when, stays as the proof."""
    mine = people.DataRequest.account == whose.account_id
    people.DataRequest.update(body="", answer="").where(mine).execute()


def own_tickets(whose: Whose) -> None:
    """The trámite's number; folio, subject and dates stay."""
    mine = tickets.Ticket.id.in_(whose.ticket_ids)
    tickets.Ticket.update(tramite_id=None, tramite_strange=0).where(mine).execute()


def messages(whose: Whose) -> None:
    """Everything that was said, notes included."""
    tickets.Message.update(body="").where(tickets.Message.ticket.in_(whose.ticket_ids)).execute()


def ticket_drafts(whose: Whose) -> None:
    """What the person was writing."""
    tickets.TicketDraft.delete().where(tickets.TicketDraft.person.in_(whose.person_ids)).execute()


def answer_drafts(whose: Whose) -> None:
    """What somebody was writing to the person or about them."""
    tickets.AnswerDraft.delete().where(tickets.AnswerDraft.ticket.in_(whose.ticket_ids)).execute()


def held_answers(whose: Whose) -> None:
    """What was about to be answered."""
    tickets.HeldAnswer.delete().where(tickets.HeldAnswer.ticket.in_(whose.ticket_ids)).execute()


def draft_versions(whose: Whose) -> None:
    """What drafts about the person said before."""
    tickets.DraftVersion.delete().where(tickets.DraftVersion.ticket.in_(whose.ticket_ids)).execute()


def letters(whose: Whose) -> None:
    """The words and addresses of letters; those not yet delivered are withdrawn. What became of each stays."""
    mine = (Letter.account_id == whose.account_id) | Letter.ticket_id.in_(whose.ticket_ids)
    nobodys = Letter.account_id.is_null() & Letter.address.in_(whose.addresses)
    Letter.delete().where(mine | nobodys, Letter.state == "queued").execute()
    Letter.update(address="", subject="", body="", error="", attachment=None).where(mine | nobodys).execute()


def own_tramites(whose: Whose) -> None:
    """Whose the procedures are."""
    mine = tramites.Tramite.email.in_(whose.addresses)
    tramites.Tramite.update(email="").where(mine).execute()


def tramite_starts(whose: Whose) -> None:
    """The numbers that were given to procedures begun here; what was begun, and when, stays."""
    mine = tramites.TramiteStart.person.in_(whose.person_ids)
    tramites.TramiteStart.update(tramite_id=None).where(mine).execute()


def _since(purpose: str) -> int:
    return clock.now() - LIFETIMES[purpose]
