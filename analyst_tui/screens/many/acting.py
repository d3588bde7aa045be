"""From the marked rows to what is done to them: choosing it, what else it asks, and the preview."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from analyst_tui import spoken
from analyst_tui.background import ask
from analyst_tui.screens.choosing import ChoosingScreen, Option
from analyst_tui.screens.form import Asking, Question
from analyst_tui.screens.many.fields import FieldsScreen
from core.people import policy
from core.people.views import Staff
from core.tickets import assigning, ending
from core.tickets.many import alike, batches, letters, surges
from core.tickets.many.actions import ACTIONS, Action
from core.tickets.many.views import Letter, Planned, Surge

if TYPE_CHECKING:
    from analyst_tui.screens.queue_parts.marking import Marking

_UNMARKED = "marca antes los tickets con x"
_STATES = {
    "borrador": "a medio escribir",
    "pedido": "espera que otra persona la revise",
    "aprobado": "aprobada, por enviar",
    "rechazado": "devuelta con cambios",
}
_QUESTIONS = {
    "dias": Question("dias", "¿Cuántos días más?", "5", longest=2),
    "organismo": Question("organismo", "Organismo que debe responder", longest=120),
    "etiqueta": Question("etiqueta", "Etiqueta", "una palabra o dos", longest=30),
    "texto": Question("texto", "Qué decir a cada persona", longest=4000),
}
Waiting = tuple[Surge | None, tuple[Surge, ...]]


def choose(screen: Marking) -> None:
    """Offer what can be done with the marked rows, and the answers to many that wait for somebody."""

    def waiting(me: Staff) -> Waiting:
        return surges.in_hand(me), surges.asked(me)

    ask(screen, "batch", waiting, lambda told: _offer(screen, *told), leads=True)


def _offer(screen: Marking, mine: Surge | None, asked: tuple[Surge, ...]) -> None:
    marked = len(screen.tickets.marked)
    heading = spoken.counted(marked, "ticket marcado", "tickets marcados") if marked else "Ningún ticket marcado"
    offered = [action for action in ACTIONS.values() if policy.allowed(screen.actor, action.verb)]
    actions = [Option(action.code, action.words, why_not=_why_not(action, marked, mine)) for action in offered]
    none = "" if screen.tickets.current else "no hay ningún ticket bajo el cursor"
    actions.append(Option("parecidos", "marcar parecidos", "los que preguntan casi lo mismo que el del cursor", none))
    waiting = []
    if mine is not None:
        words = f"tu respuesta a {spoken.counted(mine.tickets, 'ticket', 'tickets')}"
        waiting.append(Option(f"cartas {mine.id}", words, _STATES[mine.state]))
    for surge in asked:
        words = f"revisar la respuesta de {surge.author} a {spoken.counted(surge.tickets, 'ticket', 'tickets')}"
        waiting.append(Option(f"cartas {surge.id}", words))
    options = [*actions, *waiting] if marked else [*waiting, *actions]
    screen.desk.push_screen(ChoosingScreen(heading, options, lambda chosen: _chosen(screen, chosen)))


def _why_not(action: Action, marked: int, mine: Surge | None) -> str:
    if not marked:
        return _UNMARKED
    if action.code == "responder" and mine is not None and not mine.can_be_written:
        return f"ya tienes una: {_STATES[mine.state]}"
    return ""


def _chosen(screen: Marking, code: str) -> None:
    ids = list(screen.tickets.marked)
    if code == "parecidos":
        _mark_alike(screen)
    elif code.startswith("cartas "):
        show_letters(screen, int(code.removeprefix("cartas ")))
    elif code == "responder":
        ask(
            screen,
            "surge",
            lambda me: surges.begin(me, ids),
            lambda surge: show_letters(screen, surge.id, writing=True),
            leads=True,
        )
    elif code == "asignar":
        ask(screen, "batch", assigning.colleagues, lambda found: _choose_colleague(screen, found), leads=True)
    elif code == "cerrar":
        options = [Option(reason, f"la persona lo dijo {words}") for reason, words in ending.REASONS.items()]
        words = "¿Dónde dijo la persona que la respuesta le basta?"
        screen.desk.push_screen(ChoosingScreen(words, options, lambda reason: plan(screen, code, {"motivo": reason})))
    elif ACTIONS[code].asks:
        _ask_fields(screen, ACTIONS[code])
    else:
        plan(screen, code, {})


def _mark_alike(screen: Marking) -> None:
    row = screen.tickets.current
    if row is not None:
        ask(screen, "mark", lambda me: alike.rows_alike(me, row.id), screen.keep_marked)


def _choose_colleague(screen: Marking, found: Sequence[Staff]) -> None:
    options = [Option(str(each.id), each.name) for each in found]
    names = {option.id: option.words for option in options}

    def then(chosen: str) -> None:
        plan(screen, "asignar", {"analista": chosen}, f"Asignar a {names[chosen]}")

    screen.desk.push_screen(ChoosingScreen("¿A quién?", options, then))


def _ask_fields(screen: Marking, action: Action) -> None:
    ids, typed, planned = list(screen.tickets.marked), screen.typed.setdefault(action.code, {}), list[Planned]()

    def send(me: Staff, answers: dict[str, str]) -> None:
        planned[:] = batches.preview(me, action.code, ids, answers)

    asking = Asking(f"{action.words.capitalize()}: {len(ids)} marcados", [_QUESTIONS[name] for name in action.asks], send, "")
    screen.desk.push_screen(FieldsScreen(asking, typed, lambda: _show_plan(screen, action.code, dict(typed), planned)))


def plan(screen: Marking, code: str, fields: dict[str, str], words: str = "") -> None:
    """Show what an action would do to the marked rows."""
    ids = list(screen.tickets.marked)

    def read(me: Staff) -> tuple[Planned, ...]:
        return batches.preview(me, code, ids, fields)

    ask(screen, "plan", read, lambda found: _show_plan(screen, code, fields, found, words), leads=True)


def _show_plan(screen: Marking, code: str, fields: dict[str, str], planned: Sequence[Planned], words: str = "") -> None:
    from analyst_tui.screens.many.plan import PlanScreen

    screen.desk.push_screen(PlanScreen(ACTIONS[code], tuple(planned), fields, screen.keep_marked, words))


def show_letters(screen: Marking, surge_id: int, writing: bool = False) -> None:
    """Show an answer to many, to be written or looked through."""

    def read(me: Staff) -> tuple[Surge, tuple[Letter, ...]]:
        return surges.readable(me, surge_id), letters.letters_of(me, surge_id)

    def show(told: tuple[Surge, tuple[Letter, ...]]) -> None:
        from analyst_tui.screens.many.keeping import keeper_of
        from analyst_tui.screens.many.letters import LettersScreen

        keeper = keeper_of(screen.desk, told[0])
        screen.desk.push_screen(LettersScreen(*told, keeper, writing=writing, keep_marked=screen.keep_marked))

    ask(screen, "surge", read, show, leads=True)
