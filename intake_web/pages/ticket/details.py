"""The step with the text box: what can be known at once, then what the categoría asks."""

from __future__ import annotations

from core.errors import NotFound
from core.tickets import enclosing
from core.tickets.citizens import drafts, forms
from core.tramites import help as answers
from core.tramites import history, stages, times
from core.tramites.catalogue import regions
from core.tramites.catalogue_views import Categoria
from core.tramites.views import Answer, Stage, StageTimes, Tramite
from intake_web.pages.ticket import files
from intake_web.pages.ticket.draft import CHOICES, DETAILS, TOTAL, Writing
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

OWN_CHOICE = "tramite_propio"
"""The field for one of one's own trámites; the number itself is kept as if it had been typed."""
_ANOTHER = "otro"
_OFFERED = 6
_ONLY_A_FLOOD_IS_LONGER = 200_000


def show_details(visit: Visit, writing: Writing) -> Reply:
    """The page as it was kept; what is still wrong with it is said to whoever comes back to it."""
    fields = writing.fields
    return _show(visit, writing, fields, _complaints(writing, fields) if fields["texto"] else {}, 200)


def keep(visit: Visit, writing: Writing) -> Reply:
    """Keep everything that was typed, right or wrong, and go on when nothing is wrong with it."""
    typed = _typed(visit, writing)
    if visit.form["usar_otro"]:
        drafts.exchange(writing.person.id, typed["texto"])
        return go(writing.path(DETAILS))
    if sum(map(len, typed.values())) < _ONLY_A_FLOOD_IS_LONGER:
        writing = writing.now(drafts.save(writing.person.id, typed, visit.form["hoja"]))
    refused = files.take_into_draft(visit, writing.person)
    writing = writing.now(drafts.read(writing.person.id)) if files.came(visit) else writing
    fields = writing.fields | typed
    if files.stays(visit):
        return _show(visit, writing, fields, refused, 422 if refused else 200)
    wrong = _complaints(writing, fields) | refused
    if wrong or writing.other_text:
        return _show(visit, writing, fields, wrong, 422 if wrong else 409)
    return go(writing.path(writing.after(DETAILS, visit.changing)))


def _categoria(writing: Writing) -> Categoria:
    if writing.categoria is None:
        raise NotFound("")
    return writing.categoria


def _complaints(writing: Writing, fields: dict[str, str]) -> dict[str, str]:
    return forms.complaints(fields, forms.asked(_categoria(writing)))


def _typed(visit: Visit, writing: Writing) -> dict[str, str]:
    """The answers; one of one's own trámites that was chosen counts, unless another number was typed."""
    typed = visit.form.only(forms.asked(_categoria(writing)))
    chosen, saved = visit.form[OWN_CHOICE], writing.fields["tramite_id"]
    if chosen and typed.get("tramite_id", "-").strip() in ("", saved):
        typed["tramite_id"] = "" if typed["sin_tramite"] else saved if chosen == _ANOTHER else chosen
        if chosen == _ANOTHER and saved in (tramite.id for tramite in history.tramites_of(visit.person.email)):
            typed["tramite_id"] = ""
    return typed


def _show(visit: Visit, writing: Writing, typed: dict[str, str], wrong: dict[str, str], status: int) -> Reply:
    categoria = _categoria(writing)
    answer = answers.answer_for(typed["tipo"], categoria.id)
    needs_own = categoria.tramite != "no" or (answer and answer.with_stages)
    own = history.tramites_of(visit.person.email) if needs_own else ()
    return show(
        visit,
        "ticket_details.html",
        status,
        errors=wrong,
        typed=typed,
        categoria=categoria,
        answer=answer,
        folded=bool(wrong or typed["texto"]),
        mine=_about(answer, own, typed["tramite_id"]),
        stages=_stages(answer, own),
        own=_offered(own, typed["tramite_id"]),
        for_child=writing.person.is_minor,
        files=_files(categoria, writing),
        other_text=writing.other_text,
        sheet=writing.sheet,
        regions=[("", [(name, name) for name in regions()])],
        path=writing.path,
        action=writing.path(DETAILS, visit.changing),
        number=len(CHOICES) + 1,
        total=TOTAL,
    )


def _files(categoria: Categoria, writing: Writing) -> dict[str, object] | None:
    """The field for files; none where none is asked for, unless some came along from another topic."""
    held = enclosing.of_draft(writing.person.id)
    return files.field(held, categoria.attachment == "req") if held or categoria.attachment != "no" else None


def _offered(own: tuple[Tramite, ...], chosen: str) -> tuple[Tramite, ...]:
    """The newest of one's own trámites, and the chosen one however old it is."""
    return own[:_OFFERED] + tuple(tramite for tramite in own[_OFFERED:] if tramite.id == chosen)


def _about(answer: Answer | None, own: tuple[Tramite, ...], chosen: str) -> list[tuple[Tramite, Stage]]:
    """One's own trámites that the question may be about, each with its stage; the chosen one alone, if there is one."""
    if answer is None or not answer.with_stages:
        return []
    found = [(tramite, stage) for tramite in own if (stage := stages.stage_of(tramite))]
    one = [each for each in found if each[0].id == chosen]
    return one or [each for each in found if times.is_like(each[0].kind, answer.kinds)][:_OFFERED]


def _stages(answer: Answer | None, own: tuple[Tramite, ...]) -> list[tuple[Stage, list[StageTimes]]]:
    """The stages with how long each takes, as far as that is known."""
    if answer is None or not answer.with_stages:
        return []
    known = times.stage_times({tramite.kind for tramite in own if times.is_like(tramite.kind, answer.kinds)}, answer.kinds)
    return [(stage, [each for each in known if each.stage == stage.name]) for stage in stages.stages()]
