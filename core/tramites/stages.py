"""The stages that a procedure goes through, in plain words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from core.tramites.views import Stage, Tramite

_DATA = Path(__file__).parent.parent.parent / "data"


@cache
def stages() -> tuple[Stage, ...]:
    """The stages, in order."""
    rows = json.loads((_DATA / "stages.json").read_text(encoding="utf-8"))
    return tuple(Stage(row["nombre"], tuple(row["estados"]), row["explicacion"]) for row in rows)


def first_stage() -> Stage:
    """The stage in which a procedure is from the day on which it came in."""
    return stages()[0]


def last_stage() -> Stage:
    """The stage that a procedure ends in."""
    return stages()[-1]


def stage_of(tramite: Tramite) -> Stage | None:
    """The stage that a trámite's state stands for; None when the state is not one that we know."""
    return stage_named(tramite.state)


def stage_named(state: str) -> Stage | None:
    """The stage that a state stands for; None when the state is not one that we know."""
    return _by_state().get(state.casefold())


@cache
def _by_state() -> dict[str, Stage]:
    return {state.casefold(): stage for stage in reversed(stages()) for state in stage.states}
