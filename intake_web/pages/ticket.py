"""Writing a ticket: one question a page, kept on the server from the first answer on, checked before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from core import clock
from core.calendar import business
from core.errors import Conflict, Invalid, NotFound
from core.identifiers import normalise_tramite
from core.language import _
from core.people.views import Person
from core.tickets import drafts, forms, opening
from core.tickets.views import Draft
from core.tramites import history
from core.tramites.catalogue import catalogue, regions
from core.tramites.views import Categoria
from intake_web import words
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_START = "/ticket/nuevo"
_CHOICES = ("tipo", "materia", "categoria")
_DETAILS, _CHECK, _REFERRED = "detalle", "revisar", "derivado"
_STEPS = (*_CHOICES, _DETAILS, _CHECK)
_ORDER = (*_CHOICES, _REFERRED, _DETAILS, _CHECK)
_TOTAL = len(_STEPS)
_ONLY_A_FLOOD_IS_LONGER = 200_000


@dataclass(frozen=True, slots=True)
class Writing:
    """A ticket being written: for whom, and the answers so far."""

    person: Person
    several: bool
    draft: Draft | None

    @property
    def fields(self) -> dict[str, str]:
        """The answers so far; those not given are empty."""
        given = self.draft.fields if self.draft else {}
        return {name: given.get(name, "") for name in drafts.FIELDS}

    def path(self, step: str, changing: bool = False) -> str:
        """Where a step is: for whom, if the account stands for several persons, and whether one answer is changed."""
        base = _START if step == "tipo" else f"{_START}/{step}"
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
        for step in _CHOICES:
            if forms.complaints(fields, (step,)):
                return step
        if self.categoria and self.categoria.route == "derivar":
            return _REFERRED
        return _DETAILS if forms.complaints(fields) else _CHECK


def ask(visit: Visit, step: str = "tipo") -> Reply:
    """One page of the form with what is already known; earlier pages come first."""
    writing = _writing(visit)
    if writing is None:
        return _show_start(visit, None) if step == "tipo" else go(_START)
    _refuse_second(writing)
    if _position(step) > _position(writing.first_open()):
        return go(writing.path(writing.first_open()))
    return _show(visit, writing, step, writing.fields)


def answer(visit: Visit, step: str = "tipo") -> Reply:
    """Keep the answers of one page and go on; on the last page the ticket is sent."""
    writing = _writing(visit)
    if writing is None:
        wrong = {"persona": _("Elige para quién es el ticket.")}
        return _show_start(visit, None, typed=dict(visit.form), wrong=wrong)
    if step == _CHECK:
        return _send(visit, writing)
    _refuse_second(writing)
    if _position(step) > _position(writing.first_open()):
        return go(writing.path(writing.first_open()))
    return _keep(visit, writing, step)


def drop(visit: Visit) -> Reply:
    """Throw the draft away, because the person said so."""
    writing = _writing(visit)
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
    following = _following(step, writing.first_open(), visit.changing)
    if following == _REFERRED and step == "categoria":
        opening.refer(writing.person.id, writing.fields["categoria"])
    return go(writing.path(following))


def _send(visit: Visit, writing: Writing) -> Reply:
    if writing.draft is not None and writing.first_open() != _CHECK:
        _refuse_second(writing)
        return go(writing.path(writing.first_open()))
    try:
        folio = opening.open_ticket(visit.person, writing.person.id, visit.form["llave"])
    except Conflict as problem:
        if problem.folio or writing.draft is None:
            raise
        return _show_check(visit, writing, {"llave": problem.message})
    except Invalid:
        return go(writing.path(writing.first_open()))
    return go(f"/ticket/{folio}")


def _writing(visit: Visit) -> Writing | None:
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
    return Writing(person, several, drafts.read(person.id))


def _refuse_second(writing: Writing) -> None:
    folio = opening.open_folio(writing.person.id)
    if folio:
        raise Conflict(_(opening.ONE_AT_A_TIME), folio)


def _position(step: str) -> int:
    if step not in _ORDER:
        raise NotFound("")
    return _ORDER.index(step)


def _following(step: str, first_open: str, changing: bool) -> str:
    """The next page in order, or the one that still needs an answer; a change leads straight to that."""
    onward = _STEPS[_STEPS.index(step) + 1] if step in _STEPS[:-1] else first_open
    return first_open if changing else min(onward, first_open, key=_position)


def _asked(step: str, writing: Writing) -> tuple[str, ...]:
    if step == _DETAILS and writing.categoria is not None:
        return forms.asked(writing.categoria)
    if step not in _CHOICES:
        raise NotFound("")
    return (step,)


def _show(visit: Visit, writing: Writing, step: str, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    if step == "tipo":
        return _show_start(visit, writing, typed, wrong)
    if step in _CHOICES:
        return _show_choice(visit, writing, step, typed, wrong)
    if step == _DETAILS:
        return _show_details(visit, writing, typed, wrong)
    if step == _REFERRED:
        if writing.first_open() != _REFERRED:
            return go(writing.path(writing.first_open()))
        return show(visit, "ticket_referred.html", categoria=writing.categoria, back=writing.path("materia"))
    return _show_check(visit, writing, wrong)


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
        total=_TOTAL,
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
        number=_CHOICES.index(step) + 1,
        total=_TOTAL,
    )


def _show_details(visit: Visit, writing: Writing, typed: dict[str, str], wrong: dict[str, str] | None) -> Reply:
    categoria = writing.categoria
    if categoria is None:
        return go(writing.path("categoria"))
    return show(
        visit,
        "ticket_details.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        categoria=categoria,
        for_child=writing.person.is_minor,
        tramites=history.tramites_of(visit.person.email) if categoria.tramite != "no" else (),
        regions=[("", [(name, name) for name in regions()])],
        action=writing.path(_DETAILS, visit.changing),
        back=writing.path("categoria"),
        number=len(_CHOICES) + 1,
        total=_TOTAL,
    )


def _show_check(visit: Visit, writing: Writing, wrong: dict[str, str] | None = None) -> Reply:
    fields, known = writing.fields, catalogue()
    tipo, materia, categoria = known.tipo(fields["tipo"]), known.materia(fields["materia"]), writing.categoria
    if tipo is None or materia is None or categoria is None or writing.draft is None:
        return go(writing.path(writing.first_open()))
    return show(
        visit,
        "ticket_check.html",
        409 if wrong else 200,
        errors=wrong,
        fields=fields,
        asked=forms.asked(categoria),
        names=(_(tipo.name), words.named(materia.name), words.named(categoria.name)),
        tramite=normalise_tramite(fields["tramite_id"]),
        notice=forms.notice_date(fields),
        late=_term_is_over(categoria, fields),
        person=writing.person if writing.several else None,
        key=writing.draft.key,
        path=writing.path,
        number=_TOTAL,
        total=_TOTAL,
    )


def _term_is_over(categoria: Categoria, fields: dict[str, str]) -> bool:
    """Whether the person's own legal term has run out already."""
    notice = forms.notice_date(fields)
    if categoria.route != "plazo" or notice is None:
        return False
    return business.add_business_days(notice, categoria.term_days or 0) < clock.today()
