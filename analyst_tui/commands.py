"""The one table of what can be done at the desk: keys, footer, palette, help page and keymap read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from textual.binding import Binding

from core.errors import Invalid

ANYWHERE = "siempre"
QUEUE = "lista"
TICKET = "ticket"
WRITING = "al escribir"
FIGURES = "cifras"
COMMENTS = "comentarios"
BANNERS = "avisos"
HOURS = "horas"
FILES = "archivos"
FORM = "formulario"
DIGITS = "1,2,3,4,5,6,7,8,9"
PLACES = (QUEUE, TICKET, WRITING, FIGURES, COMMENTS, BANNERS, HOURS, FILES, FORM, ANYWHERE)


class Command(NamedTuple):
    """Something that a person at the desk can do: `do_<id>` of the screen does it."""

    id: str
    keys: str
    words: str
    help: str
    where: str
    permission: str = ""
    hint: int = 0  # place in the footer, 0 for none: low numbers stay longest on narrow terminals


COMMANDS: tuple[Command, ...] = (
    Command("take", "t", "tomar siguiente", "Te asigna el ticket que más apura y lo abre.", QUEUE, hint=1),
    Command("open", "enter", "abrir", "Abre el ticket del cursor.", QUEUE, hint=2),
    Command("search", "slash", "buscar", "Trámite, folio, correo, nombre o palabras; la lista sigue.", QUEUE, hint=3),
    Command("claim", "a", "asignarme", "Te asigna el ticket del cursor.", QUEUE, hint=5),
    Command("answer", "r", "responder", "Abre el ticket del cursor y empieza la respuesta.", QUEUE, hint=8),
    Command("note", "n", "anotar", "Abre el ticket del cursor y empieza una nota interna.", QUEUE),
    Command("preview", "space", "vista previa", "Muestra u oculta el ticket del cursor junto a la lista.", QUEUE),
    Command("arrivals", "g", "ver nuevos", "Lleva el cursor al primer ticket recién llegado.", QUEUE),
    Command("down", "j,down", "bajar", "Una línea abajo.", QUEUE),
    Command("up", "k,up", "subir", "Una línea arriba.", QUEUE),
    Command("page_down", "pagedown", "página abajo", "Una pantalla abajo.", QUEUE),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", QUEUE),
    Command("first", "home", "al principio", "Al primer ticket de la lista.", QUEUE),
    Command("last", "end", "al final", "Al último ticket de la lista.", QUEUE),
    Command("view", DIGITS, "elegir vista", "Muestra la vista de ese número.", QUEUE),
    Command("next_view", "tab", "otra vista", "Pasa a la vista siguiente.", QUEUE),
    Command("back", "escape", "volver", "Sale de la búsqueda.", QUEUE, hint=4),
    Command("answer", "r", "responder", "Escribe la respuesta bajo la conversación.", TICKET, hint=1),
    Command("note", "n", "anotar", "Escribe una nota interna: la persona nunca la ve.", TICKET, hint=2),
    Command("claim", "a", "asignarme", "Te asigna este ticket.", TICKET, hint=3),
    Command("ask", "e", "pedir antecedentes", "Pide lo que falta: el plazo se detiene, 5 días hábiles a lo más.", TICKET, hint=8),
    Command("extend", "m", "ampliar plazo", "Más días para responder: una vez, antes de que venza y diciendo por qué.", TICKET),
    Command("refer", "d", "derivar", "Pasa el ticket al organismo que debe responderlo, con una carta.", TICKET),
    Command("term", "p", "plazo", "El plazo día por día, como lo lee la persona, y qué fue de cada carta.", TICKET, hint=9),
    Command("files", "v", "archivos", "Los archivos del ticket: leer el texto de un PDF, guardar uno en una carpeta.", TICKET),
    Command("take", "t", "tomar siguiente", "Te asigna el ticket que más apura y lo abre.", TICKET, hint=4),
    Command("release", "x", "soltar", "Devuelve este ticket a los sin asignar.", TICKET, hint=6),
    Command(
        "facts", "f", "ficha", "Cambia entre conversación y ficha cuando no caben juntas; si no, pasa la ficha.", TICKET, hint=7
    ),
    Command("down", "j,down", "bajar", "Una línea abajo en la conversación.", TICKET),
    Command("up", "k,up", "subir", "Una línea arriba en la conversación.", TICKET),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en la conversación.", TICKET),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en la conversación.", TICKET),
    Command("first", "home", "al principio", "Al principio de la conversación.", TICKET),
    Command("last", "end", "al final", "Al final de la conversación.", TICKET),
    Command("earlier", DIGITS, "ticket anterior", "Abre el ticket anterior de ese número.", TICKET),
    Command("back", "escape", "volver", "Vuelve a la lista, al mismo ticket.", TICKET, hint=5),
    Command("send", "ctrl+s", "enviar", "Envía la respuesta, o guarda la nota.", WRITING, hint=1),
    Command("back", "escape", "dejar en borrador", "Deja de escribir; el borrador queda guardado.", WRITING, hint=2),
    Command("back", "escape", "volver", "Vuelve a la lista.", FIGURES, hint=1),
    Command("refresh", "f5", "al día", "Calcula las cifras otra vez.", FIGURES, hint=2),
    Command("comments", "c", "comentarios", "Lo que las personas escribieron con su nota.", FIGURES, "statistics", hint=3),
    Command("older", "m", "más antiguos", "Trae los comentarios anteriores.", COMMENTS, hint=2),
    Command("back", "escape", "volver", "Vuelve a las cifras.", COMMENTS, hint=1),
    Command("down", "j,down", "bajar", "Una línea abajo.", COMMENTS),
    Command("up", "k,up", "subir", "Una línea arriba.", COMMENTS),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo.", COMMENTS),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba.", COMMENTS),
    Command("down", "j,down", "bajar", "Una línea abajo.", FIGURES),
    Command("up", "k,up", "subir", "Una línea arriba.", FIGURES),
    Command("new", "n", "publicar", "Escribe un aviso para todas las páginas.", BANNERS, hint=1),
    Command("change_end", "e", "cambiar fin", "Cambia cuándo termina el aviso del cursor.", BANNERS, hint=2),
    Command("withdraw", "x", "retirar", "Quita ya el aviso del cursor; pide confirmarlo.", BANNERS, hint=3),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", BANNERS, hint=4),
    Command("down", "j,down", "bajar", "Al aviso siguiente.", BANNERS),
    Command("up", "k,up", "subir", "Al aviso anterior.", BANNERS),
    Command("send", "ctrl+s", "enviar", "Envía el formulario.", FORM, hint=1),
    Command("back", "escape", "dejar", "Deja el formulario; lo escrito sigue ahí al volver.", FORM, hint=2),
    Command("came", "v", "vino", "La persona del cursor vino a su hora.", HOURS, hint=1),
    Command("missed", "x", "no vino", "La persona del cursor no vino.", HOURS, hint=2),
    Command("open", "enter", "abrir ticket", "Abre el ticket por el que se pidió la hora.", HOURS, hint=3),
    Command("office", "o", "oficina", "Elige otra oficina.", HOURS, hint=5),
    Command("day_before", "left", "día anterior", "Muestra el día anterior.", HOURS, hint=6),
    Command("next_day", "right", "día siguiente", "Muestra el día siguiente.", HOURS, hint=7),
    Command("today", "g", "hoy", "Vuelve al día de hoy.", HOURS, hint=8),
    Command("close_day", "c", "cerrar día", "Nadie atiende ese día: quienes tienen hora reciben una carta.", HOURS, hint=9),
    Command("open_day", "w", "reabrir día", "Vuelve a dar horas en un día cerrado.", HOURS),
    Command("refresh", "f5", "al día", "Lee el día otra vez.", HOURS),
    Command("down", "j,down", "bajar", "A la hora siguiente.", HOURS),
    Command("up", "k,up", "subir", "A la hora anterior.", HOURS),
    Command("back", "escape", "volver", "Vuelve a donde estabas.", HOURS, hint=4),
    Command("open", "enter", "leer texto", "Muestra el texto del PDF del cursor.", FILES, hint=1),
    Command("save", "g", "guardar", "Guarda el archivo del cursor en una carpeta.", FILES, hint=2),
    Command("down", "j,down", "bajar", "Al archivo siguiente.", FILES),
    Command("up", "k,up", "subir", "Al archivo anterior.", FILES),
    Command("page_down", "pagedown,space", "página abajo", "Una pantalla abajo en el texto.", FILES),
    Command("page_up", "pageup", "página arriba", "Una pantalla arriba en el texto.", FILES),
    Command("back", "escape", "volver", "Vuelve al ticket.", FILES, hint=3),
    Command("hours", "h", "horas", "Las horas de un día en una oficina: quién viene, quién vino.", ANYWHERE),
    Command("banners", "b", "avisos", "Los avisos en todas las páginas: publicar, retirar.", ANYWHERE, permission="publish"),
    Command("statistics", "s", "cifras", "Las cifras del servicio.", ANYWHERE, permission="statistics", hint=10),
    Command("palette", "ctrl+p", "comandos", "Busca un comando por su nombre.", ANYWHERE, hint=11),
    Command("help", "question_mark", "teclas", "Todas las teclas de esta pantalla.", ANYWHERE, hint=12),
    Command("theme", "f2", "tema", "Pasa del tema oscuro al claro, y de ahí a uno sin colores.", ANYWHERE),
    Command("quit", "q", "salir", "Cierra la terminal; si hay un borrador sin guardar, pregunta.", ANYWHERE, hint=13),
)

_TYPED = ("slash", "question_mark", "space")
_KEY_WORDS = {
    "slash": "/",
    "question_mark": "?",
    "space": "espacio",
    "escape": "esc",
    "pagedown": "av pág",
    "pageup": "re pág",
    "home": "inicio",
    "end": "fin",
    "down": "↓",
    "up": "↑",
    "tab": "tab",
    "left": "←",
    "right": "→",
    "enter": "enter",
}


def commands_of(*places: str) -> tuple[Command, ...]:
    """The commands of these places, in the table's order."""
    return tuple(command for command in COMMANDS if command.where in places)


