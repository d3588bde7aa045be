"""The steps in which a ticket is written: one question a page, kept on the server from the first answer on."""

from __future__ import annotations

from core.errors import NotFound
from core.language import _
from core.tickets import drafts, forms, opening
from core.tramites.catalogue import catalogue
from intake_web import words
from intake_web.pages.ticket import check, details
from intake_web.pages.ticket.draft import (
    CHECK,
    CHOICES,
    DETAILS,
    REFERRED,
    START,
    TOTAL,
    Writing,
    refuse_second,
    writing_of,
)
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_ONLY_A_FLOOD_IS_LONGER = 200_000


def ask(visit: Visit, step: str = "tipo") -> Reply:
    """One page of the form with what is already known; earlier pages come first."""
    writing = writing_of(visit)
    if writing is None:
        return _show_start(visit, None) if step == "tipo" else go(START)
    refuse_second(writing)
    if writing.is_too_early(step):
        return go(writing.path(writing.first_open()))
    return _show(visit, writing, step, writing.fields)


def answer(visit: Visit, step: str = "tipo") -> Reply:
    """Keep the answers of one page and go on; on the last page the ticket is sent."""
    writing = writing_of(visit)
    if writing is None:
        wrong = {"persona": _("Elige para quién es el ticket.")}
        return _show_start(visit, None, typed=dict(visit.form), wrong=wrong)
    if step == CHECK:
        return check.send(visit, writing)
    refuse_second(writing)
    if writing.is_too_early(step):
        return go(writing.path(writing.first_open()))
    return _keep(visit, writing, step)


def drop(visit: Visit) -> Reply:
    """Throw the draft away, because the person said so."""
    writing = writing_of(visit)
    if writing is not None:
        drafts.drop(writing.person.id)
    return go("/portal")


def _keep(visit: Visit, writing: Writing, step: str) -> Reply:
    asked = _asked(step, writing)
    typed = visit.form.only(asked)
    if sum(map(len, typed.values())) < _ONLY_A_FLOOD_IS_LONGER:
        kept = drafts.save(writing.person.id, typed)
        writing = Writing(writing.person, writing.several, kept)
    wrong = forms.complaints(writing.fields | typed, asked)
    if wrong:
        return _show(visit, writing, step, writing.fields | typed, wrong)
    following = writing.after(step, visit.changing)
    if following == REFERRED and step == "categoria":
        opening.refer(writing.person.id, writing.fields["categoria"])
    return go(writing.path(following))


def _asked(step: str, writing: Writing) -> tuple[str, ...]:
    if step == DETAILS and writing.categoria is not None:
        return forms.asked(writing.categoria)
    if step not in CHOICES:
        raise NotFound("")
    return (step,)


def _show(visit: Visit, writing: Writing, step: str, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    if step == "tipo":
        return _show_start(visit, writing, typed, wrong)
    if step in CHOICES:
        return _show_choice(visit, writing, step, typed, wrong)
    if step == DETAILS:
        return details.show_details(visit, writing, typed, wrong)
    if step == REFERRED:
        if writing.first_open() != REFERRED:
            return go(writing.path(writing.first_open()))
        return show(visit, "ticket_referred.html", categoria=writing.categoria, back=writing.path("materia"))
    return check.show_check(visit, writing, wrong)


def _show_start(
    visit: Visit, writing: Writing | None, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None
) -> Reply:
    account = visit.person
    return show(
        visit,
        "ticket_start.html",
        422 if wrong else 200,
        errors=wrong,
        tipos=[(tipo.id, _(tipo.name), words.tipo_help(tipo.id)) for tipo in catalogue().tipos],
        persons=[(str(person.id), person.shown_name, "") for person in account.persons],
        several=len(account.persons) > 1,
        chosen=str(writing.person.id) if writing else "",
        tipo=(typed or {}).get("tipo", ""),
        draft=writing.draft if writing else None,
        onward=writing.path(writing.first_open()) if writing else "",
        changing=visit.changing,
        number=1,
        total=TOTAL,
    )


def _show_choice(visit: Visit, writing: Writing, step: str, typed: dict[str, str], wrong: dict[str, str] | None) -> Reply:
    known = catalogue()
    if step == "materia":
        offered = known.materias_for(typed["tipo"])
        choices = [(each.id, words.named(each.name), words.some(_(part.name) for part in each.categorias)) for each in offered]
        heading = words.materia_question(typed["tipo"])
    else:
        materia = known.materia(typed["materia"])
        parts = materia.categorias if materia else ()
        choices = [(each.id, words.named(each.name), words.at_hand(each.have_at_hand)) for each in parts]
        heading = words.named(materia.name) if materia else ""
    return show(
        visit,
        "ticket_choice.html",
        422 if wrong else 200,
        errors=wrong,
        name=step,
        heading=heading,
        choices=choices,
        value=typed[step],
        action=writing.path(step, visit.changing),
        back=writing.path("tipo" if step == "materia" else "materia"),
        number=CHOICES.index(step) + 1,
        total=TOTAL,
    )
