"""The tables that people extend, walked from end to end: the web's routes and the terminal's commands."""

from __future__ import annotations

import ast
import dataclasses
from typing import get_args

import pytest

from analyst_tui import commands
from analyst_tui.command_tables.command import ANYWHERE, PLACES, Command
from analyst_tui.commands import COMMANDS
from intake_web import app
from intake_web.app import ROUTES, Route
from tests.rules import sources


def test_a_route_cannot_be_declared_without_saying_who_may_call_it() -> None:
    (who,) = [field for field in dataclasses.fields(Route) if field.name == "who"]
    assert who.default is dataclasses.MISSING
    assert who.default_factory is dataclasses.MISSING


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.method} {route.path}")
def test_every_route_says_who_may_call_it(route: Route) -> None:
    assert route.who in get_args(app.Who)


def test_no_route_is_declared_outside_the_table() -> None:
    strays = [
        f"{path}:{node.lineno}"
        for path in sources.modules("intake_web")
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call) and sources.dotted(node.func).rpartition(".")[2] in ("route", "add_route", "mount", "merge")
    ]
    assert len(strays) == 1, strays


def test_no_two_routes_answer_the_same_request() -> None:
    asked = [(route.method, route.path) for route in ROUTES]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: f"{command.where}-{command.id}")
def test_every_command_has_an_id_a_key_words_and_help(command: Command) -> None:
    assert command.id.isidentifier()
    assert command.keys
    assert command.words
    assert command.help.endswith(".")
    assert command.where in PLACES


def test_no_two_commands_of_a_place_share_an_id_or_a_key() -> None:
    for place in PLACES:
        here = commands.commands_of(place, ANYWHERE)
        ids = [command.id for command in here]
        keys = [key for command in here for key in command.keys.split(",")]
        assert len(ids) == len(set(ids)), place
        assert len(keys) == len(set(keys)), place
