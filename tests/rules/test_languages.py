"""Every language says everything: sentences, names, letters; nothing missing, stale, unsure or hard-coded."""

from __future__ import annotations

import ast
import itertools
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from jinja2 import Environment

from core.language import LANGUAGES
from tests.rules import sources
from tests.rules.test_imports import loaded_by, modules_of
from tests.tools import languages, names

HOLES = re.compile(r"%\(\w+\)[sd]|\{\w*\}|\$\w+|%(?![\s(])\w")
TAGS = re.compile(r"<[^>]+>")
QUOTED = re.compile(r"[«“]([^»”]+)[»”]")
LETTERS = sources.ROOT / "data" / "letters"
KINDS = sorted(path.stem for path in (LETTERS / "es").glob("*.txt"))
REFUSALS = {"NotFound", "NotAllowed", "Invalid", "Conflict", "TryLater", "TooOften", "NotAnAddress", "NotVerified", "Unreadable"}
READ_BY_THE_SERVICE = {
    *("core/appointments/desk.py", "core/appointments/records.py", "core/appointments/offices.py:checked"),
    *("core/people/policy.py", "core/people/staff.py", "core/tramites/history.py"),
    *("core/people/accounts.py:named", "core/people/email_changes.py:ask_proven", "core/people/joining.py:bring_run"),
    *(f"core/tickets/{module}.py" for module in ("access", "assigning", "desk", "ending", "extending", "identity", "impartial")),
    *(f"core/tickets/{module}.py" for module in ("looks", "referring", "saying")),
    *(f"core/tickets/answers/{module}.py" for module in ("drawer", "gate", "held", "holding", "previewing")),
    *(f"core/tickets/asides/{module}.py" for module in ("event_words", "mentions", "papers", "related", "tags", "taking_out")),
    *(f"core/tickets/many/{module}.py" for module in ("actions", "batches", "merging", "surges")),
    *("core/tickets/answers/answer_files.py:_place", "core/tickets/searching/own_views.py", "core/tickets/waiting.py:ask"),
    *(f"core/operations/rights/{verb}.py" for verb in ("console", "erasing", "requests")),
}
NAMES = {"Ayuda", "Migraciones", "ClaveÚnica"}

each_language = pytest.mark.parametrize("language", languages.TRANSLATED)


@cache
def template() -> Catalog:
    return languages.extract()


@cache
def catalogue(language: str) -> Catalog:
    return languages.read(language)


def ids(found: Catalog) -> set[object]:
    return {message.id for message in found if message.id}


def forms(message: Message) -> list[tuple[str, str]]:
    """Every translation beside what it translates."""
    if isinstance(message.id, str):
        return [(message.id, str(message.string))]
    return list(zip(message.id, message.string, strict=True))


def test_the_service_never_loads_what_makes_the_catalogues() -> None:
    assert "babel" not in loaded_by(*modules_of("core", "intake_web"))


@each_language
def test_no_sentence_is_missing_and_none_is_stale(language: str) -> None:
    wanted, there = ids(template()), ids(catalogue(language))
    assert (wanted - there, there - wanted) == (set(), set()), "make languages"


@each_language
def test_no_sentence_is_untranslated_or_unsure(language: str) -> None:
    assert [message.id for message in languages.unfinished(catalogue(language))] == []


@each_language
def test_what_is_filled_in_and_marked_up_is_the_same(language: str) -> None:
    broken = [
        (spanish, said)
        for message in catalogue(language)
        for spanish, said in (forms(message) if message.id else ())
        for part in (HOLES, TAGS)
        if Counter(part.findall(spanish)) != Counter(part.findall(said))
    ]
    assert broken == []


def test_no_language_borrows_a_sentence_of_another() -> None:
    borrowed = [
        (spanish, code, other)
        for code, other in itertools.combinations(languages.TRANSLATED, 2)
        for message in catalogue(code)
        if message.id
        for (spanish, said), (_same, elsewhere) in zip(forms(message), forms(catalogue(other)[message.id]), strict=True)
        if len(spanish.split()) > 2 and said in (spanish, elsewhere)
    ]
    assert borrowed == []


@each_language
def test_the_compiled_catalogue_is_that_of_its_sentences(language: str) -> None:
    assert languages.po_path(language).with_suffix(".mo").read_bytes() == languages.mo_bytes(catalogue(language)), (
        "make languages"
    )


