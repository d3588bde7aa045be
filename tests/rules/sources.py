"""The project's own files, parsed once."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("core", "intake_web", "analyst_tui", "data", "ayuda.py")
_GENERATED = {".git", ".venv", ".hypothesis", "__pycache__", "build", "var"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the project, generated ones left out, relative to its root."""
    found: list[Path] = []
    for folder, names, contents in os.walk(ROOT):
        names[:] = [name for name in names if not _is_generated(name)]
        found += [(Path(folder) / name).relative_to(ROOT) for name in contents if not _is_generated(name)]
    return tuple(sorted(found))


def _is_generated(name: str) -> bool:
    return name in _GENERATED or name.endswith((".egg-info", "_cache"))


@cache
def modules(*rooms: str) -> tuple[Path, ...]:
    """The Python files of these rooms; of the whole project when none is named."""
    return tuple(path for path in files() if path.suffix == ".py" and (not rooms or path.parts[0] in rooms))


@cache
def tree(path: Path) -> ast.Module:
    """A file's syntax."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def module_name(path: Path) -> str:
    """The name under which a file is imported."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def functions(path: Path) -> Iterator[Function]:
    """Every function of a file, methods and inner ones included."""
    return (node for node in ast.walk(tree(path)) if isinstance(node, Function))


def imports(path: Path) -> Iterator[tuple[str, ast.AST]]:
    """What a file imports, in dotted names (`from a import b` gives a.b), each with its place."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def dotted(node: ast.AST) -> str:
    """An expression like `a.b.c` in words; nothing for any other."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value)):
        return f"{owner}.{node.attr}"
    return ""
