"""The letters of an answer to many as blocks of text, and where such an answer stands in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from analyst_tui import naming, theme
from analyst_tui.shown import fitted, shown
from analyst_tui.widgets.pane import Block
from core.tickets.many.views import Letter, Surge

_HERE, _ELSEWHERE = "▌ ", "  "


def standing(surge: Surge) -> str:
    """What an answer to many waits for."""
    by = f" por {surge.reviewer}" if surge.reviewer else ""
    return {
        "borrador": "Cada persona recibe su propia carta.",
        "pedido": "Espera que otra persona la revise.",
        "aprobado": f"Aprobada{by}: falta enviarla.",
        "rechazado": f"Devuelta{by}: {surge.verdict}",
    }.get(surge.state, "Enviada.")


def listed(found: Sequence[Letter], cursor: int) -> Iterator[Block]:
    """Each letter on a line, the one of the cursor marked."""
    for place, letter in enumerate(found):
        tone = theme.late if letter.why_not else theme.strong if place == cursor else theme.ink
        mark = "×" if letter.why_not else "→"
        text = Text(f"{mark} {letter.row.folio}  ", tone, end="").append_text(shown(fitted(naming.person(letter.row), 20), tone))
        yield Block(text, _HERE if place == cursor else _ELSEWHERE, theme.accent, _ELSEWHERE)


def told(letter: Letter) -> Iterator[Block]:
    """A letter: whose it is, what stands against it, what was asked, what is answered."""
    row = letter.row
    head = Text(f"{row.folio}  ", theme.strong, end="").append_text(shown(naming.person(row), theme.strong))
    spoken = "" if letter.is_spoken else ", sin parte en ese idioma"
    yield Block(head.append(f"   {naming.language(letter.language)}{spoken}", theme.quiet if letter.is_spoken else theme.late))
    if letter.why_not:
        yield Block(shown(f"No la recibe: {letter.why_not}.", theme.late))
    elif letter.warning and letter.text:
        yield Block(shown(f"! {letter.warning}", theme.late))
    yield Block(shown(f"{naming.subject(row)}", theme.quiet))
    yield Block(shown(letter.asked, theme.quiet), "┃ ", theme.mark)
    yield Block(Text(""))
    yield Block(shown(letter.text or "(todavía sin texto)", theme.ink))
