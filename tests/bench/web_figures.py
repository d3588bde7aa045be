"""What citizens wait for: the real web process on loopback, durable, with the whole data set behind it."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from core.database.binding import reads, writes
from core.people import sessions
from core.people.models import Person
from core.tickets.citizens import drafts
from core.tickets.models import Ticket
from tests.bench import clients, dataset
from tests.bench.browser import ANSWERS, Browser, journey
from tests.bench.core_figures import bound
from tests.bench.figures import Table, median, percentile
from tests.harness.processes import AYUDA, ROOT, Process, free_port, wait_until

_JOURNEYS, _SUBMITS = 2_500, 4_500
_ALONE = 40
_SECONDS = 12.0
_ROUNDS = 3
_ROUND_SECONDS = 3.0
_STARTS = 7
_PAGES = {"landing": "/", "sign_up": "/cuenta/nueva", "ticket": "/ticket/nuevo"}
_RESOURCE = re.compile(r'<(?:link\b[^>]*\brel="stylesheet"[^>]*\bhref|(?:script|img|iframe)\b[^>]*\bsrc)="([^"]+)"')
_ICON = re.compile(r'<link\b[^>]*\brel="icon"[^>]*\bhref="data:')

_LOADED = ("web_journey_ms", "web_journeys_per_s", "web_step_p99_ms", "web_submit_ratio", "web_landing_ratio", "web_rss_mb")
_WEIGHED = tuple(f"page_{what}_{page}" for page in _PAGES for what in ("weight_bytes", "requests"))


def measure(table: Table, file: Path) -> None:
    """Every figure of the web that is wanted."""
    if table.wants("web_cold_start_ms"):
        table.add("web_cold_start_ms", median([_cold_start(file) for _ in range(_STARTS)]))
    if not table.wants(*_LOADED, *_WEIGHED):
        return
    travellers, senders = signed_in(file, _JOURNEYS), []
    if table.wants("web_submit_ratio"):
        senders = _with_drafts(file, _SUBMITS)
    with serving([*AYUDA, "web", "--host", "127.0.0.1", "--port"], file) as (port, process):
        _measure_journeys(table, port, travellers)
        _measure_ratios(table, port, senders, file)
        if table.wants("web_rss_mb"):
            import psutil

            table.add("web_rss_mb", psutil.Process(process.pid).memory_info().rss / 1e6)
        _weigh(table, port, travellers[-1])


@contextmanager
def serving(command: list[str], file: Path) -> Iterator[tuple[int, Process]]:
    """A server on a free port, once it answers."""
    port = free_port()
    surroundings = dataset.settings(file.parent, f"sqlite:///{file}", port)
    process = Process([*command, str(port)], file.with_name("web.log"), env=surroundings)
    try:
        wait_until(lambda: _answers(port) or not process.running, "the web to answer", every=0.05)
        if not process.running:
            raise AssertionError(f"the server ended as soon as it was started:\n{process.said()[-2000:]}")
        yield port, process
    finally:
        process.stop()


def _answers(port: int) -> bool:
    try:
        with closing(Browser(port)) as browser:
            return browser.get("/").status == 200
    except OSError:
        return False


def _measure_journeys(table: Table, port: int, travellers: list[str]) -> None:
    """Alone first, then sixteen at once."""
    if table.wants("web_journey_ms"):
        alone = [_travel(port, travellers.pop()) for _ in range(_ALONE)]
        table.add("web_journey_ms", 1000 * median(alone))
    if table.wants("web_journeys_per_s", "web_step_p99_ms"):
        found = clients.run("travel", port, _SECONDS, [travellers.pop() for _ in range(_JOURNEYS - 2 * _ALONE)])
        table.add("web_journeys_per_s", found["per_s"])
        table.add("web_step_p99_ms", percentile(found["steps"], 0.99))


def _travel(port: int, session: str) -> float:
    with closing(Browser(port, {"sesion": session})) as browser:
        return sum(journey(browser))


def _measure_ratios(table: Table, port: int, senders: list[str], file: Path) -> None:
    """Our pages and a bare hello world on the same server, one after the other."""
    if not table.wants("web_submit_ratio", "web_landing_ratio"):
        return
    submits, landings = [], []
    with serving([sys.executable, "-m", "tests.bench.hello"], file) as (hello_port, _):
        for _ in range(_ROUNDS):
            hello = clients.run("look", hello_port, _ROUND_SECONDS)["per_s"]
            if senders:
                given = [senders.pop() for _ in range(_SUBMITS // _ROUNDS)]
                submits.append(clients.run("submit", port, _ROUND_SECONDS, given)["per_s"] / hello)
            if table.wants("web_landing_ratio"):
                landings.append(clients.run("look", port, _ROUND_SECONDS)["per_s"] / hello)
    for name, found in (("web_submit_ratio", submits), ("web_landing_ratio", landings)):
        if found:
            table.add(name, median(found))


def _cold_start(file: Path) -> float:
    """Milliseconds from the start of the process to its first answered page."""
    port = free_port()
    surroundings = dataset.settings(file.parent, f"sqlite:///{file}", port)
    begin = time.perf_counter()
    command = [*AYUDA, "web", "--host", "127.0.0.1", "--port", str(port)]
    process = subprocess.Popen(command, env=surroundings, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - begin > 30:
                raise AssertionError("the web does not answer")
            time.sleep(0.002)
        return (time.perf_counter() - begin) * 1000
    finally:
        process.terminate()
        process.wait()


def _weigh(table: Table, port: int, session: str) -> None:
    """The first view of a page: its HTML and whatever it names, packed, and how many requests that takes."""
    for page, path in _PAGES.items():
        if not table.wants(f"page_weight_bytes_{page}", f"page_requests_{page}"):
            continue
        with closing(Browser(port, {"sesion": session} if page == "ticket" else {})) as browser:
            answer = browser.get(path)
            if answer.status != 200:
                raise AssertionError(f"{path} answered {answer.status}")
            named = set(_RESOURCE.findall(answer.text))
            if any("//" in address for address in named):
                raise AssertionError(f"{path} asks another host: {named}")
            bodies = [answer.body, *(browser.get(address).body for address in sorted(named))]
            icon = 0 if _ICON.search(answer.text) else 1
            table.add(f"page_weight_bytes_{page}", sum(map(len, bodies)))
            table.add(f"page_requests_{page}", len(bodies) + icon)


@reads
def _free_people(count: int, skip: int) -> list[tuple[int, int]]:
    """Accounts and their persons, adults without an open ticket."""
    busy = Ticket.select(Ticket.person).where(Ticket.resolved_at.is_null())
    free = Person.select(Person.account, Person.id).where(Person.is_holder == 1, Person.id.not_in(busy))
    return list(free.order_by(Person.id).limit(count).offset(skip).tuples())


def signed_in(file: Path, count: int) -> list[str]:
    """Sessions of people who may open a ticket."""
    with bound(f"sqlite:///{file}"):
        return _begin_sessions(_free_people(count, 0), False)


def _with_drafts(file: Path, count: int) -> list[str]:
    """Sessions of other people, who have written a ticket up to its last page."""
    with bound(f"sqlite:///{file}"):
        return _begin_sessions(_free_people(count, _JOURNEYS), True)


@writes
def _begin_sessions(people: list[tuple[int, int]], with_draft: bool) -> list[str]:
    written = {name: value for filled in ANSWERS.values() for name, value in filled.items()}
    found = []
    for account_id, person_id in people:
        if with_draft:
            drafts.save(person_id, written)
        found.append(sessions.begin(account_id, False).token)
    return found
