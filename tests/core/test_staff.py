"""Staff: who they are, what they may see, how they come in and are kept out."""

from __future__ import annotations

import pytest

from core import clock
from core.errors import Conflict, Invalid, NotAllowed, NotFound, TooOften
from core.people import policy, staff
from tests.harness import cast

pytestmark = pytest.mark.usefixtures("database")


def add(**changed: object) -> None:
    wanted = {"name": "Ana Rojas", "role": "analyst", "email": "ana@servicio.example", "password": cast.STAFF_PASSWORD}
    staff.add_staff(**{**wanted, **changed})  # type: ignore[arg-type]


def test_an_analyst_signs_in_by_name_and_password() -> None:
    add()
    token, known = staff.sign_in_staff("Ana Rojas", cast.STAFF_PASSWORD)
    assert known.name == "Ana Rojas"
    assert staff.staff_of(token).id == known.id


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "\u202e"),
        ("name", "x" * 81),
        ("role", "jefa"),
        ("email", "ana"),
        ("password", "corta"),
        ("password", "quince letras!"),
        ("rights", ("todo",)),
        ("cap", 0),
    ],
)
def test_a_wrong_field_is_refused_by_name(field: str, value: object) -> None:
    with pytest.raises(Invalid) as refused:
        add(**{field: value})
    assert set(refused.value.fields) == {field}


def test_a_name_is_given_once() -> None:
    add()
    with pytest.raises(Conflict):
        add()


def test_a_wrong_password_an_unknown_name_and_a_disabled_account_get_the_same_words() -> None:
    add()
    add(name="Otra")
    staff.disable_staff("Otra")
    said = set()
    for name, password in (("Ana Rojas", "x" * 20), ("Nadie", cast.STAFF_PASSWORD), ("Otra", cast.STAFF_PASSWORD)):
        with pytest.raises(Invalid) as refused:
            staff.sign_in_staff(name, password)
        said.add(refused.value.message)
    assert len(said) == 1


def test_guessing_at_an_analysts_password_is_slowed_down() -> None:
    with pytest.raises(TooOften):
        for _ in range(20):
            with pytest.raises(Invalid):
                staff.sign_in_staff("Nadie", "una y otra vez lo mismo")


def test_disabling_ends_the_sessions_at_once() -> None:
    me = cast.analyst("Ana Rojas")
    staff.disable_staff("Ana Rojas")
    with pytest.raises(NotAllowed):
        staff.current(me)


def test_nobody_unknown_can_be_disabled() -> None:
    with pytest.raises(NotFound):
        staff.disable_staff("Nadie")


def test_a_session_ends_with_the_shift() -> None:
    me = cast.analyst()
    clock.advance(staff.SHIFT)
    with pytest.raises(NotAllowed):
        staff.current(me)


def test_a_session_ends_when_one_leaves() -> None:
    me = cast.analyst()
    staff.sign_out(me)
    with pytest.raises(NotAllowed):
        staff.current(me)


def test_everybody_is_listed_by_name_the_disabled_ones_too() -> None:
    add(name="Zoila")
    add(name="Ana")
    staff.disable_staff("Zoila")
    assert [(each.name, each.disabled) for each in staff.list_staff()] == [("Ana", False), ("Zoila", True)]


@pytest.mark.parametrize("route", policy.RIGHTS)
def test_a_restricted_route_is_for_those_with_the_right(route: str) -> None:
    assert route not in policy.visible_routes(cast.analyst())
    assert route in policy.visible_routes(cast.analyst(rights=(route,)))


@pytest.mark.parametrize("route", ["normal", "plazo", "derivar"])
def test_ordinary_routes_are_for_everybody(route: str) -> None:
    assert route in policy.visible_routes(cast.analyst())


def test_figures_are_for_those_who_supervise() -> None:
    assert not policy.allowed(cast.analyst(), "statistics")
    assert policy.allowed(cast.analyst(role="supervisor"), "statistics")
    assert policy.allowed(cast.analyst(role="admin"), "statistics")


@pytest.mark.parametrize("verb", ["read", "claim", "release", "note", "reply", "search"])
def test_no_verb_reaches_into_a_route_that_one_may_not_see(verb: str) -> None:
    with pytest.raises(NotAllowed):
        policy.require(cast.analyst(), verb, "nna")


def test_what_somebody_prefers_at_the_terminal_is_theirs_alone_and_goes_with_them() -> None:
    add()
    add(name="Pedro Soto", email="pedro@servicio.example")
    _, ana = staff.sign_in_staff("Ana Rojas", cast.STAFF_PASSWORD)
    staff.keep_habits(ana, {"claro", "lineal", "otra cosa"})
    known = {member.name: member.habits for member in staff.list_staff()}
    assert known == {"Ana Rojas": {"claro", "lineal"}, "Pedro Soto": set()}
    assert staff.sign_in_staff("Ana Rojas", cast.STAFF_PASSWORD)[1].habits == {"claro", "lineal"}
