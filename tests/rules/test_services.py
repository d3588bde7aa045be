"""Every service says how it uses the database, and nothing reaches a table without saying so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.rules import sources

MARKS = {"reads", "writes", "unlocked"}
TABLE_ROOMS = (
    "core.database.binding.db",
    "core.database.bulk.insert",
    "core.database.bulk.loading",
    "core.database.bulk.next_id",
    "core.database.fulltext",
    "core.database.prepared",
)


@dataclass
class Code:
    """A function of core: how it is marked, what it uses by full name."""

    name: str
    marks: set[str]
    uses: set[str] = field(default_factory=set)


@cache
def core_code() -> dict[str, Code]:
    """Every module-level function of core's slices, by full name."""
    paths = [path for path in sources.modules("core") if path.name not in ("models.py", "views.py")]
    return {code.name: code for path in paths if "steps" not in path.parts for code in _functions_of(path)}


def _functions_of(path: Path) -> Iterator[Code]:
    module = sources.module_name(path)
    tree = sources.tree(path)
    statements = {target.id: node for node in tree.body if (target := _statement(node)) is not None}
    functions = {node.name for node in tree.body if isinstance(node, sources.Function)}
    names = {name: f"{module}.{name}" for name in functions | set(statements)} | _imported(path)
    for name, node in statements.items():
        yield Code(f"{module}.{name}", set(), _used(node, names) - {f"{module}.{name}"})
    for node in tree.body:
        if isinstance(node, sources.Function):
            marks = {sources.dotted(mark) for mark in node.decorator_list} & MARKS
            yield Code(f"{module}.{node.name}", marks, {used for line in node.body for used in _used(line, names)})


def _statement(node: ast.stmt) -> ast.Name | None:
    """The name of a statement that was prepared once: `_X = Prepared(…)`."""
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.Call) or not isinstance(node.targets[0], ast.Name):
        return None
    return node.targets[0] if sources.dotted(node.value.func).endswith("Prepared") else None


def _imported(path: Path) -> dict[str, str]:
    """What the names that a file imports stand for."""
    stand_for: dict[str, str] = {}
    for node in ast.walk(sources.tree(path)):
        if isinstance(node, ast.ImportFrom):
            stand_for |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            stand_for |= {alias.asname or alias.name: alias.name for alias in node.names}
    return stand_for


def _used(function: ast.AST, names: dict[str, str]) -> set[str]:
    found = set()
    for node in ast.walk(function):
        first, _, rest = sources.dotted(node).partition(".")
        if first in names:
            found.add(f"{names[first]}.{rest}" if rest else names[first])
    return found


def is_table(name: str) -> bool:
    """Whether a full name is a table of core, the database itself, its full text or a prepared statement."""
    return ".models." in name or name.startswith(TABLE_ROOMS)


@cache
def reaches_tables(name: str) -> bool:
    """Whether a function needs an open connection that it does not open itself."""
    code = core_code().get(name)
    if is_table(name):
        return True
    if code is None or code.marks or name.startswith("core.database."):
        return False
    return any(reaches_tables(used) for used in code.uses if used != name)


def outside_uses() -> Iterator[tuple[str, str]]:
    """What the front ends and the command line use of core: who, and the full name."""
    for path in sources.modules("intake_web", "analyst_tui", "ayuda.py"):
        yield from ((str(path), used) for used in _used(sources.tree(path), _imported(path)) if used.startswith("core."))


def test_whatever_is_called_from_outside_opens_its_own_connection() -> None:
    strays = {(path, used) for path, used in outside_uses() if used in core_code() and reaches_tables(used)}
    assert strays == set()


def test_a_service_without_a_transaction_touches_no_table() -> None:
    strays = {
        (code.name, used)
        for code in core_code().values()
        if "unlocked" in code.marks and not code.name.startswith("core.database.")
        for used in code.uses
        if reaches_tables(used)
    }
    assert strays == set()


def test_public_functions_that_touch_tables_are_marked_or_stay_in_their_slice() -> None:
    strays = {
        (code.name, used)
        for code in core_code().values()
        for used in code.uses
        if used in core_code() and reaches_tables(used) and _slice(used) not in (_slice(code.name), "database")
    }
    assert strays == set()


def _slice(name: str) -> str:
    return name.split(".")[1]


def test_services_never_say_commit() -> None:
    words = {"commit", "rollback", "begin", "session_start", "manual_commit", "transaction", "connection_context", "connect"}
    strays = [
        f"{path}:{node.lineno} {name}"
        for path in sources.modules("core")
        if path.parts[1] != "database"
        for node in ast.walk(sources.tree(path))
        if isinstance(node, ast.Call)
        and (name := sources.dotted(node.func)).partition(".")[0] in ("db", "database")
        and name.rpartition(".")[2] in words
    ]
    assert strays == []
