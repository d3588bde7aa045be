"""Nothing of an account is changed at the desk before somebody recorded who the person is (route `identidad`)."""

from __future__ import annotations

import ast
from functools import cache

from tests.rules import sources
from tests.rules.test_services import core_code

PROOF = "core.tickets.identity.require"
CHANGED = tuple(
    f"core.people.models.{table}.{verb}"
    for table in ("Account", "Person", "EmailChange")
    for verb in ("update", "delete", "insert")
)


@cache
def reached(name: str) -> frozenset[str]:
    """Everything that a function of core uses, and what that uses."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        code = core_code().get(waiting.pop())
        more = (code.uses if code else set()) - found
        found |= more
        waiting += more
    return frozenset(found)


def verbs_of_the_desk() -> set[str]:
    """Every function of core that somebody of the staff acts by."""
    return {
        f"{sources.module_name(path)}.{node.name}"
        for path in sources.modules("core")
        for node in sources.tree(path).body
        if isinstance(node, ast.FunctionDef) and node.args.args[:1] and node.args.args[0].arg == "actor"
    }


def test_the_verbs_that_change_accounts_are_known() -> None:
    changing = {name for name in verbs_of_the_desk() if reached(name).intersection(CHANGED)}
    assert {"core.operations.reclaiming.change_address", "core.operations.reclaiming.bring_back"} <= changing


def test_every_verb_of_the_desk_that_changes_an_account_wants_the_proof() -> None:
    strays = {name for name in verbs_of_the_desk() if reached(name).intersection(CHANGED) and PROOF not in reached(name)}
    assert strays == set()
