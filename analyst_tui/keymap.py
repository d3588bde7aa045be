"""Keys that somebody changed: `teclas.toml` in AYUDA_HOME, one line a command, such as `lista.take = "y"`."""

from __future__ import annotations

from pathlib import Path

from analyst_tui.commands import check_keymap
from core.errors import Invalid, Misconfigured

FILE = "teclas.toml"


def read(home: Path) -> dict[str, str]:
    """The changed keys by command; raises `Misconfigured` with one line when the file is wrong."""
    file = home / FILE
    if not file.exists():
        return {}
    import tomllib

    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
        return check_keymap(_flat(tables))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise Misconfigured(f"{file} no se puede leer: {reason}.") from reason
    except Invalid as reason:
        raise Misconfigured(f"{file}: {reason.message}") from reason


def _flat(tables: dict[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for place, keys in tables.items():
        flat |= {f"{place}.{name}": key for name, key in keys.items()} if isinstance(keys, dict) else {place: keys}
    return flat
