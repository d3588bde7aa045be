"""Every verb of core/tickets that treats a person's data, ready to be tried on blocked ones, and why the others do not."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from tempfile import gettempdir
from typing import Any

from core.files.views import Arrived
from core.people.account_views import Account
from core.people.views import Staff
from core.tickets import assigning, closing, desk, enclosing, ending, extending, identity, notices, opening, referring, waiting
from core.tickets.answers import answer_files, holding
from core.tickets.asides import related, tags, taking_out
from core.tickets.citizens import drafts, following, second
from core.tickets.lists.views import TicketRow
from core.tickets.many import batches, merging, surges
from tests.harness import cast

NO_TREATMENT = {
    "answering.give": "part of answering, which is refused",
    "batches.begin": "counts how many tickets are wanted; each is refused when its turn comes",
    "batches.end": "says that a batch is over",
    "deflection.solved": "counts that nobody had to write, and not who",
    "desk.save_draft empty": "removes what an analyst was writing",
    "desk.keep_draft": "part of saving a draft, which is refused; what is taken back from the hold is only kept",
    "desk.make_own": "part of claiming and answering, which are refused",
    "drafts.clear": "part of sending, which is refused",
    "drafts.drop": "the person throws away what was never sent",
    "freezing.give_up": "part of an erasure",
    "freezing.mark": "says in the history that it was blocked",
    "finding.index_again": "renews the search words of what is known",
    "identity.note_address": "part of changing the address of an account, which is refused",
    "identity.note_brought": "part of bringing an account back, which is refused",
    "looks.exported": "says that it was handed out",
    "looks.keep": "says that it was read",
    "looks.note": "says that it was read",
    "mentions.call": "part of a note, which is refused",
    "mentions.see": "a colleague has read what they were called to",
    "opening.route_again": "part of a correction, which is refused",
    "opening.enter": "part of opening a ticket, which is refused",
    "opening.hold": "makes others wait, and changes nothing",
    "own_views.drop": "a search line of somebody of the staff",
    "own_views.keep": "a search line of somebody of the staff",
    "own_views.rename": "a search line of somebody of the staff",
    "presence.look": "who has a ticket before them",
    "presence.stop_looking": "who has a ticket before them",
    "following.mark_shown": "the person has read it",
    "surges.begin": "says which tickets somebody looks at; the letter of one that is blocked says so, as tried below",
    "surges.drop": "somebody of the staff throws away what was never sent",
    "surges.finish": "says that an answer to many is sent",
    "surges.recover": "the words for many, which are nobody's yet",
    "surges.review": "about the words alone; each letter is refused when it goes",
    "surges.save": "the words for many, which are nobody's yet",
    "surges.take_back": "lets the words for many be written again",
    "surges.take_out": "leaves a ticket out of what is to be sent",
    "survey.answer": "refused too: the link's own tests try it",
    "taking_out.forget_old": "removes links that are worth nothing any more",
    "taking_out.take": "gives nothing: the links' own tests try it",
    "terms.settle": "counts what is known again",
    "versions.forget_old": "removes old words that nobody came back to",
    "versions.keep": "part of saving a draft, which is refused",
    "versions.keep_replaced": "part of saving a draft, which is refused",
    "visits.note": "says in the history what became of an hour",
    "waiting.came": "part of adding information, which is refused",
    "waiting.end": "part of whatever ends a ticket",
}


def treatments(owner: Account, folio: str, boss: Staff) -> dict[str, Callable[[], Any]]:
    """Every verb of core/tickets that changes something of a person's, ready to be called."""
    row = cast.row_of(folio, boss)
    return {**the_persons(owner, folio), **the_desks(row, boss), **of_more_than_one(row, boss)}


