"""Banners: who publishes them, when they are shown, in which language, and what is kept of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core import clock
from core.banners import moments, publishing, showing
from core.errors import Conflict, Invalid, NotAllowed, NotFound
from core.people.views import Staff
from tests.harness import cast
from tests.harness.databases import MONDAY

HOUR = 3600
WORDS = {"es": "Hoy a las 20:00 hay mantención.", "en": "Maintenance today at 20:00.", "ht": "", "pt": "Manutenção às 20:00."}


@pytest.fixture
def chief(database: str) -> Staff:
    return cast.analyst("Camila Soto", role="supervisor")


def said(language: str = "es") -> list[str]:
    return [banner.words for banner in showing.shown(language)]


def test_a_banner_is_shown_from_its_start_to_its_end_and_then_no_more(chief: Staff) -> None:
    publishing.publish(chief, WORDS, MONDAY + HOUR, MONDAY + 2 * HOUR, "a")
    seen = []
    for _ in range(3):
        seen.append(said())
        clock.advance(HOUR)
    assert seen == [[], [WORDS["es"]], []]


def test_a_language_without_words_gets_the_spanish_ones_and_says_so(chief: Staff) -> None:
    publishing.publish(chief, WORDS, None, MONDAY + HOUR, "a")
    assert [tuple(showing.shown(code)[0]) for code in ("en", "ht")] == [(WORDS["en"], "en"), (WORDS["es"], "es")]


def test_only_supervisors_publish_and_the_same_form_publishes_once(chief: Staff) -> None:
    for verb in (
        lambda: publishing.publish(cast.analyst(), WORDS, None, MONDAY + HOUR, "a"),
        lambda: publishing.withdraw(cast.analyst(), 1),
        lambda: publishing.banners(cast.analyst()),
    ):
        with pytest.raises(NotAllowed):
            verb()
    assert publishing.publish(chief, WORDS, None, MONDAY + HOUR, "a") == publishing.publish(
        chief, WORDS, None, MONDAY + HOUR, "a"
    )
    assert said() == [WORDS["es"]]


def test_its_end_can_be_changed_and_it_can_be_withdrawn_and_all_of_that_is_kept(chief: Staff) -> None:
    number = publishing.publish(chief, WORDS, None, MONDAY + HOUR, "a")
    other = cast.analyst("Eva Díaz", role="admin")
    publishing.change_end(other, number, MONDAY + 3 * HOUR)
    clock.advance(2 * HOUR)
    assert said() == [WORDS["es"]]
    publishing.withdraw(chief, number)
    assert said() == []
    (banner,) = publishing.banners(chief)
    assert [(deed.kind, deed.author, deed.ends_at) for deed in banner.deeds] == [
        ("publicado", "Camila Soto", MONDAY + HOUR),
        ("cambiado", "Eva Díaz", MONDAY + 3 * HOUR),
        ("retirado", "Camila Soto", MONDAY + 3 * HOUR),
    ]
    assert banner.is_over(clock.now())
    with pytest.raises(Conflict):
        publishing.change_end(chief, number, MONDAY + 9 * HOUR)
    with pytest.raises(NotFound):
        publishing.withdraw(chief, number + 1)


@pytest.mark.parametrize(
    ("texts", "ends_in", "field"),
    [
        ({"es": "\u200b "}, HOUR, "es"),
        ({"es": "a" * 301}, HOUR, "es"),
        ({"es": "Hola", "pt": "a" * 301}, HOUR, "pt"),
        ({"es": "Hola"}, 0, "ends_at"),
        ({"es": "Hola"}, 91 * 24 * HOUR, "ends_at"),
    ],
)
def test_what_cannot_stand_on_every_page_is_refused(chief: Staff, texts: dict[str, str], ends_in: int, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        publishing.publish(chief, texts, None, MONDAY + ends_in, "a")
    assert set(refused.value.fields) == {field}


def test_three_at_once_are_enough(chief: Staff) -> None:
    for number in range(3):
        publishing.publish(chief, WORDS, MONDAY + number * HOUR, MONDAY + 3 * HOUR, str(number))
    with pytest.raises(Conflict):
        publishing.publish(chief, WORDS, None, MONDAY + 3 * HOUR, "d")
    publishing.publish(chief, WORDS, None, MONDAY + 2 * HOUR, "d")
    publishing.publish(chief, WORDS, MONDAY + 3 * HOUR, MONDAY + 4 * HOUR, "e")


def test_a_page_does_not_ask_the_database_each_time_but_soon_enough(chief: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process publishes: nobody tells this one."""
    moment, asked = [0.0], []
    monkeypatch.setattr(showing, "monotonic", lambda: moment[0])
    monkeypatch.setattr(publishing.showing, "forget", lambda: None)
    real = showing._read
    monkeypatch.setattr(showing, "_read", lambda: asked.append(moment[0]) or real())
    showing._memory.read_at = float("-inf")
    said()
    publishing.publish(chief, WORDS, None, MONDAY + HOUR, "a")
    shown_at = None
    for tenth in range(100):
        moment[0] = tenth / 10
        if said() and shown_at is None:
            shown_at = moment[0]
    assert shown_at is not None
    assert 0 < shown_at < 10
    assert len(asked) == 3


def test_a_database_that_is_away_takes_no_banner_away(chief: Staff, monkeypatch: pytest.MonkeyPatch) -> None:
    publishing.publish(chief, WORDS, None, MONDAY + HOUR, "a")
    assert said() == [WORDS["es"]]
    monkeypatch.setattr("peewee.Database.execute_sql", lambda *_: (_ for _ in ()).throw(publishing_trouble()))
    showing.forget()
    assert said() == [WORDS["es"]]


def publishing_trouble() -> Exception:
    import peewee

    return peewee.OperationalError("away")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("18:00", (2026, 11, 23, 18, 0)),
        ("hoy 9.05", (2026, 11, 23, 9, 5)),
        ("mañana 9:00", (2026, 11, 24, 9, 0)),
        ("24-11 18:00", (2026, 11, 24, 18, 0)),
        ("3/1 8:30", (2027, 1, 3, 8, 30)),
        ("1-12-2026", (2026, 12, 1, 0, 0)),
    ],
)
def test_an_instant_is_read_as_people_type_it(still_clock: int, typed: str, meant: tuple[int, ...]) -> None:
    local = datetime(*meant, tzinfo=clock.SANTIAGO)  # type: ignore[arg-type,misc]
    assert moments.read(typed, "x") == int(local.astimezone(UTC).timestamp())
    assert moments.read(moments.written(moments.read(typed, "x")), "x") == moments.read(typed, "x")


@pytest.mark.parametrize("typed", ["", "25:00", "31-2 10:00", "ayer", "1-12-99999", "24-11 18", "٢٤-11 10:00", "[/] 10:00"])
def test_what_is_no_instant_is_refused(still_clock: int, typed: str) -> None:
    with pytest.raises(Invalid):
        moments.read(typed, "x")


def test_a_day_without_an_hour_ends_when_it_is_over(still_clock: int) -> None:
    assert moments.read("24-11", "x", end_of_day=True) == moments.read("25-11 0:00", "x")
