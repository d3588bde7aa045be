"""A ticket as blocks of text: the conversation as it happened, and the facts beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rich.text import Text

from analyst_tui import marks, naming, others, spoken, theme, timing, visiting
from analyst_tui.shown import one_line, shown
from analyst_tui.widgets.pane import Block
from core import clock
from core.tickets.lists.views import TicketRow
from core.tickets.views import Message, TicketSheet, Watcher

_NOTE_BAR = "┃ "
_NAMES = 11
_SAID = {
    "respuesta": "respuesta de",
    "pedido": "antecedentes pedidos por",
    "ampliacion": "más días, según",
    "derivacion": "derivado por",
}
_BLANK = Block(Text(""))


def conversation(sheet: TicketSheet) -> Iterator[Block]:
    """What was said, oldest first, that of a first ticket included; internal notes stand apart by a bar and «interna»."""
    today = clock.today()
    yield from _first(sheet, today)
    yield from _joined(sheet, today)
    told = [(message.at, tuple(_message(message, sheet, today))) for message in sheet.messages]
    told += [(event.at, (visiting.line(event, today),)) for event in visiting.events(sheet)]
    for _, blocks in sorted(told, key=lambda each: each[0]):
        yield from blocks
        yield _BLANK
    if sheet.held is not None:
        head = Text("respuesta de ", theme.quiet, end="").append_text(shown(sheet.held.analyst, theme.strong))
        yield Block(head.append("  por salir", theme.mark))
        yield Block(shown(sheet.held.body, theme.ink))
        yield _BLANK


def _first(sheet: TicketSheet, today: date) -> Iterator[Block]:
    """The ticket whose answer was not enough, before the one that says so."""
    if sheet.first is None:
        return
    row = sheet.first.row
    yield Block(shown(f"── Primer ticket {row.folio}: {marks.state(row)}, respondió {row.assignee_name}", theme.mark))
    yield _BLANK
    for message in sheet.first.messages:
        yield from _message(message, sheet, today)
        yield _BLANK
    yield Block(shown(f"── Segundo ticket {sheet.row.folio}: esa respuesta no fue suficiente", theme.mark))
    yield _BLANK


def _joined(sheet: TicketSheet, today: date) -> Iterator[Block]:
    """What was said in the tickets that go on in this one."""
    for earlier in sheet.joined:
        yield Block(shown(f"── {earlier.row.folio}, unido a este", theme.mark))
        yield _BLANK
        for message in earlier.messages:
            yield from _message(message, sheet, today)
            yield _BLANK
    if sheet.joined:
        yield Block(shown(f"── {sheet.row.folio}", theme.mark))
        yield _BLANK


def _message(message: Message, sheet: TicketSheet, today: date) -> Iterator[Block]:
    bar = _NOTE_BAR if message.kind == "nota" else ""
    head = Text(end="")
    if message.kind == "nota":
        head.append("nota interna  ", theme.mark).append_text(shown(message.author, theme.strong))
    elif message.kind in _SAID:
        head.append(f"{_SAID[message.kind]} ", theme.quiet).append_text(shown(message.author, theme.strong))
    else:
        head.append_text(shown(message.author or sheet.row.person_name, theme.strong))
    head.append(f"  {spoken.moment(message.at, today)}", theme.quiet)
    yield Block(head, bar, theme.mark)
    yield Block(shown(message.body, theme.ink), bar, theme.mark)
    for file in sheet.files:
        if file.message_id == message.id:
            yield Block(shown(f"archivo {file.number}: {file.name}", theme.quiet))
    if message.fate:
        yield Block(shown(f"✉ {message.fate}", theme.late if "rebot" in message.fate else theme.quiet))


def facts(sheet: TicketSheet) -> Iterator[Block]:
    """What an analyst needs to know beside the conversation."""
    row, today = sheet.row, clock.today()
    if words := marks.all_marks(row, today):
        yield Block(shown(words, _mark_style(row, today)))
    yield Block(shown(f"{naming.tipo(row.tipo)} · {naming.materia(row.materia)}", theme.strong))
    yield Block(shown(naming.categoria(row.categoria), theme.ink))
    if row.tags:
        yield Block(shown(tagged(row), theme.mark))
    yield _BLANK
    yield from _watchers(sheet.watchers)
    yield from _when(sheet, today)
    yield from _who(sheet)
    yield from _about(sheet, today)
    yield from _files(sheet)
    yield from _visits(sheet, today)
    yield from timing.letters(sheet, today)
    yield from others.twins(sheet)
    yield from others.earlier(sheet, today)
    yield from others.related(sheet, today)


def _mark_style(row: TicketRow, today: date) -> theme.Tone:
    return theme.late if marks.is_overdue(row, today) else theme.mark


def brief(sheet: TicketSheet) -> Iterator[Block]:
    """The facts in three lines or four, for terminals where both panes do not fit."""
    row, today = sheet.row, clock.today()
    person = _pairs(("", naming.person(row)), ("", sheet.email))
    case = _pairs(("Trámite", row.tramite or "no indicado"), ("", naming.subject(row)))
    yield Block(person)
    yield Block(case)
    yield Block(_pairs((_due_name(row), " · ".join(_due_words(sheet, today))), ("", row.assignee_name or "sin asignar")))
    if sheet.twins:
        yield from others.twins_in_short(sheet)
    if words := _beside(sheet):
        yield Block(shown(words, theme.mark))
    yield Block(Text("─" * 20, theme.dim))


def _beside(sheet: TicketSheet) -> str:
    """What the facts hold that nobody would look for: tags, other tickets, files."""
    counted = (
        (len(sheet.earlier), "ticket antes", "tickets antes"),
        (len(sheet.related), "relacionado", "relacionados"),
        (sheet.of_tramite, "ticket más del trámite", "tickets más del trámite"),
        (len(sheet.files), "archivo", "archivos"),
    )
    numbers = [spoken.counted(*each) for each in counted if each[0]]
    return " · ".join((*((tagged(sheet.row),) if sheet.row.tags else ()), *numbers))


def _pairs(*pairs: tuple[str, str]) -> Text:
    text = Text(end="")
    for name, value in pairs:
        if name:
            text.append(f"{name} ", theme.quiet)
        text.append_text(shown(value, theme.ink)).append("   ")
    return text


def _fact(name: str, value: str) -> Block:
    return _styled_fact(name, value, theme.ink)


def _styled_fact(name: str, value: str, tone: theme.Tone) -> Block:
    return Block(shown(value, tone), f"{name:<{_NAMES}}", theme.quiet, " " * _NAMES)


def _due_name(row: TicketRow) -> str:
    return "Vence" if row.is_open else "Plazo"


def _due_words(sheet: TicketSheet, today: date) -> tuple[str, ...]:
    """The due day and what is left of the term."""
    if not sheet.row.is_open:
        return ("ya no corre",)
    if sheet.clock.waits_until is not None and sheet.clock.in_business_days:
        return spoken.day(sheet.row.due_on, today), "detenido"
    left = () if sheet.row.due_on == today else (spoken.days_left(sheet.days_left),)
    return spoken.day(sheet.row.due_on, today), *left


def _when(sheet: TicketSheet, today: date) -> Iterator[Block]:
    row = sheet.row
    yield _fact("Estado", marks.state(row))
    if sheet.goes_on_in:
        yield _fact("Sigue en", sheet.goes_on_in)
    style = theme.late if marks.is_overdue(row, today) else theme.ink
    for name, words in zip((_due_name(row), ""), _due_words(sheet, today), strict=False):
        yield _styled_fact(name, words, style)
    for name, words in timing.facts(sheet, today):
        yield _fact(name, words)
    yield _fact("Ingresó", spoken.moment(row.opened_at, today))
    yield _fact("", f"hace {_days(sheet.age_days)}")
    if sheet.notice_on is not None:
        yield _fact("Notificada", spoken.whole_day(sheet.notice_on))
    yield _fact("Analista", row.assignee_name or "sin asignar")
    yield _BLANK


def _days(days: int) -> str:
    return "menos de 1 d háb" if days <= 0 else f"{days} d háb"


def _who(sheet: TicketSheet) -> Iterator[Block]:
    person = sheet.person
    yield _fact("Persona", person.shown_name)
    if person.age is not None:
        yield _fact("Edad", f"{naming.age(person.age)}{' · NNA' if person.is_minor else ''}")
    if not person.is_holder:
        yield _fact("Actúa", f"{person.guardian} ({naming.relation(person.relation)})")
    yield _fact("País", naming.country(person.country))
    yield _fact("Correo", sheet.email)
    yield _fact("Idioma", naming.language(sheet.language))
    if sheet.region:
        yield _fact("Región", sheet.region)
    yield _BLANK


def _about(sheet: TicketSheet, today: date) -> Iterator[Block]:
    yield _fact("Trámite", sheet.row.tramite or "no indicado")
    if sheet.tramite is not None:
        yield _fact("", sheet.tramite.kind)
        yield _fact("", sheet.tramite.state)
        if sheet.tramite.created_on is not None:
            yield _fact("", f"desde el {spoken.day(sheet.tramite.created_on, today)}")
    elif sheet.row.tramite:
        yield _fact("", "no figura entre los conocidos")
    if sheet.of_tramite:
        yield _fact("", f"{spoken.counted(sheet.of_tramite, 'ticket', 'tickets')} más del trámite")
    yield _BLANK


def _visits(sheet: TicketSheet, today: date) -> Iterator[Block]:
    told = [_fact(name, words) for name, words in visiting.facts(sheet, today)]
    yield from (*told, _BLANK) if told else ()


def _files(sheet: TicketSheet) -> Iterator[Block]:
    for file in sheet.files:
        yield _fact("Archivos" if file.number == 1 else "", f"{file.number} {file.name}")
    if sheet.files:
        yield _BLANK


def tagged(row: TicketRow) -> str:
    """A ticket's tags in one line."""
    return " ".join(f"#{one_line(tag)}" for tag in row.tags)


