"""Every table: how what it holds of somebody is handed out and how it is erased, or why there is nothing to do."""

from __future__ import annotations

from dataclasses import dataclass

from core.operations.rights import asides, clocks, files, gathering, lines, many, scrubbing, seen, surveys, visits
from core.operations.rights.gathering import Gather
from core.operations.rights.scrubbing import Scrub


@dataclass(frozen=True, slots=True)
class Holding:
    """A table with personal data. What is neither handed out nor erased says why."""

    table: str
    section: str
    """The name of its records in what is handed out; empty when there are none."""
    gather: Gather | None
    scrub: Scrub | None
    because: str = ""


HOLDINGS = (  # erased in this order: what is needed to find the rest goes last
    Holding("ticket_search", "", None, scrubbing.search_words, "the words of what is handed out with tickets and messages"),
    Holding("vocabulary", "", None, scrubbing.search_words, "the same words once more, for those typed by halves"),
    Holding("own_view", "", None, lines.forget, "what the staff look for; a line that tells of somebody goes with them"),
    Holding("message", "mensajes", gathering.messages, scrubbing.messages),
    Holding("answer_draft", "", None, scrubbing.answer_drafts, "unfinished words of the staff"),
    Holding("held_answer", "", None, scrubbing.held_answers, "an answer that seconds later is a message, or a draft again"),
    Holding("draft_version", "", None, scrubbing.draft_versions, "unfinished words of the staff, as they were before"),
    Holding("ticket_draft", "borradores", gathering.ticket_drafts, scrubbing.ticket_drafts),
    Holding("letter", "cartas", gathering.letters, scrubbing.letters),
    Holding("appointment", "horas", visits.appointments, visits.forget),
    Holding("tag", "etiquetas", asides.tags, asides.forget_tags),
    Holding("relation", "relacionados", asides.relations, asides.forget_reasons),
    Holding("attachment", "archivos", files.attachments, files.forget),
    Holding("look", "miradas", seen.looks, None, "ids, codes and times only: nobody's once the person is erased"),
    Holding("look_words", "", None, seen.forget, "words of the staff, which may name others"),
    Holding("ticket", "tickets", gathering.own_tickets, scrubbing.own_tickets),
    Holding("event", "historia", gathering.events, None, "ids, codes and times only: nobody's once the person is erased"),
    Holding("pause", "esperas", clocks.waits, None, "ids, codes and times only: nobody's once the person is erased"),
    Holding("extension", "ampliaciones", clocks.extensions, None, "ids and times only: nobody's once the person is erased"),
    Holding("joint", "uniones", many.joints, None, "ids, codes and times only: nobody's once the person is erased"),
    Holding("surge", "", None, many.forget_surges, "words of the staff to many at once; each one's letter is handed out"),
    Holding("surge_ticket", "", None, many.forget_places, "which answer to many a ticket was meant to get"),
    Holding("survey", "encuestas", surveys.surveys, surveys.forget),
    Holding("referral", "derivaciones", gathering.referrals, None, "codes and times only: nobody's once the person is erased"),
    Holding("tramite", "tramites", gathering.own_tramites, scrubbing.own_tramites),
    Holding("tramite_start", "tramites_iniciados", gathering.tramite_starts, scrubbing.tramite_starts),
    Holding("data_request", "solicitudes", gathering.requests, scrubbing.requests),
    Holding("hand_over", "entregas", gathering.hand_overs, scrubbing.hand_overs),
    Holding("email_change", "cambios_de_correo", gathering.email_changes, scrubbing.email_changes),
    Holding("visitor_draft", "formularios", gathering.begun_forms, scrubbing.visitor_drafts),
    Holding("throttle", "", None, scrubbing.throttle, "counters under digests that say nothing to anybody"),
    Holding("link", "enlaces", gathering.links, scrubbing.links),
    Holding("session", "sesiones", gathering.sessions, scrubbing.sessions),
    Holding("person", "personas", gathering.persons, scrubbing.persons),
    Holding("account", "cuenta", gathering.account, scrubbing.account),
)

NOTHING_PERSONAL = {
    "banner": "notices that everybody reads",
    "banner_event": "which of the staff published them",
    "staff": "people of the service, whose data their employer answers for",
    "canned": "texts of the service, how many answers said them",
    "canned_version": "their history, by whom of the staff",
    "canned_use": "ids only: which of them went into which answer",
    "batch": "who of the staff did one thing to how many tickets",
    "closure": "days on which an office is closed",
    "mention": "which of the staff were called to a note",
    "download": "which of the staff took what out of a ticket, by its number",
    "presence": "who of the staff has a ticket before them",
    "folio_counter": "the last folio of each year",
    "deflection": "how many doubts were solved before a ticket was written, nobody's",
    "stage_passage": "how long stages took, whose trámites they were is not kept",
    "stage_time": "the same in short",
    "used_proof": "digests of sums that browsers worked out",
    "schema_migration": "the history of the schema",
}