def the_persons(owner: Account, folio: str) -> dict[str, Callable[[], Any]]:
    """The verbs of the person."""
    person = owner.persons[0].id
    return {
        "opening.open_ticket": lambda: opening.open_ticket(owner, person, "llave"),
        "opening.refer": lambda: opening.refer(person, "rc-clave"),
        "drafts.save": lambda: drafts.save(person, {"texto": "Hola"}),
        "drafts.exchange": lambda: drafts.exchange(person, "Hola"),
        "notices.mark": lambda: notices.mark(owner, folio, {"plazo_de": "rt-rechazo", "fecha_notificacion": "19-11-2026"}),
        "enclosing.add_to_draft": lambda: enclosing.add_to_draft(owner, person, [Arrived("a.pdf", BytesIO(b"%PDF-"), 5)]),
        "enclosing.add_to_ticket": lambda: enclosing.add_to_ticket(owner, folio, [Arrived("a.pdf", BytesIO(b"%PDF-"), 5)]),
        "enclosing.take_out_of_draft": lambda: enclosing.take_out_of_draft(owner, person, 1),
        "enclosing.take_out_of_ticket": lambda: enclosing.take_out_of_ticket(owner, folio, 1),
        "following.add_information": lambda: following.add_information(owner, folio, "Más", "llave"),
        "closing.enough": lambda: closing.enough(owner, folio),
        "second.open_second": lambda: second.open_second(owner, folio, "Faltó algo", "llave"),
        "following.withdraw": lambda: following.withdraw(owner, folio),
    }


def the_desks(row: TicketRow, boss: Staff) -> dict[str, Callable[[], Any]]:
    """The verbs of the desk for one ticket."""
    colleague, here = cast.analyst("Luis Soto"), gettempdir()
    tags.add(boss, row.id, "puesta")
    return {
        "answer_files.enclose": lambda: answer_files.enclose(boss, row.id, f"{here}/a.pdf"),
        "answer_files.leave_out": lambda: answer_files.leave_out(boss, row.id, 1),
        "assigning.assign": lambda: assigning.assign(boss, row.id, row.version, colleague.id),
        "identity.prove": lambda: identity.prove(boss, row.id, "pasaporte"),
        "identity.require": lambda: identity.require(boss, row.id),
        "ending.close": lambda: ending.close(boss, row.id, row.version, "oficina"),
        "tags.add": lambda: tags.add(boss, row.id, "otra"),
        "tags.remove": lambda: tags.remove(boss, row.id, "puesta"),
        "taking_out.link": lambda: taking_out.link(boss, row.id, "plazo"),
        "taking_out.save": lambda: taking_out.save(boss, row.id, "plazo", here),
        "enclosing.open_at_desk": lambda: enclosing.open_at_desk(boss, row.id, 1),
        "desk.claim": lambda: desk.claim(boss, row.id),
        "desk.release": lambda: desk.release(boss, row.id),
        "desk.note": lambda: desk.note(boss, row.id, "Nota", "llave"),
        "desk.reply": lambda: desk.reply(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.hold": lambda: holding.hold(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.hold_and_take_next": lambda: holding.hold_and_take_next(boss, row.id, row.version, "Respuesta", "llave"),
        "holding.take_back": lambda: holding.take_back(boss, row.id),
        "waiting.ask": lambda: waiting.ask(boss, row.id, row.version, "Falta algo", "llave"),
        "extending.extend": lambda: extending.extend(boss, row.id, row.version, 3, "Falta poco", "llave"),
        "referring.refer": lambda: referring.refer(boss, row.id, row.version, "Registro Civil", "Ellos saben", "llave"),
        "desk.save_draft": lambda: desk.save_draft(boss, row.id, "respuesta", "Estimada"),
    }


def of_more_than_one(row: TicketRow, boss: Staff) -> dict[str, Callable[[], Any]]:
    """The verbs for several tickets at once; the others are of somebody whose data are free, and answered."""
    tied, loose = (cast.row_of(cast.ticket(), boss) for _ in range(2))
    for other in (tied, loose):
        desk.reply(boss, other.id, other.version, "Listo.", f"llave {other.id}")
    related.relate(boss, row.id, tied.folio)
    batch = batches.begin(boss, "asignarme", 1)
    author = cast.analyst("Ana Rojas")
    written, approved = (surges.begin(each, [row.id]).id for each in (author, boss))
    surges.save(author, written, "Tu solicitud avanza.")
    surges.save(boss, approved, "Tu solicitud avanza.")
    surges.submit(boss, approved, {row.id: row.version})
    return {
        "batches.step": lambda: batches.step(boss, batch, row.id, row.version, {}),
        "merging.merge": lambda: merging.merge(boss, (row.id, row.version), (tied.id, tied.version)),
        "merging.part": lambda: merging.part(boss, row.id),
        "related.relate": lambda: related.relate(boss, loose.id, row.folio),
        "related.separate": lambda: related.separate(boss, tied.id, row.id),
        "surges.answer_one": lambda: surges.answer_one(boss, row.id, row.version, {"surge": str(approved)}, "llave"),
        "surges.submit": lambda: surges.submit(author, written, {row.id: row.version}),
    }