@each_language
def test_what_nobody_reviewed_says_so(language: str) -> None:
    assert (languages.REVIEW_MARK in catalogue(language).header_comment) == (language in languages.UNREVIEWED)


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_days_and_countries_are_those_that_are_made(language: str) -> None:
    made = {"calendar": names.calendar(language)} | ({} if language == "es" else {"countries": names.countries(language)})
    for kind, content in made.items():
        assert (names.LANGUAGES / language / f"{kind}.json").read_text(encoding="utf-8") == names.text_of(content), (
            "make languages"
        )


@each_language
def test_every_country_can_be_chosen(language: str) -> None:
    spanish = json.loads((names.DATA / "countries.json").read_text(encoding="utf-8"))
    theirs = names.countries(language)
    assert {row["id"] for row in theirs} == {row["id"] for row in spanish}
    assert [row["id"] for row in theirs[-2:]] == ["xs", "xx"]
    assert len({row["nombre"] for row in theirs}) == len(theirs)


@each_language
def test_every_letter_is_written(language: str) -> None:
    assert sorted(path.stem for path in (LETTERS / language).glob("*.txt")) == KINDS


@each_language
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_says_what_the_spanish_one_says(kind: str, language: str) -> None:
    spanish, said = letter("es", kind), letter(language, kind)
    assert said.startswith("Asunto: ")
    assert set(HOLES.findall(said)) == set(HOLES.findall(spanish))
    for links in (re.compile(r"^\$link$", re.MULTILINE), re.compile(r"https?://\S+")):
        assert links.findall(said) == links.findall(spanish)
    assert HOLES.findall(said.partition("\n")[0]) == HOLES.findall(spanish.partition("\n")[0])


@each_language
@pytest.mark.parametrize("kind", KINDS)
def test_a_letter_names_buttons_as_the_page_does(kind: str, language: str) -> None:
    known = {message.id: message.string for message in catalogue(language)}
    named = [known[words] for words in QUOTED.findall(letter("es", kind)) if words in known]
    assert QUOTED.findall(letter(language, kind))[: len(named)] == named


def letter(language: str, kind: str) -> str:
    return (LETTERS / language / f"{kind}.txt").read_text(encoding="utf-8")


def test_no_template_has_words_that_cannot_be_translated() -> None:
    strays = {
        str(path): words
        for path in sources.files()
        if path.parts[:2] == ("intake_web", "templates")
        if (words := words_outside_messages(sources.ROOT / path) - NAMES)
    }
    assert strays == {}


def words_outside_messages(path: Path) -> set[str]:
    """What stands in a template itself, between tags or in an attribute that is read out."""
    text, translated, inside = "", False, ""
    for _line, kind, value in Environment().lex(path.read_text(encoding="utf-8")):
        if kind == "name" and inside == "block_begin":
            translated = value == "trans" if value in ("trans", "endtrans") else translated
        if kind == "data" and not translated:
            text += value
        elif kind in ("variable_end", "block_end"):
            text += "\0"
        inside = kind if kind != "whitespace" else inside
    read_out = re.findall(r'\b(?:aria-label|title|placeholder|alt)="([^"]*)"', text)
    seen = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>|[\w-]+=\"[^\"]*\"|&\w+;", " ", text, flags=re.DOTALL)
    return {word for piece in (seen, *read_out) for word in re.findall(r"[^\W\d_]{3,}", piece)}


def test_no_refusal_to_a_citizen_is_only_spanish() -> None:
    rooms = (
        "intake_web",
        "core/appointments",
        "core/people",
        "core/tickets",
        "core/tramites",
        "core/mail",
        "core/operations/rights",
    )
    strays = [
        f"{path}:{call.lineno} {text}"
        for path in sources.modules("core", "intake_web")
        for function in sources.functions(path)
        if str(path).startswith(rooms) and not READ_BY_THE_SERVICE & {str(path), f"{path}:{function.name}"}
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and sources.dotted(call.func).rpartition(".")[2] in REFUSALS
        for text in bare_sentences(call)
    ]
    assert strays == []


def bare_sentences(node: ast.AST) -> list[str]:
    """The sentences within an expression that are not given to gettext."""
    if isinstance(node, ast.Call) and sources.dotted(node.func).rpartition(".")[2] in ("_", "noted", "ngettext"):
        return []
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value.strip():
        return [node.value]
    return [text for child in ast.iter_child_nodes(node) for text in bare_sentences(child)]
