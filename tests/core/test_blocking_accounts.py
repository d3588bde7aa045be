"""A block freezes the account too: nothing in it changes but what keeps it safe."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import pytest

from core.errors import NotAllowed
from core.operations.rights import blocking
from core.people import children, email_changes, joining, recovery, sessions
from core.people.account_views import Account
from core.people.joining import Identity
from core.tramites import starting
from tests.harness import cast, life
from tests.rules import sources

pytestmark = pytest.mark.usefixtures("sqlite_database")

NO_TREATMENT = {
    "who it is that signs in, and that nobody else does": (
        "accounts.prove_address accounts.validate claveunica.begin claveunica.finish claveunica.note_session "
        "claveunica.sign_out_address joining.arrive joining.join links.create links.kill links.use recovery.ask_reset "
        "recovery.change_password recovery.reset sessions.begin sessions.end_others sessions.sign_in sessions.sign_out"
    ),
    "people who have no account yet, or whose account nobody has proven": (
        "accounts.forget_unproven accounts.forget_unverified accounts.resend_validation accounts.sign_up "
        "applications.applicant proofs.forget_expired proofs.require_human"
    ),
    "nobody's data": (
        "sessions.forget_expired throttles.forget throttles.forget_full throttles.forgive_guesses throttles.spend "
        "throttles.spend_guess throttles.spend_letter times.count_again times.keep visitors.forget_old"
    ),
    "what somebody types and has not sent": "visitors.drop_draft visitors.save_draft visitors.take_draft",
    "the language in which one is spoken to": "accounts.set_language",
    "what the State's other registers say is so": "history.import_csv history.import_rows",
    "part of a verb that is refused": "children.password_for history.move joining.bring_run starting.follow",
    "the block itself": "standing.require_free_person",
    "the staff": "staff.add_staff staff.begin staff.disable_staff staff.keep_habits staff.sign_in_staff staff.sign_out",
}
HELD = ("account", "person", "email_change", "hand_over", "tramite", "tramite_start", "link", "letter")


@pytest.fixture
def owner(sqlite_database: str) -> Account:
    known = cast.account()
    about = {"nombres": "Adulta", "nacimiento_anio": "2015", "relacion": "madre", "responsable": "Rosa"}
    children.add(known, cast.form(**about))
    again = sessions.account_of(sessions.begin(known.id, remember=False).token)
    assert again is not None
    return again


def treatments(owner: Account) -> dict[str, Callable[[], Any]]:
    """Every verb that changes something of an account's, ready to be called."""
    joining.arrive("navegador", Identity(44_444_444, "Rosa", "Ñamandú", ""))
    joining.join("navegador", cast.form(correo=owner.email))
    joined = _token(owner.email, "/claveunica/correo/")
    email_changes.ask(owner, cast.PASSWORD, "nueva@correo.example")
    confirmed = _token(owner.email, "/cuenta/correo/")
    grown = owner.persons[1].id
    children.hand_over(_of_age(owner), grown, "mia@correo.example")
    offered = _token("mia@correo.example", "/cuenta/entrega/")
    return {
        "children.add": lambda: children.add(owner, cast.form(nacimiento_anio="2015", relacion="madre", responsable="Rosa")),
        "children.add_holder": lambda: children.add_holder(owner, cast.form()),
        "children.hand_over": lambda: children.hand_over(_of_age(owner), grown, "suya@correo.example"),
        "children.move": lambda: children.move(offered, "hash"),
        "email_changes.ask": lambda: email_changes.ask(owner, cast.PASSWORD, "otra@correo.example"),
        "email_changes.ask_proven": lambda: email_changes.ask_proven(owner, "mas@correo.example"),
        "email_changes.confirm": lambda: email_changes.confirm(confirmed),
        "joining.confirm": lambda: joining.confirm(joined, "navegador"),
        "starting.start": lambda: starting.start(owner, owner.persons[0].id, "cert-pd"),
    }


def _token(address: str, path: str) -> str:
    return next(letter.body.partition(path)[2].split()[0] for letter in cast.letters_to(address)[::-1] if path in letter.body)


def _of_age(owner: Account) -> Account:
    from dataclasses import replace
    from datetime import date

    grown = replace(owner.persons[1], birth_date=date(2000, 1, 1))
    return replace(owner, persons=(owner.persons[0], grown))


def held() -> dict[str, list[dict[str, Any]]]:
    rows = life.rows()
    return {table: rows[table] for table in HELD}


def test_no_verb_changes_a_blocked_account(owner: Account) -> None:
    verbs = treatments(owner)
    blocking.block(owner)
    before = held()
    for name, verb in verbs.items():
        with pytest.raises(NotAllowed, match="bloqueados"):
            verb()
        assert held() == before, name


def test_every_verb_is_tried_above_or_says_why_not(owner: Account) -> None:
    """A new verb fails here until it heeds the block, or is named as no treatment."""
    verbs = {
        f"{path.stem}.{node.name}"
        for path in sources.modules("core")
        if path.parts[1] in ("people", "tramites")
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
        if {"writes", "unlocked"} & {sources.dotted(mark) for mark in node.decorator_list}
    }
    harmless = {name for listed in NO_TREATMENT.values() for name in listed.split()}
    assert verbs - set(treatments(owner)) - harmless == set()


def test_a_blocked_account_can_still_be_kept_safe(owner: Account) -> None:
    token = sessions.begin(owner.id, remember=False).token
    blocking.block(owner)
    recovery.change_password(owner, token, cast.PASSWORD, "otras palabras largas", "otras palabras largas")
    assert sessions.end_others(owner.id, token) == 0
