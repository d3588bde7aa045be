"""The command line: the only file that knows core, the web and the terminal."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from core.settings import Settings

REFUSED = 1


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 done, 1 refused with one line on standard error, 2 wrong usage."""
    from core.errors import Invalid, Problem

    given = sys.argv[1:] if arguments is None else arguments
    try:
        if given == ["tui"]:  # the start that analysts wait for: no parser is needed
            return tui(None, False)
        from core.operations import grammar

        options = grammar.read(given, COMMANDS)
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
    """Read the settings and set up what they name; raises `Misconfigured`."""
    chosen = _bind(variables, current_schema)
    _furnish(chosen)
    return chosen


def _bind(variables: Mapping[str, str] | None = None, current_schema: bool = True) -> Settings:
    """Read the settings and bind the database: as much as a list needs."""
    from core import clock, settings, tokens

    chosen = settings.load(variables)
    _leave_out_other_engine(chosen.database_url)
    from core.appointments import setup
    from core.calendar import feasts
    from core.database import binding, schema

    if chosen.now is not None:
        clock.start_at(chosen.now)
    tokens.use_keys(chosen.secret_keys)
    feasts.add_late(chosen.home / feasts.FILE)
    setup.configure(chosen.home, with_examples=chosen.env != "production")
    binding.bind(chosen.database_url)
    if current_schema:
        schema.require_current()
    return chosen


def _furnish(chosen: Settings) -> None:
    """Set up what only verbs need: letters and files."""
    from core.files import choosing, clamd, store
    from core.mail import outbox
    from core.tickets.answers import drawer

    outbox.configure(chosen.base_url, chosen.mail_from)
    store.use(chosen.attachments)
    clamd.use(chosen.clamd_url)
    choosing.use(chosen.attach_folders)
    drawer.use(chosen.home / "drafts")


def _leave_out_other_engine(database_url: str) -> None:
    """Let peewee not find PostgreSQL's driver, which it loads wherever it is installed: 25 ms and 6 MB for nothing."""
    if database_url.startswith("sqlite:"):
        sys.modules.setdefault("psycopg2", None)  # type: ignore[arg-type]


def tui(session_file: Path | None, linear: bool) -> int:
    """The analysts' terminal; signed in already when a file holds a session's token, linear when asked for."""
    gc.disable()  # until the first screen is painted: there is nothing to collect in what is being loaded
    chosen = _bind()
    from analyst_tui import app

    if not chosen.in_browser:
        app.require_screen()
    token = session_file.read_text(encoding="utf-8").strip() if session_file else None
    code = app.run(chosen.home, token, lambda: _furnish(chosen), chosen.colourless, linear, chosen.remote)
    if app.is_stuck():  # everything is kept: nobody waits for what a silent database might still say
        os._exit(code)
    return code


def _init(options: Namespace) -> None:
    from core.canned import loading
    from core.database import schema
    from core.tickets import finding, renewing

    compose(current_schema=False)
    done = schema.upgrade()
    print(f"Base de datos lista: {', '.join(done)}." if done else "La base de datos ya estaba al día.")
    finding.mark_open()
    loaded = loading.load()
    if loaded:
        print(f"{loaded} respuestas tipo cargadas.")
    moved = renewing.renew()
    if moved:
        print(f"Los feriados nuevos cambian el vencimiento de {moved} tickets.")


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
    from core.operations import asking
    from core.people import staff

    compose()
    rights = (options.rights or "").replace(",", " ").split()
    password = asking.password(options.password_stdin)
    new = staff.add_staff(options.name, options.role, options.email, password, rights, options.cap)
    print(f"{new.name} ya puede ingresar a la terminal.")


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


def _person(options: Namespace) -> None:
    from core.operations.rights import console

    compose()
    for line in console.VERBS[options.verb](options):
        print(line)


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

        return app.run(chosen.home, demo.supervisor_session(), plain=chosen.colourless, remote=chosen.remote)


COMMANDS: dict[str, Callable[[Namespace], int | None]] = {
    "demo": _demo,
    "init": _init,
    "web": _web,
    "tui": lambda options: tui(options.session_file, options.linear),
    "mail": _mail,
    "doctor": _doctor,
    "staff add": _staff_add,
    "staff list": _staff_list,
    "staff disable": _staff_disable,
    "tramites import": _import_tramites,
    "stats": _stats,
    "export tickets": _export,
    "seed": _seed,
    "backup": _backup,
    "restore": _restore,
    "verify": _verify,
    "person": _person,
}


if __name__ == "__main__":
    sys.exit(main())