def is_typed(keys: str) -> bool:
    """Whether these keys are letters or signs, which a place for writing takes as text."""
    return all(len(key) == 1 or key in _TYPED for key in keys.split(","))


def command(command_id: str, *places: str) -> Command:
    """The command of that name in the first of these places that has one; raises `LookupError`."""
    for place in places:
        for each in commands_of(place):
            if each.id == command_id:
                return each
    raise LookupError(command_id)


def keymap_id(command: Command) -> str:
    """The name under which a keymap file changes a command's key."""
    return f"{command.where.replace(' ', '-')}.{command.id}"


def bindings(*places: str) -> list[Binding]:
    """The keys of these places, as a screen's BINDINGS; a digit is handed to its command."""
    offered = commands_of(*places)
    plain = [Binding(c.keys, f"perform('{c.id}')", c.words, id=keymap_id(c)) for c in offered if c.keys != DIGITS]
    digits = [(c, digit) for c in offered if c.keys == DIGITS for digit in DIGITS.split(",")]
    return plain + [Binding(digit, f"perform('{c.id}', {digit})", c.words) for c, digit in digits]


def key_words(keys: str) -> str:
    """The first of a command's keys as people call it."""
    first = keys.split(",")[0].strip()
    return _KEY_WORDS.get(first, first)


