"""The example's people: names, births and addresses in the proportions of those who use the service."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from random import Random

from core.operations.example.phrases import FOLDER, Phrase, phrase, sections
from core.people.applications import relations
from core.text import fold

_MAIL_HOSTS = ("correo.example", "correo.example", "buzon.example", "mail.example")
_CHILDREN = 0.06
_ONE_SURNAME = 0.12


@dataclass(frozen=True, slots=True)
class Country:
    """Names that are usual in a country."""

    code: str
    women: tuple[Phrase, ...]
    men: tuple[Phrase, ...]
    surnames: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Someone:
    """A person of the example."""

    country: str
    given_names: str
    first_surname: str
    second_surname: str
    birth_on: int
    is_child: bool
    relation: str
    guardian: str
    email: str
    words: str
    """The folded words of names and address."""


@cache
def countries() -> tuple[tuple[Country, ...], tuple[int, ...]]:
    """The countries and their cumulated weights."""
    found, weights = [], []
    for head, (women, men, surnames) in sections(FOLDER / "people.txt").items():
        code, _, weight = head.partition(" ")
        found.append(Country(code, *(tuple(phrase(name) for name in line.split(", ")) for line in (women, men, surnames))))
        weights.append(int(weight))
    return tuple(found), tuple(accumulate(weights))


def someone(random: Random, number: int, year: int) -> Someone:
    """Somebody new; the number makes the address their own."""
    known, weights = countries()
    country = random.choices(known, cum_weights=weights)[0]
    given = random.choice(country.women if random.random() < 0.52 else country.men)
    first = random.choice(country.surnames)
    second = random.choice(country.surnames) if random.random() >= _ONE_SURNAME else Phrase("", "")
    is_child = random.random() < _CHILDREN
    birth_year = year - (random.randrange(1, 17) if is_child else random.randrange(19, 71))
    user = _user(given.words, first.words, number)
    host = random.choice(_MAIL_HOSTS)
    name, _, domain = host.partition(".")
    return Someone(
        country=country.code,
        given_names=given.text,
        first_surname=first.text,
        second_surname=second.text,
        birth_on=birth_year * 10_000 + random.randrange(1, 13) * 100 + random.randrange(1, 29),
        is_child=is_child,
        relation=random.choice(relations()[:3])[0] if is_child else "",
        guardian=f"{random.choice(country.women).text} {first.text}" if is_child else "",
        email=f"{user}@{host}",
        words=f"{given.words} {first.words} {second.words} {user.replace('.', ' ')} {name} {domain}",
    )


def _user(given: str, surname: str, number: int) -> str:
    parts = (fold(given).partition(" ")[0], fold(surname).partition(" ")[0])
    readable = ".".join(part for part in parts if part.isascii() and part.isalnum())
    return f"{readable or 'persona'}.{number}"
