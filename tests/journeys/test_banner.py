"""A banner that a terminal publishes is on every page of every process of the site within ten seconds, and gone as soon."""

from __future__ import annotations

from core import clock
from core.banners import publishing
from tests.harness import cast
from tests.harness.page import Visitor, over_http
from tests.harness.processes import wait_until
from tests.harness.server import Service

WORDS = {"es": "Hoy a las 20:00 hay mantención.", "en": "Maintenance today at 20:00."}
PATHS = ("/", "/ingreso", "/nada")


def test_two_processes_show_it_within_ten_seconds_and_take_it_down_as_fast(bound: Service) -> None:
    bound.web("--workers", "2")
    chief = cast.analyst("Camila Soto", role="supervisor")
    assert seen(bound) == {False}
    number = publishing.publish(chief, WORDS, None, clock.now() + 3600, "a")
    wait_until(lambda: seen(bound) == {True}, "the banner on every page", seconds=10)
    publishing.withdraw(chief, number)
    wait_until(lambda: seen(bound) == {False}, "the banner gone from every page", seconds=10)


def seen(service: Service) -> set[bool]:
    """Whether pages show it, each asked for often enough over new connections to meet both processes."""
    answers = [Visitor(over_http(service.address), {"Connection": "close"}).get(path) for path in PATHS for _ in range(6)]
    return {WORDS["es"] in answer.text for answer in answers}
