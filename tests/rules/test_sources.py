"""What the text of the sources must and must not contain."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.rules import sources

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
ONLY_IN = {
    "yagmail": {"core/mail/delivery.py"},
    "itsdangerous": {"core/tokens.py"},
    "secrets": {"core/tokens.py"},
    "playhouse": {"core/database"},
}
CLOCKS = re.compile(
    r"(?:time\.)?time\.(?:time|time_ns|localtime|gmtime)|(?:\w+\.)?datetime\.(?:now|utcnow|today)|(?:\w+\.)?date\.today"
)
PLACES_OF_OURS = (
    "." + "./shared",
    "/" + "tmp/",
    "/" + "root",
    "/" + "work",
    "py" + "pi.org",
    "python" + "hosted",
    "deb." + "debian.org",
)
OTHERS_WORDS = ("tests/corpus/",)


def at(path: Path, node: ast.AST) -> str:
    return f"{path}:{getattr(node, 'lineno', 0)}"


def test_functions_are_at_most_forty_lines_long() -> None:
    long = [
        f"{at(path, function)} {function.name}"
        for path in sources.modules()
        for function in sources.functions(path)
        if (function.end_lineno or 0) - function.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_files_are_at_most_three_hundred_lines_long() -> None:
    lines = {path: len((sources.ROOT / path).read_text(encoding="utf-8").splitlines()) for path in sources.modules()}
    assert {str(path): count for path, count in lines.items() if count > LONGEST_FILE} == {}


def test_libraries_with_hazards_have_one_importer() -> None:
    strays = [
        f"{at(path, node)} {name}"
        for path in sources.modules(*sources.PROGRAM)
        for name, node in sources.imports(path)
        if (homes := ONLY_IN.get(name.partition(".")[0])) and not any(str(path).startswith(home) for home in homes)
    ]
    assert strays == []


def test_only_settings_looks_at_the_environment() -> None:
    strays = [
        f"{at(path, node)} {name}"
        for path in sources.modules(*sources.PROGRAM)
        if str(path) != "core/settings.py"
        for node in ast.walk(sources.tree(path))
        if (name := sources.dotted(node)) in ("os.environ", "os.getenv", "os.environb", "environ", "getenv")
        and not _is_a_wsgi_environ(path, name)
    ]
    strays += [
        f"{at(path, node)} {name}"
        for path in sources.modules(*sources.PROGRAM)
        if str(path) != "core/settings.py"
        for name, node in sources.imports(path)
        if name in ("os.environ", "os.getenv", "os.environb")
    ]
    assert strays == []


def _is_a_wsgi_environ(path: Path, name: str) -> bool:
    return name == "environ" and path.parts[0] == "intake_web"


def test_only_the_clock_asks_for_the_time() -> None:
    strays = [
        f"{at(path, node)} {name}"
        for path in sources.modules(*sources.PROGRAM)
        if str(path) != "core/clock.py"
        for node in ast.walk(sources.tree(path))
        if CLOCKS.fullmatch(name := sources.dotted(node))
    ]
    strays += [
        f"{at(path, node)} {name}"
        for path in sources.modules(*sources.PROGRAM)
        if str(path) != "core/clock.py"
        for name, node in sources.imports(path)
        if name in ("time.time", "time.time_ns", "time.localtime", "time.gmtime")
    ]
    assert strays == []


def test_packages_hold_a_sentence_and_nothing_else() -> None:
    busy = [
        str(path)
        for path in sources.modules("core", "intake_web", "analyst_tui", "data", "tests")
        if path.name == "__init__.py" and path.parts[:2] != ("tests", "corpus")
        if len(sources.tree(path).body) != 1 or not ast.get_docstring(sources.tree(path))
    ]
    assert busy == []


def test_nothing_names_a_place_of_one_machine_or_a_registry() -> None:
    named = []
    for path in sources.files():
        if str(path).startswith(OTHERS_WORDS) or path.suffix in (".png", ".pem", ".mo", ".gz"):
            continue
        text = (sources.ROOT / path).read_text(encoding="utf-8", errors="replace")
        named += [f"{path}: {place}" for place in PLACES_OF_OURS if place in text]
    assert named == []


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"#.*\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b")
    left = [
        f"{path}:{number}"
        for path in sources.modules()
        for number, line in enumerate((sources.ROOT / path).read_text(encoding="utf-8").splitlines(), 1)
        if marks.search(line)
    ]
    assert left == []
