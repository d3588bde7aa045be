"""Creating an account: one small question a page, the answers checked, the address proven."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

from core.errors import Conflict, Invalid, NotFound
from core.language import _
from core.people import accounts, applications, proofs, visitors
from core.people.emails import NotAnAddress, canonical
from core.people.proofs import TooFast
from intake_web.evenly import evenly
from intake_web.pages import session
from intake_web.pages.secrets import typed_secret
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_FORM = "cuenta"
_CREATED = "cuenta-creada"
_START = "/cuenta/nueva"
_BEGUN = "_comienzo"
_patience = threading.BoundedSemaphore(2)


@dataclass(frozen=True, slots=True)
class Step:
    """A page of the form: its place in the address, and the fields that it asks for."""

    name: str
    fields: tuple[str, ...]
    checked: tuple[str, ...]
    only_for_child: bool = False

    @property
    def path(self) -> str:
        """Where the page is."""
        return f"{_START}/{self.name}" if self.name else _START


NAMES = ("nombres", "primer_apellido", "segundo_apellido")
BIRTH = ("nacimiento_dia", "nacimiento_mes", "nacimiento_anio")
STEPS = (
    Step("", ("para_quien",), ("para_quien",)),
    Step("responsable", ("relacion", "responsable"), ("relacion", "responsable"), only_for_child=True),
    Step("nombres", (*NAMES, "un_nombre"), NAMES),
    Step("nacimiento", (*BIRTH, "pais"), ("nacimiento_dia", "pais")),
    Step("correo", ("correo", "correo2"), ("correo", "correo2")),
)
_CHECK = "revisar"
_FIELDS = tuple(name for step in STEPS for name in step.fields)


def ask(visit: Visit, step: str = "") -> Reply:
    """One page of the form with what is already known; earlier pages come first."""
    typed = _typed(visit)
    first_open = _first_open(typed)
    if step == _CHECK:
        return _show_check(visit, typed) if first_open is None else go(first_open.path)
    wanted = _step(step)
    if first_open is not None and _position(first_open) < _position(wanted):
        return go(first_open.path)
    return _show(visit, wanted, typed)


def answer(visit: Visit, step: str = "") -> Reply:
    """Keep the answers of one page and go on; on the last page the account is made."""
    typed = _typed(visit)
    if step == _CHECK:
        return _sign_up(visit, typed)
    wanted = _step(step)
    typed |= visit.form.only(wanted.fields)
    wrong = applications.complaints(typed, wanted.checked)
    if wrong:
        return _show(visit, wanted, typed, wrong)
    begun = _known(visit).get(_BEGUN) or proofs.started()
    visitors.save_draft(visit.visitor, _FORM, {**typed, _BEGUN: begun})
    return go(_following(typed, wanted, visit.changing))


def _following(typed: dict[str, str], step: Step, changing: bool) -> str:
    """The next page in order, or the one that still needs an answer; a change leads straight to that."""
    steps, first_open = _steps_for(typed), _first_open(typed)
    if first_open is not None and (changing or _position(first_open) <= _position(step)):
        return first_open.path
    after = [each for each in steps if _position(each) > _position(step)]
    return after[0].path if after and not changing else f"{_START}/{_CHECK}"


def _sign_up(visit: Visit, typed: dict[str, str]) -> Reply:
    first_open = _first_open(typed)
    if first_open is not None:
        sent_twice = not typed["para_quien"] and visitors.read_draft(visit.visitor, _CREATED)
        return go("/cuenta/creada" if sent_twice else first_open.path)
    try:
        _require_human(visit)
        applicant = applications.applicant(typed, *typed_secret(visit.form), visit.visitor, visit.address)
    except Invalid as problem:
        return _show_check(visit, typed, problem.fields)
    with evenly():
        accounts.sign_up(applicant)
    visitors.save_draft(visit.visitor, _CREATED, {"correo": applicant.email})
    visitors.drop_draft(visit.visitor, _FORM)
    return go("/cuenta/creada")


def _require_human(visit: Visit) -> None:
    """Let people pass; a form that came too fast to be typed waits a moment, a few at a time."""
    note = _known(visit).get(_BEGUN, "")
    try:
        proofs.require_human(visit.form["prueba"], note, visit.form["apodo"])
    except TooFast as early:
        if not _patience.acquire(blocking=False):
            raise
        try:
            time.sleep(early.retry_after)
        finally:
            _patience.release()


def created(visit: Visit) -> Reply:
    """The letter is on its way: the same words whether the address was known or not."""
    known = visitors.read_draft(visit.visitor, _CREATED) if visit.visitor else {}
    return show(visit, "sign_up_done.html", email=known.get("correo", ""))


def show_validation(visit: Visit, token: str) -> Reply:
    """A button: mail programs open links by themselves, so only the button counts."""
    standing = accounts.link_standing(token)
    if standing != "valid":
        return _bad_link(visit, used=standing in ("used", "expired"))
    return show(visit, "validate.html", name=accounts.whose_link(token))


def validate(visit: Visit, token: str) -> Reply:
    """The address is proven; in the browser that signed up, the person is signed in as well."""
    try:
        done = accounts.validate(token, visit.visitor, visit.device)
    except NotFound:
        return _bad_link(visit, used=False)
    except Conflict:
        return _bad_link(visit, used=True)
    if done.grant is None:
        return show(visit, "validated.html")
    session.start(visit, done.grant)
    return go("/portal?cuenta=verificada")


def ask_resend(visit: Visit) -> Reply:
    """For whoever lost the letter."""
    known = visitors.read_draft(visit.visitor, _CREATED) if visit.visitor else {}
    return show(visit, "resend.html", email=known.get("correo", ""))


def resend(visit: Visit) -> Reply:
    """Another letter, when an account waits for it; the answer does not tell."""
    typed = visit.form["correo"]
    try:
        email = canonical(typed)
    except NotAnAddress as reason:
        return show(visit, "resend.html", 422, email=typed, errors={"correo": reason.message})
    with evenly():
        accounts.resend_validation(email, visit.visitor, visit.address)
    visitors.save_draft(visit.visitor, _CREATED, {"correo": email})
    return go("/cuenta/creada")


def _bad_link(visit: Visit, used: bool) -> Reply:
    return show(visit, "bad_link.html", 409 if used else 404, used=used)


def _typed(visit: Visit) -> dict[str, str]:
    known = _known(visit)
    return {name: known.get(name, "") for name in _FIELDS}


def _known(visit: Visit) -> dict[str, str]:
    return visitors.read_draft(visit.visitor, _FORM) if visit.visitor else {}


def _steps_for(typed: dict[str, str]) -> list[Step]:
    return [step for step in STEPS if not step.only_for_child or typed["para_quien"] == "nna"]


def _first_open(typed: dict[str, str]) -> Step | None:
    return next((step for step in _steps_for(typed) if applications.complaints(typed, step.checked)), None)


def _step(name: str) -> Step:
    found = next((step for step in STEPS if step.name == name), None)
    if found is None:
        raise NotFound("")
    return found


def _position(step: Step) -> int:
    return STEPS.index(step)


def _show(visit: Visit, step: Step, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    steps = _steps_for(typed)
    number = steps.index(step) + 1 if step in steps else 2
    return show(
        visit,
        f"sign_up_{step.name or 'start'}.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        number=number,
        total=len(steps) + 1,
        for_child=typed["para_quien"] == "nna",
        countries_asked=[("", applications.countries())],
        relations_asked=[(code, words, "") for code, words in _translated(applications.relations())],
    )


def _translated(choices: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(code, _(words)) for code, words in choices]


def _show_check(visit: Visit, typed: dict[str, str], wrong: dict[str, str] | None = None) -> Reply:
    return show(
        visit,
        "sign_up_check.html",
        422 if wrong else 200,
        errors=wrong,
        typed=typed,
        challenge=proofs.challenge(),
        for_child=typed["para_quien"] == "nna",
        country=dict(applications.countries()).get(typed["pais"], ""),
        relation=dict(applications.relations()).get(typed["relacion"], ""),
        total=len(_steps_for(typed)) + 1,
    )
