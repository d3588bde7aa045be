"""The command line: the only file that knows core, the web and the terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from datetime import date

    from core.settings import Settings

REFUSED = 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused with one line on standard error, 2 wrong usage."""
    from core.errors import Invalid, Problem

    given = sys.argv[1:] if arguments is None else arguments
    try:
        if given == ["tui"]:  # the start that analysts wait for: no parser is needed
            return tui(None)
        options = _parser().parse_args(given)
        return int(options.run(options) or 0)
    except Invalid as problem:
        print("\n".join(problem.fields.values()), file=sys.stderr)
    except Problem as problem:
        print(problem.message, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return REFUSED
    return REFUSED


def compose(variables: Mapping[str, str] | None = None, current_schema: bool = True) -> Settings:
    """Read the settings and bind what they name; raises `Misconfigured`."""
    from core import clock, settings, tokens
    from core.database import binding, schema
    from core.mail import outbox

    chosen = settings.load(variables)
    if chosen.now is not None:
        clock.start_at(chosen.now)
    tokens.use_keys(chosen.secret_keys)
    outbox.configure(chosen.base_url, chosen.mail_from)
    binding.bind(chosen.database_url)
    if current_schema:
        schema.require_current()
    return chosen


def tui(session_file: Path | None) -> int:
    """The analysts' terminal; signed in already when a file holds a session's token."""
    compose()
    from analyst_tui import app

    return app.run(session_file.read_text(encoding="utf-8").strip() if session_file else None)


def _init(options: Namespace) -> None:
    from core.database import schema

    compose(current_schema=False)
    done = schema.upgrade()
    print(f"Base de datos lista: {', '.join(done)}." if done else "La base de datos ya estaba al día.")


def _web(options: Namespace) -> None:
    from intake_web import server

    server.serve(compose(), options.host, options.port, options.workers)


def _mail(options: Namespace) -> int:
    from core.operations import post

    settings = compose()
    if not options.once:
        post.run(settings)
        return 0
    tally = post.deliver_once(settings)
    print(f"{tally.sent} entregadas, {tally.retried} para después, {tally.failed} rechazadas")
    return REFUSED if tally.failed else 0


def _staff_add(options: Namespace) -> None:
    from core.people import staff

    compose()
    rights = (options.rights or "").replace(",", " ").split()
    new = staff.add_staff(options.name, options.role, options.email, _password(options), rights, options.cap)
    print(f"{new.name} ya puede ingresar a la terminal.")


def _password(options: Namespace) -> str:
    from core.errors import Invalid

    if options.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    from getpass import getpass

    first = getpass("Contraseña (15 caracteres o más): ")
    if first != getpass("Otra vez: "):
        raise Invalid({"password": "Las dos contraseñas no son iguales. No se agregó a nadie."})
    return first


def _staff_list(options: Namespace) -> None:
    from core.people import staff

    compose()
    for each in staff.list_staff():
        rights = ",".join(sorted(each.rights)) or "—"
        parts = [each.name, each.role, each.email, rights, f"tope {each.cap}", "desactivada" if each.disabled else ""]
        print("\t".join(part for part in parts if part))


def _staff_disable(options: Namespace) -> None:
    from core.people import staff

    compose()
    staff.disable_staff(options.name)
    print(f"{options.name} ya no puede ingresar; sus sesiones terminaron.")


def _seed(options: Namespace) -> None:
    from core.operations import seed

    compose()
    seed.seed(options.tickets, options.random_seed)
    print(f"{options.tickets} tickets de ejemplo.")


def _import_tramites(options: Namespace) -> None:
    from core.tramites import history

    compose()
    print(f"{history.import_csv(Path(options.file))} trámites al día.")


def _stats(options: Namespace) -> None:
    import json

    from core.figures import report, stats

    compose()
    figures = stats.stats(None, options.first, options.last)
    print(json.dumps(figures.as_json(), ensure_ascii=False, indent=1) if options.json else report.text(figures))


def _export(options: Namespace) -> None:
    from core.operations import export

    compose()
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    export.write_tickets(sys.stdout, options.format, options.first, options.last)


def _backup(options: Namespace) -> None:
    from core.operations import backup

    compose()
    backup.backup(Path(options.file))
    print(f"Copia completa en {options.file}.")


def _restore(options: Namespace) -> None:
    from core.operations import backup

    compose(current_schema=False)
    backup.restore(Path(options.file))
    print(f"La base de datos es ahora la de {options.file}.")


def _verify(options: Namespace) -> int:
    from core.operations import verify

    compose()
    breaches = list(verify.verify())
    print("\n".join(breaches) or "Todo en orden.")
    return REFUSED if breaches else 0


def _doctor(options: Namespace) -> int:
    from core.operations import doctor

    findings = list(doctor.examine(compose(current_schema=False)))
    for finding in findings:
        print(f"{'bien ' if finding.in_order else 'MAL  '} {finding.part}: {finding.words}")
    return 0 if all(finding.in_order for finding in findings) else REFUSED


def _demo(options: Namespace) -> int:
    from core import settings
    from core.operations import demo

    variables = settings.for_demo(options.port)
    demo.clear(Path(variables["AYUDA_HOME"]))
    chosen = compose(variables, current_schema=False)
    demo.fill(options.tickets)
    with demo.services(chosen.home, variables, options.port):
        if options.no_tui or not (sys.stdin.isatty() and sys.stdout.isatty()):
            demo.wait(chosen.base_url)
            return 0
        from analyst_tui import app

        return app.run(demo.supervisor_session())


def _parser() -> ArgumentParser:
    from argparse import ArgumentParser

    parser = ArgumentParser(prog="ayuda", description="Ayuda Migraciones: tickets de ayuda, de punta a punta.")
    commands = parser.add_subparsers(metavar="COMANDO", required=True)

    def command(name: str, run: Callable[[Namespace], int | None], words: str) -> ArgumentParser:
        each = commands.add_parser(name, help=words, description=words)
        each.set_defaults(run=run)
        return each

    _service_commands(command)
    _staff_commands(commands.add_parser("staff", help="el personal: add, list, disable"))
    _data_commands(command, commands)
    return parser


def _service_commands(command: Callable[..., ArgumentParser]) -> None:
    demo = command("demo", _demo, "todo el servicio en esta máquina, con datos de ejemplo")
    demo.add_argument("--port", type=_number, default=8000)
    demo.add_argument("--tickets", type=_number, default=1500)
    demo.add_argument("--no-tui", action="store_true", help="sin terminal: muestra direcciones y claves, y sigue")
    command("init", _init, "crea la base de datos o la pone al día")
    web = command("web", _web, "el sitio de las personas")
    web.add_argument("--host", default="127.0.0.1")
    web.add_argument("--port", type=_number, default=8000)
    web.add_argument("--workers", type=_number, default=1)
    terminal = command("tui", lambda options: tui(options.session_file), "la terminal de analistas y supervisión")
    terminal.add_argument("--session-file", type=Path, help="archivo con una sesión ya abierta")
    command("mail", _mail, "entrega las cartas").add_argument("--once", action="store_true", help="lo que haya y termina")
    command("doctor", _doctor, "revisa ajustes, base de datos, correo, claves, reloj y disco")


def _staff_commands(staff: ArgumentParser) -> None:
    verbs = staff.add_subparsers(metavar="add|list|disable", required=True)
    add = verbs.add_parser("add", help="agrega a una persona")
    add.set_defaults(run=_staff_add)
    add.add_argument("name", metavar="NOMBRE")
    add.add_argument("--role", required=True, choices=("analyst", "supervisor", "admin"))
    add.add_argument("--email", required=True)
    add.add_argument("--rights", help="nna,reservada,supervision,identidad,datos")
    add.add_argument("--cap", type=_number, default=20, help="tickets a la vez")
    add.add_argument("--password-stdin", action="store_true", help="lee la contraseña de la entrada estándar")
    verbs.add_parser("list", help="muestra a todas").set_defaults(run=_staff_list)
    disable = verbs.add_parser("disable", help="termina sus sesiones y no la deja ingresar")
    disable.set_defaults(run=_staff_disable)
    disable.add_argument("name", metavar="NOMBRE")


def _data_commands(command: Callable[..., ArgumentParser], commands: object) -> None:
    seed = command("seed", _seed, "datos de ejemplo")
    seed.add_argument("--tickets", type=_number, required=True)
    seed.add_argument("--random-seed", type=int, default=1)
    tramites = commands.add_parser("tramites", help="trámites conocidos: import")  # type: ignore[attr-defined]
    bring = tramites.add_subparsers(metavar="import", required=True).add_parser("import")
    bring.set_defaults(run=_import_tramites)
    bring.add_argument("file", metavar="ARCHIVO.csv", help="columnas id,tipo,estado,correo,creado")
    stats = command("stats", _stats, "las cifras de la supervisión")
    stats.add_argument("--json", action="store_true")
    out = commands.add_parser("export", help="tickets a la salida estándar")  # type: ignore[attr-defined]
    tickets = out.add_subparsers(metavar="tickets", required=True).add_parser("tickets")
    tickets.set_defaults(run=_export)
    tickets.add_argument("--format", choices=("csv", "jsonl"), default="csv")
    for period in (stats, tickets):
        period.add_argument("--from", dest="first", type=_day, metavar="AAAA-MM-DD")
        period.add_argument("--to", dest="last", type=_day, metavar="AAAA-MM-DD")
    command("backup", _backup, "copia completa, con el servicio andando").add_argument("file", metavar="ARCHIVO")
    command("restore", _restore, "vuelve a una copia").add_argument("file", metavar="ARCHIVO")
    command("verify", _verify, "revisa la base de datos y todas las reglas")


def _number(text: str) -> int:
    if not text.isdecimal():
        raise ValueError
    return int(text)


def _day(text: str) -> date:
    from datetime import date

    return date.fromisoformat(text)


if __name__ == "__main__":
    sys.exit(main())
