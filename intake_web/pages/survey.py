"""What somebody thinks of an answer: a page behind a letter's link, without signing in; looking uses nothing up."""

from __future__ import annotations

from core.errors import Invalid, NotFound
from core.language import _
from core.tickets.citizens import survey
from intake_web.replies import Reply, go, show
from intake_web.visit import Visit

_STATUS = {"expired": 410, "unknown": 404}


def ask(visit: Visit, token: str) -> Reply:
    """The grade and the comment that are asked for, or what has become of the link."""
    asked = survey.look(token)
    return _form(visit, asked.folio) if asked.standing == "open" else _end(visit, asked)


def answer(visit: Visit, token: str) -> Reply:
    """Keep the grade; whoever sends it twice is thanked twice."""
    typed = visit.form.only(("nota", "comentario"))
    asked = survey.look(token)
    try:
        survey.answer(token, typed["nota"], typed["comentario"])
    except Invalid as problem:
        return _form(visit, asked.folio, typed, problem.fields)
    except NotFound:
        return _end(visit, asked)
    return go(visit.path)


def _form(visit: Visit, folio: str, typed: dict[str, str] | None = None, wrong: dict[str, str] | None = None) -> Reply:
    given = typed or {"nota": "", "comentario": ""}
    choices = [(grade, f"{grade} · {words}", "") for grade, words in zip(survey.GRADES, _grades(), strict=True)]
    return show(visit, "survey.html", 422 if wrong else 200, errors=wrong, folio=folio, typed=given, choices=choices)


def _end(visit: Visit, asked: survey.Asked) -> Reply:
    return show(visit, "survey_end.html", _STATUS.get(asked.standing, 200), standing=asked.standing)


def _grades() -> list[str]:
    """What each grade means, from 1 to 7."""
    return [_("Muy mala"), _("Mala"), _("Insuficiente"), _("Suficiente"), _("Buena"), _("Muy buena"), _("Excelente")]