def all_key_words(keys: str) -> str:
    """All of a command's keys as people call them."""
    if keys == DIGITS:
        return "1-9"
    return " ".join(key_words(one) for one in keys.split(","))


def check_keymap(wanted: Mapping[str, object]) -> dict[str, str]:
    """A keymap (name → keys) fit to be used; raises `Invalid` for unknown names and keys taken twice."""
    known = {keymap_id(c): c for c in COMMANDS if c.keys != DIGITS}
    refused = {name: f"«{name}» no es un comando; valen: {', '.join(sorted(known))}." for name in wanted if name not in known}
    refused |= {name: f"«{name}» necesita una tecla entre comillas." for name, key in wanted.items() if not _is_key(key)}
    if refused:
        raise Invalid(refused)
    keymap = {name: str(key) for name, key in wanted.items()}
    if clashes := _clashes(known.values(), keymap):
        raise Invalid(clashes)
    return keymap


def _is_key(key: object) -> bool:
    return isinstance(key, str) and bool(key.strip(", "))


def _clashes(commands: Iterable[Command], keymap: Mapping[str, str]) -> dict[str, str]:
    taken: dict[tuple[str, str], str] = {}
    clashes = {}
    for c in commands:
        name = keymap_id(c)
        for key in keymap.get(name, c.keys).split(","):
            places = PLACES if c.where == ANYWHERE else (c.where,)
            for place in places:
                other = taken.setdefault((place, key.strip()), name)
                if other != name:
                    clashes[name] = f"La tecla «{key.strip()}» ya es de «{other}»: elige otra para «{name}»."
    return clashes
