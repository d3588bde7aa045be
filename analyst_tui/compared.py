"""A trámite's dossier as blocks of text: what is known of it, its answers side by side, what happened in its tickets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import zip_longest

from rich.text import Text

from analyst_tui import spoken, theme
from analyst_tui.shown import fitted, shown, wrapped
from analyst_tui.widgets.pane import Block
from core import clock
from core.operations.dossier.views import Answer, Dossier, Entry
from core.text import words

_HERE, _ELSEWHERE, _BETWEEN = "▌ ", "  ", " │ "
_TWO_COLUMNS = 90
_KINDS = {
    "persona": "escribió",
    "respuesta": "respuesta",
    "nota": "nota interna",
    "pedido": "antecedentes pedidos",
    "ampliacion": "más días",
    "derivacion": "derivación",
    "carta": "carta",
    "hora": "hora en una oficina",
    "ticket": "ticket",
}


def heading(dossier: Dossier) -> str:
    """The trámite in one line: its tickets and persons, and how many tickets are hidden."""
    parts = [
        f"Expediente {dossier.tramite_id}   {spoken.counted(len(dossier.tickets), 'ticket', 'tickets')}"
        f"{' (los más nuevos)' if dossier.more else ''}",
        spoken.counted(dossier.persons, "persona", "personas"),
    ]
    if dossier.hidden:
        parts.append(f"{dossier.hidden} que no puedes ver")
    return " · ".join(parts)


def lead(dossier: Dossier, width: int) -> Iterator[Block]:
    """What comes before the list: the trámite's stage, and its answers side by side when there are several."""
    today, known = clock.today(), dossier.tramite
    if known is None:
        unknown = "El servicio no conoce este trámite." if dossier.tickets else "Nadie escribió por este trámite."
        yield Block(Text(unknown, theme.quiet))
    else:
        since = f", creado el {spoken.day(known.created_on, today)}" if known.created_on else ""
        yield Block(shown(f"{known.kind} · {known.state}{since}", theme.ink))
    yield Block(Text(""))
    if len(dossier.answers) > 1:
        yield Block(Text("Respuestas, lado a lado", theme.mark))
        for pair in _pairs(dossier.answers):
            yield from _side_by_side(pair, width, today)
        yield Block(Text("─" * 24, theme.dim))


def _pairs(answers: Sequence[Answer]) -> Iterator[Sequence[Answer]]:
    return (answers[place : place + 2] for place in range(0, len(answers), 2))


def _side_by_side(pair: Sequence[Answer], width: int, today: date) -> Iterator[Block]:
    if width < _TWO_COLUMNS or len(pair) == 1:
        for answer in pair:
            yield Block(shown(_head(answer, today), theme.strong))
            yield Block(shown(answer.words, theme.ink), _ELSEWHERE)
            yield Block(Text(""))
        return
    column = (width - len(_BETWEEN)) // 2
    heads = _BETWEEN.join(fitted(_head(answer, today), column) for answer in pair)
    yield Block(Text(heads, theme.strong))
    for lines in zip_longest(*(_lines(answer.words, column) for answer in pair), fillvalue=""):
        yield Block(Text(_BETWEEN.join(fitted(line, column) for line in lines), theme.ink))
    yield Block(Text(""))


def _head(answer: Answer, today: date) -> str:
    what = "borrador de" if answer.is_draft else "respondió"
    return f"{answer.folio} {what} {answer.author}, {spoken.moment(answer.at, today)}"


def _lines(text: str, width: int) -> list[str]:
    return [line for paragraph in text.split("\n") for line in wrapped(paragraph, width)]


def told(entries: Sequence[Entry], cursor: int) -> Iterator[Block]:
    """What happened, one block each, the one at the cursor marked."""
    today = clock.today()
    for place, entry in enumerate(entries):
        yield Block(_entry(entry, today), _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)


def _entry(entry: Entry, today: date) -> Text:
    text = Text(f"{spoken.moment(entry.at, today)}  ", theme.quiet, end="")
    text.append_text(shown(f"{entry.folio}  ", theme.strong)).append_text(shown(entry.person_name, theme.ink))
    text.append(f"  {_KINDS.get(entry.kind, entry.kind)}", theme.mark)
    if entry.author:
        text.append_text(shown(f" de {entry.author}" if entry.kind != "ticket" else f" · lo lleva {entry.author}", theme.quiet))
    if entry.fate:
        text.append_text(shown(f"  {entry.fate.replace('_', ' ')}", theme.quiet))
    if entry.words:
        text.append("\n").append_text(shown(entry.words, theme.ink))
    return text.append("\n")


def has(entry: Entry, wanted: Sequence[str]) -> bool:
    """Whether an entry holds the beginnings of all these folded words."""
    if not wanted:
        return True
    said = words(" ".join((entry.folio, entry.person_name, entry.author, entry.words, _KINDS.get(entry.kind, entry.kind))))
    return all(any(word.startswith(each) for word in said) for each in wanted)
