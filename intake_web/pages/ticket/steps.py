"""The steps in which a ticket is written: one question a page, kept on the server from the first answer on."""

from __future__ import annotations

from core.errors import NotFound
from core.language import _
from core.tickets import opening
from core.tickets.citizens import drafts, forms
from core.tramites.catalogue import catalogue
from intake_web import words
from intake_web.pages.ticket import check, details, one_open
from intake_web.pages.ticket.draft import CHECK, CHOICES, DETAILS, REFERRED, START, TOTAL, Writing, writing_of
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit


def ask(visit: Visit, step: str = "tipo") -> Reply:
    """One page of the form with what is already known; earlier pages come first."""
    writing = writing_of(visit)
    if writing is None:
        return _show_start(visit, None) if step == "tipo" else go(START)
    folio = opening.open_folio(writing.person.id)
    if folio:
        return one_open.show_open(visit, writing, folio)
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
    folio = opening.open_folio(writing.person.id)
    if folio:
        return one_open.keep_and_show(visit, writing, folio)
    if writing.is_too_early(step):
        return go(writing.path(writing.first_open()))
    return details.keep(visit, writing) if step == DETAILS else _keep(visit, writing, step)


def ask_drop(visit: Visit) -> Reply:
    """Whether the person really throws the draft away."""
    writing = writing_of(visit)
    if writing is None or writing.draft is None:
        return go("/portal")
    return show(visit, "ticket_drop.html", writing=writing, draft=writing.draft)


def drop(visit: Visit) -> Reply:
    """Throw the draft away, because the person said so."""
    writing = writing_of(visit)
    if writing is not None:
        drafts.drop(writing.person.id)
    return go("/portal")


def _keep(visit: Visit, writing: Writing, step: str) -> Reply:
    """Keep what was chosen; a choice that is not offered changes nothing."""
    if step not in CHOICES:
        raise NotFound("")
    typed = _chosen(visit.form[step], step, writing.fields)
    wrong = forms.complaints(writing.fields | typed, (step,))
    if wrong:
        return _show(visit, writing, step, writing.fields | typed, wrong)
    writing = writing.now(drafts.save(writing.person.id, typed))
    following = writing.after(step, visit.changing)
    if following == REFERRED and step == "categoria":
        opening.refer(writing.person.id, writing.fields["categoria"])
    return go(writing.path(following))


def _chosen(value: str, step: str, fields: dict[str, str]) -> dict[str, str]:
    """The choice; a categoría brings its materia along, which another window may have changed meanwhile."""
    found = catalogue().categoria(value) if step == "categoria" else None
    offered = {materia.id for materia in catalogue().materias_for(fields["tipo"])}
    return {step: value} | ({"materia": found.materia_id} if found and found.materia_id in offered else {})


def _show(visit: Visit, writing: Writing, step: str, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    if step == "tipo":
        return _show_start(visit, writing, typed, wrong)
    if step in CHOICES:
        return _show_choice(visit, writing, step, typed, wrong)
    if step == DETAILS:
        return details.show_details(visit, writing)
    if step == REFERRED:
        if writing.first_open() != REFERRED:
            return go(writing.path(writing.first_open()))
        return show(visit, "ticket_referred.html", writing=writing, categoria=writing.categoria)
    return check.show_check(visit, writing)


def _show_start(
    visit: Visit, writing: Writing | None, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None
) -> Reply:
    account = visit.person
    draft = writing.draft if writing else None
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
        draft=draft if draft and draft.is_begun else None,
        onward=writing.path(writing.first_open()) if writing else "",
        drop=writing.path("borrar") if writing else "",
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
        is_gone=not wrong and bool(typed[step]) and typed[step] not in (choice[0] for choice in choices),
        has_text=bool(writing.fields["texto"]),
        action=writing.path(step, visit.changing),
        back=writing.path("tipo" if step == "materia" else "materia"),
        number=CHOICES.index(step) + 1,
        total=TOTAL,
    )
