"""What gets loaded, seen at run time: import-linter reads the sources, this looks at what a process has in memory."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.rules import sources

HEAVY = {
    "holidays",
    "limits",
    "pydantic_settings",
    "psycopg",
    "authlib",
    "icalendar",
    "jinja2",
    "bottle",
    "babel",
    "yagmail",
    "premailer",
    "PIL",
    "pillow_heif",
    "pypdf",
}


def modules_loaded_by(*names: str) -> set[str]:
    """The modules in memory after a fresh process has imported these."""
    script = (
        "import importlib, json, sys; [importlib.import_module(n) for n in sys.argv[1:]]; print(json.dumps(sorted(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script, *names], capture_output=True, text=True, check=True, cwd=sources.ROOT)
    return set(json.loads(done.stdout))


def loaded_by(*names: str) -> set[str]:
    """The top-level modules among those."""
    return {name.partition(".")[0] for name in modules_loaded_by(*names)}


def modules_of(*rooms: str) -> list[str]:
    return [sources.module_name(path) for path in sources.modules(*rooms) if "steps" not in path.parts]


def test_all_of_core_loads_no_front_end_library() -> None:
    assert loaded_by(*modules_of("core")) & {"textual", "rich", "bottle", "jinja2", "waitress"} == set()


def test_all_of_the_web_loads_no_terminal_library() -> None:
    assert loaded_by(*modules_of("intake_web")) & {"textual", "rich", "analyst_tui"} == set()


def test_the_web_looks_into_no_file_itself() -> None:
    assert loaded_by(*modules_of("intake_web")) & {"PIL", "pillow_heif", "pypdf"} == set()


def test_all_of_the_terminal_loads_nothing_heavy() -> None:
    assert loaded_by(*modules_of("analyst_tui")) & (HEAVY | {"intake_web"}) == set()


def test_the_command_line_loads_no_front_end_before_it_knows_which() -> None:
    assert loaded_by("ayuda") & (HEAVY | {"textual", "rich", "intake_web", "analyst_tui"}) == set()


def test_the_first_list_of_the_terminal_loads_nothing_of_an_opened_ticket() -> None:
    loaded = modules_loaded_by("analyst_tui.desk", "analyst_tui.screens.queue")
    assert loaded & {"core.tickets.views", "core.tickets.sheets", "core.calendar.ledger", "itsdangerous", "argparse"} == set()
