"""How each command is written: names, arguments, help. What it does is in the file of the command line."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

Run = Callable[[Namespace], int | None]
_TERMINAL = "la terminal de analistas y supervisión"


def read(given: list[str], commands: Mapping[str, Run]) -> Namespace:
    """What a command line asks for; for the terminal, whose start analysts wait for, no other command is put together."""
    if given[:1] == ["tui"]:
        alone = ArgumentParser(prog="ayuda tui", description=_TERMINAL)
        _terminal(alone)
        return alone.parse_args(given[1:], Namespace(run=commands["tui"]))
    return parser(commands).parse_args(given)


def parser(commands: Mapping[str, Run]) -> ArgumentParser:
    """The parser of the whole command line; `run` of what it reads is the function of the command or of its family."""
    whole = ArgumentParser(prog="ayuda", description="Ayuda Migraciones: tickets de ayuda, de punta a punta.")
    grammar = _Grammar(commands, whole)
    for family in (_service, _data, _staff, _tickets_and_tramites, _person):
        family(grammar)
    return whole


class _Grammar:
    """Adds commands, each with the function that it runs; `staff add` is a verb of the family `staff`."""

    def __init__(self, commands: Mapping[str, Run], whole: ArgumentParser) -> None:
        self._commands = commands
        self._whole: Any = whole.add_subparsers(metavar="COMANDO", required=True)
        self._families: dict[str, Any] = {}

    def family(self, name: str, verbs: str, words: str) -> None:
        """Begin a family of commands."""
        made = self._whole.add_parser(name, help=f"{words}: {verbs.replace('|', ', ')}", description=words)
        self._families[name] = made.add_subparsers(metavar=verbs, required=True)

    def command(self, name: str, words: str) -> ArgumentParser:
        """Add one command; its arguments are the caller's to add."""
        family, _, verb = name.rpartition(" ")
        place = self._families[family] if family else self._whole
        made: ArgumentParser = place.add_parser(verb, help=words, description=words)
        made.set_defaults(run=self._commands.get(name) or self._commands[family], verb=verb)
        return made


def _service(grammar: _Grammar) -> None:
    demo = grammar.command("demo", "todo el servicio en esta máquina, con datos de ejemplo")
    demo.add_argument("--port", type=_number, default=8000)
    demo.add_argument("--tickets", type=_number, default=1500)
    demo.add_argument("--no-tui", action="store_true", help="sin terminal: muestra direcciones y claves, y sigue")
    grammar.command("init", "crea la base de datos o la pone al día")
    web = grammar.command("web", "el sitio de las personas")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=_number, default=8000)
    web.add_argument("--workers", type=_number, default=1)
    _terminal(grammar.command("tui", _TERMINAL))
    grammar.command("mail", "entrega las cartas").add_argument("--once", action="store_true", help="lo que haya y termina")
    grammar.command("doctor", "revisa ajustes, base de datos, correo, claves, reloj y disco")


def _staff(grammar: _Grammar) -> None:
    grammar.family("staff", "add|list|disable", "el personal")
    add = grammar.command("staff add", "agrega a una persona")
    add.add_argument("name", metavar="NOMBRE")
    add.add_argument("--role", required=True, choices=("analyst", "supervisor", "admin"))
    add.add_argument("--email", required=True)
    add.add_argument("--rights", help="nna,reservada,supervision,identidad,datos")
    add.add_argument("--cap", type=_number, default=20, help="tickets a la vez")
    add.add_argument("--password-stdin", action="store_true", help="lee la contraseña de la entrada estándar")
    grammar.command("staff list", "muestra a todas")
    grammar.command("staff disable", "termina sus sesiones y no la deja ingresar").add_argument("name", metavar="NOMBRE")


def _tickets_and_tramites(grammar: _Grammar) -> None:
    grammar.family("tramites", "import", "trámites conocidos")
    bring = grammar.command("tramites import", "los trae, o los pone al día")
    bring.add_argument("file", metavar="ARCHIVO.csv", help="columnas id,tipo,estado,correo,creado")
    stats = grammar.command("stats", "las cifras de la supervisión")
    stats.add_argument("--json", action="store_true")
    grammar.family("export", "tickets", "a la salida estándar")
    tickets = grammar.command("export tickets", "los tickets con su conversación")
    tickets.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    for period in (stats, tickets):
        period.add_argument("--from", dest="first", type=_day, metavar="AAAA-MM-DD")
        period.add_argument("--to", dest="last", type=_day, metavar="AAAA-MM-DD")


def _terminal(terminal: ArgumentParser) -> None:
    terminal.add_argument("--session-file", type=Path, help="archivo con una sesión ya abierta")
    terminal.add_argument("--linear", action="store_true", help="una columna y una frase por línea, para lectores de pantalla")


def _data(grammar: _Grammar) -> None:
    seed = grammar.command("seed", "datos de ejemplo")
    seed.add_argument("--tickets", type=_number, required=True)
    seed.add_argument("--random-seed", type=int, default=1)
    grammar.command("backup", "copia completa, con el servicio andando").add_argument("file", metavar="ARCHIVO")
    grammar.command("restore", "vuelve a una copia").add_argument("file", metavar="ARCHIVO")
    grammar.command("verify", "revisa la base de datos y todas las reglas")


def _person(grammar: _Grammar) -> None:
    verbs = "export|block|unblock|erase|requests|answer|extend"
    grammar.family("person", verbs, "derechos sobre los datos de una persona (Ley 21.719)")
    export = grammar.command("person export", "todo lo que hay de ella, en un ZIP, a la salida estándar")
    export.add_argument("--file", type=Path, metavar="ARCHIVO.zip", help="a un archivo nuevo")
    block = grammar.command("person block", "nada cambia en sus tickets hasta que se levante; responde lo pedido")
    unblock = grammar.command("person unblock", "levanta el bloqueo")
    erase = grammar.command("person erase", "suprime sus datos para siempre; las cifras quedan enteras")
    erase.add_argument("--yes", action="store_true", help="sin preguntar")
    for verb in (export, block, unblock, erase):
        verb.add_argument("email", metavar="CORREO")
    grammar.command("person requests", "las solicitudes que esperan respuesta, la más urgente primero")
    answer = grammar.command("person answer", "responde una solicitud; el texto, por la entrada estándar")
    answer.add_argument("--outcome", required=True, choices=("acogida", "parcial", "rechazada"))
    extend = grammar.command("person extend", "30 días más, por una vez; el motivo, por la entrada estándar")
    for verb in (answer, extend):
        verb.add_argument("number", type=_number, metavar="NÚMERO")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError
    return int(text)


def _day(text: str) -> date:
    return date.fromisoformat(text)