def _watchers(watchers: Iterable[Watcher]) -> Iterator[Block]:
    for watcher in watchers:
        yield Block(shown(watching(watcher), theme.mark if watcher.writing else theme.quiet))


def watching(watcher: Watcher) -> str:
    """What a colleague is doing here: «Marta está escribiendo»; «también» when somebody else began before."""
    if not watcher.writing:
        return f"{watcher.name} está mirando"
    return f"{watcher.name} está escribiendo{'' if watcher.leads else ' también'}"


def preview(row: TicketRow, sheet: TicketSheet | None) -> Iterator[Block]:
    """A ticket beside the list: its facts in short, and what the person wrote."""
    today = clock.today()
    head = Text(end="").append_text(shown(row.folio, theme.strong))
    yield Block(head.append(f"  {marks.all_marks(row, today)}", _mark_style(row, today)))
    yield Block(shown(f"{naming.tipo(row.tipo)} · {naming.materia(row.materia)}", theme.ink))
    yield Block(shown(naming.categoria(row.categoria), theme.ink))
    yield Block(_pairs(("Trámite", row.tramite or "no indicado")))
    yield Block(_pairs(("", naming.person(row))))
    if row.tags:
        yield Block(shown(tagged(row), theme.mark))
    if sheet is None:
        return
    yield Block(_pairs((_due_name(row), " · ".join(_due_words(sheet, today))), ("", naming.language(sheet.language))))
    if sheet.earlier:
        yield Block(_pairs(("", spoken.counted(len(sheet.earlier), "ticket antes", "tickets antes"))))
    yield Block(Text("─" * 24, theme.dim))
    yield from conversation(sheet)


def closed(row: TicketRow) -> Iterator[Block]:
    """The same of a ticket that is not one's own work: what its row says, and how it is opened."""
    yield from preview(row, None)
    yield _BLANK
    yield Block(Text("enter para abrir: pide un motivo", theme.quiet))


def what_changed(before: TicketSheet, now: TicketSheet) -> str:
    """What somebody else did to a ticket since it was read, in a sentence."""
    changes = []
    moved = before.row.state, now.row.state
    if moved[0] != moved[1] and moved != ("asignado", "en_analisis"):  # which only says that somebody writes
        changes.append(f"pasó de {marks.state(before.row)} a {marks.state(now.row)}")
    if before.row.assignee_id != now.row.assignee_id:
        changes.append(f"lo tiene {now.row.assignee_name}" if now.row.assignee_name else "quedó sin asignar")
    if news := visiting.news(before, now):
        changes.append(news)
    known = {message.id for message in before.messages}
    new = [message for message in now.messages if message.id not in known]
    if new:
        changes.append(f"{spoken.counted(len(new), 'mensaje nuevo', 'mensajes nuevos')} de {new[-1].author}")
    return "; ".join(changes)
