"""Files on the ticket's pages: taken in at once, listed with a way to take each out again, saved by whom they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from core.errors import NotFound
from core.files import words
from core.files.views import MOST_FILES, Arrived, Attachment
from core.people.account_views import Person
from core.tickets import enclosing
from intake_web import parts
from intake_web.replies import Reply, save
from intake_web.visit import Visit

ACCEPT = ".pdf,.jpg,.jpeg,.png,.heic,.heif,application/pdf,image/jpeg,image/png,image/heic,image/heif"
_LONGEST_ID = 18
Refusals = dict[str, str]


def stays(visit: Visit) -> bool:
    """Whether the page is to be shown again, with the files as they are now."""
    return bool(visit.form["subir"] or visit.form["quitar"])


def came(visit: Visit) -> bool:
    """Whether this form changes which files there are."""
    return bool(visit.parcel.files or visit.form["quitar"])


def take_into_draft(visit: Visit, person: Person) -> Refusals:
    """Keep what came for the draft, take out what is not wanted; the complaint about what could not be kept."""
    account = visit.person
    return _take(
        visit,
        lambda arrived: enclosing.add_to_draft(account, person.id, arrived),
        lambda number: enclosing.take_out_of_draft(account, person.id, number),
    )


def take_into_ticket(visit: Visit, folio: str) -> Refusals:
    """The same for what is being added to a ticket."""
    account = visit.person
    return _take(
        visit,
        lambda arrived: enclosing.add_to_ticket(account, folio, arrived),
        lambda number: enclosing.take_out_of_ticket(account, folio, number),
    )


def field(held: tuple[Attachment, ...], asked: bool = False) -> dict[str, object]:
    """What the field shows: the limits, what is there already, whether more fits, whether a document is asked for."""
    return {
        "held": [(each.id, each.name, words.size(each.size)) for each in held],
        "limits": words.limits(),
        "accept": ACCEPT,
        "fits": len(held) < MOST_FILES,
        "asked": asked,
    }


def sent(folio: str, held: Iterable[Attachment]) -> dict[int | None, list[tuple[str, str, str]]]:
    """The files of a ticket by the message that they came with: where each is saved from, its name, its size."""
    found: dict[int | None, list[tuple[str, str, str]]] = {}
    for each in held:
        place = f"/ticket/{folio}/archivo/{each.number}"
        found.setdefault(each.message_id, []).append((place, each.name, words.size(each.size)))
    return found


def download(visit: Visit, folio: str, number: str) -> Reply:
    """A file of one's own ticket, to be saved; a stranger's is as unknown as one that does not exist."""
    opened = enclosing.open_own(visit.person, folio, _number(number))
    return save(opened.content, opened.about.media_type, opened.about.name)


def _take(visit: Visit, add: Callable[[list[Arrived]], list[str]], take_out: Callable[[int], None]) -> Refusals:
    unwanted, parcel = visit.form["quitar"], visit.parcel
    if unwanted.isascii() and unwanted.isdigit() and len(unwanted) <= _LONGEST_ID:
        take_out(int(unwanted))
    refusals = add(parcel.files) if parcel.files else []
    refusals += filter(None, [parts.complaint(parcel.cut)])
    return {parts.FIELD: " ".join(refusals)} if refusals else {}


def _number(text: str) -> int:
    if len(text) > _LONGEST_ID or int(text) > 2**31 - 1:  # PostgreSQL's integers end there
        raise NotFound("")
    return int(text)
