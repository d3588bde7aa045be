"""The national holidays of Chile as data/holidays.json has them, made with the holidays package.

`make holidays` writes the file again, so that the service never loads the package.
"""

from __future__ import annotations

import json
from pathlib import Path

from holidays import country_holidays

FILE = Path(__file__).parents[2] / "data" / "holidays.json"
YEARS = range(2020, 2036)


def text() -> str:
    """The file's content: a line for each holiday, in order."""
    known = country_holidays("CL", years=YEARS, language="es")
    rows = [json.dumps({"fecha": day.isoformat(), "nombre": name}, ensure_ascii=False) for day, name in sorted(known.items())]
    return "[\n  " + ",\n  ".join(rows) + "\n]\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
