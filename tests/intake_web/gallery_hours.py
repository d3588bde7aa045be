"""The pages of an hour at an office, in the states that people see."""

from __future__ import annotations

from tests.harness.page import Page, Visitor
from tests.intake_web.people import send

Pages = dict[str, Page]


def walk(visitor: Visitor, text: str) -> Pages:
    """From no hour at all to one that was given back; what people could type is `text`."""
    start = visitor.get("/hora/nueva")
    offices = send(start, preferente="si").follow()
    days = visitor.get("/hora/dia?oficina=arica&preferente=si")
    times = visitor.get(_next(days, "/hora/horas"))
    other = times.form("oficina").choices["inicio"]
    pages = {"hours none": visitor.get("/hora"), "hour start": start, "hour offices": offices, "hour days": days}
    pages |= {"hour times": times, "hour times wrong": send(times, inicio=text)}
    booked = pages["hour booked"] = send(times, inicio=other[0]).follow()
    pages["hour second"] = send(times, inicio=other[1])
    pages["hour change"] = visitor.get(_next(booked, "/hora/oficina"))
    pages["hour cancel"] = visitor.get(_next(booked, "/hora/cancelar"))
    pages["portal hour"] = visitor.get("/portal")
    pages["hour cancelled"] = send(pages["hour cancel"]).follow()
    return pages


def _next(page: Page, path: str) -> str:
    """The first link of a page that leads to a path."""
    return path + page.text.split(f'href="{path}')[1].split('"')[0].replace("&amp;", "&")
