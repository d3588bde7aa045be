"""The persons whom an account stands for: who they are, adding one, offering a grown-up their own account."""

from __future__ import annotations

from core.errors import Conflict, Invalid, NotFound
from core.language import _
from core.people import applications, children, visitors
from core.people.account_views import Account, Person
from intake_web.pages.account import BIRTH, NAMES, Step
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_LIST = "/cuenta/personas"
_FORM = "persona"
_CHECK = "revisar"
_WHO = Step("quien", ("para_quien",), ("para_quien",))
_GUARDIAN = Step("responsable", ("relacion", "responsable"), ("relacion", "responsable"))
_ABOUT = (
    Step("nombres", (*NAMES, "un_nombre"), NAMES),
    Step("nacimiento", (*BIRTH, "pais"), ("nacimiento_dia", "pais")),
)
_FIELDS = tuple(name for step in (_WHO, _GUARDIAN, *_ABOUT) for name in step.fields)
_FROM_14 = 14


def overview(visit: Visit) -> Reply:
    """Everybody whom the account stands for."""
    account = visit.person
    added = visit.query["agregada"]
    return show(
        visit,
        "persons.html",
        account=account,
        relations=dict(applications.relations()),
        offers=children.offers(account),
        added=next((person for person in account.persons if str(person.id) == added), None),
        offered=visit.query["entrega"] == "enviada",
        may_write_alone=lambda person: person.age is not None and _FROM_14 <= person.age < 18,
    )


def ask(visit: Visit, step: str = "") -> Reply:
    """One page about the new person with what is already known; earlier pages come first."""
    account, typed = visit.person, _typed(visit)
    first_open = _first_open(account, typed)
    if not step:
        return go(_path(_steps(account, typed)[0].name))
    if step == _CHECK:
        return _show_check(visit, typed) if first_open is None else go(_path(first_open.name))
    wanted = _step(account, typed, step)
    steps = _steps(account, typed)
    if first_open is not None and steps.index(first_open) < steps.index(wanted):
        return go(_path(first_open.name))
    return _show(visit, wanted, typed)


def answer(visit: Visit, step: str = "") -> Reply:
    """Keep the answers of one page and go on; on the last page the person is added."""
    account, typed = visit.person, _typed(visit)
    if step == _CHECK:
        return _add(visit, typed)
    wanted = _step(account, typed, step)
    typed |= visit.form.only(wanted.fields)
    wrong = applications.complaints(typed, wanted.checked)
    if wrong:
        return _show(visit, wanted, typed, wrong)
    visitors.save_draft(visitors.drawer_of(account.id), _FORM, typed)
    steps, first_open = _steps(account, typed), _first_open(account, typed)
    onward = [each.name for each in steps[steps.index(wanted) + 1 :]]
    if visit.changing or not onward:
        return go(_path(first_open.name if first_open else _CHECK))
    return go(_path(onward[0]))


def ask_hand_over(visit: Visit, number: str) -> Reply:
    """To which address a grown-up is offered an account of their own."""
    person = _grown_up(visit, number)
    return show(visit, "person_hand_over.html", person=person, email="")


def hand_over(visit: Visit, number: str) -> Reply:
    """Send the letter that offers a grown-up an account of their own."""
    person, typed = _grown_up(visit, number), visit.form["correo"]
    try:
        children.hand_over(visit.person, person.id, typed)
    except Invalid as problem:
        return show(visit, "person_hand_over.html", 422, errors=problem.fields, person=person, email=typed)
    return go(f"{_LIST}?entrega=enviada")


def _grown_up(visit: Visit, number: str) -> Person:
    person = visit.person.person(int(number))
    if person is None or person.is_holder:
        raise NotFound("")
    if person.age is None or person.is_minor:
        raise Conflict(_("Podrás entregar la cuenta cuando cumpla 18 años."))
    return person


def _add(visit: Visit, typed: dict[str, str]) -> Reply:
    account = visit.person
    first_open = _first_open(account, typed)
    if first_open is not None:
        return go(_path(first_open.name) if typed["nombres"] else _LIST)  # empty: sent twice, the first one has done it
    add = children.add if _for_child(typed) else children.add_holder
    try:
        person = add(account, typed)
    except Invalid as problem:
        return _show_check(visit, typed, problem.fields)
    visitors.drop_draft(visitors.drawer_of(account.id), _FORM)
    return go(f"{_LIST}?agregada={person.id}")


def _typed(visit: Visit) -> dict[str, str]:
    known = visitors.read_draft(visitors.drawer_of(visit.person.id), _FORM)
    typed = {name: known.get(name, "") for name in _FIELDS}
    return typed if visit.person.holder is None else {**typed, "para_quien": "nna"}


def _steps(account: Account, typed: dict[str, str]) -> list[Step]:
    who = [] if account.holder else [_WHO]
    return [*who, *([_GUARDIAN] if _for_child(typed) else []), *_ABOUT]


def _for_child(typed: dict[str, str]) -> bool:
    return typed["para_quien"] != "yo"


def _first_open(account: Account, typed: dict[str, str]) -> Step | None:
    return next((step for step in _steps(account, typed) if applications.complaints(typed, step.checked)), None)


def _step(account: Account, typed: dict[str, str], name: str) -> Step:
    found = next((step for step in _steps(account, typed) if step.name == name), None)
    if found is None:
        raise NotFound("")
    return found


def _path(step: str) -> str:
    return f"{_LIST}/nueva/{step}"


def _show(visit: Visit, step: Step, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    account = visit.person
    steps = _steps(account, typed)
    return show(
        visit,
        "person_start.html" if step is _WHO else f"sign_up_{step.name}.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        number=steps.index(step) + 1,
        total=len(steps) + 1,
        for_child=_for_child(typed),
        adding=_("Agregar a una persona"),
        countries_asked=[("", applications.countries())],
        relations_asked=[(code, _(words), "") for code, words in applications.relations()],
    )


def _show_check(visit: Visit, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    account = visit.person
    return show(
        visit,
        "person_check.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        for_child=_for_child(typed),
        country=dict(applications.countries()).get(typed["pais"], ""),
        relation=dict(applications.relations()).get(typed["relacion"], ""),
        total=len(_steps(account, typed)) + 1,
    )
