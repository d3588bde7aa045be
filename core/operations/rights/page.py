"""The readable page of a download: one file that needs nothing else and leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from html import escape

from core import language
from core.language import _
from core.operations.rights import words
from core.operations.rights.gathering import Record, Value
from core.operations.rights.labels import label, title
from core.text import visible

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""Even a browser that misread the page would load nothing and send nothing."""
_STYLE = (
    "body{max-width:46rem;margin:0 auto;padding:1rem;font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff}"
    "h1{font-size:1.6rem}h2{font-size:1.25rem;margin:2rem 0 .5rem;border-bottom:2px solid #006fb3}"
    "dl{margin:0 0 1rem;padding:.5rem 0;border-bottom:1px solid #c5ced8}dl>div{display:flex;flex-wrap:wrap;gap:0 1rem}"
    "dt{flex:0 0 13rem;font-weight:600}dd{flex:1 1 18rem;margin:0;white-space:pre-wrap;overflow-wrap:anywhere}"
    "@media(prefers-color-scheme:dark){body{color:#eef2f7;background:#0d1524}}"
)
_TRANSLATED = {
    "pais": words.country,
    "relacion": words.relation,
    "tipo": words.subject,
    "materia": words.subject,
    "categoria": words.subject,
    "derecho": words.kind,
    "resultado": words.outcome,
}


def html(sections: Mapping[str, Sequence[Record]], generated_at: datetime) -> str:
    """The whole page; whatever people wrote is text in it and nothing else."""
    body = [line for name, records in sections.items() for line in _section(name, records)]
    return "\n".join([*_head(generated_at), *body, "</body>", ""])


def _head(generated_at: datetime) -> Iterator[str]:
    heading = _("Tus datos en Ayuda Migraciones")
    yield f'<!doctype html>\n<html lang="{escape(language.current())}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
    yield f"<title>{escape(heading)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(heading)}</h1>"
    yield f"<p>{escape(_('Todo lo que guardamos sobre ti el {when}.').format(when=_shown('', generated_at)))}</p>"
    aside = _(
        "De tu contraseña guardamos solo una huella que nadie puede leer. Las notas internas del equipo pueden hablar "
        "de otras personas: pídelas en Mis datos y una persona las revisa."
    )
    yield f"<p>{escape(aside)}</p>"


def _section(name: str, records: Sequence[Record]) -> Iterator[str]:
    yield f"<section><h2>{escape(title(name))} ({len(records)})</h2>"
    if not records:
        yield f"<p>{escape(_('Nada.'))}</p>"
    for record in records:
        yield "<dl>"
        for key, value in record.items():
            if value not in (None, ""):
                yield f'<div><dt>{escape(label(key))}</dt><dd dir="auto">{escape(_shown(key, value))}</dd></div>'
        yield "</dl>"
    yield "</section>"


def _shown(key: str, value: Value) -> str:
    if isinstance(value, bool):
        return _("Sí") if value else _("No")
    if isinstance(value, datetime):
        return f"{value:%d-%m-%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return visible(_TRANSLATED[key](str(value)) if key in _TRANSLATED else str(value))
