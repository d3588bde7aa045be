"""Many hands at once: the same call from many threads, let go together."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TypeVar

from core.database import binding

Result = TypeVar("Result")


def at_once(calls: Sequence[Callable[[], Result]]) -> list[Result | BaseException]:
    """What each of the calls returned or raised, all of them begun at the same moment, each in a thread of its own."""
    gate = threading.Barrier(len(calls))
    outcomes: list[Result | BaseException] = [RuntimeError("never ran")] * len(calls)

    def run(place: int) -> None:
        gate.wait(30)
        try:
            outcomes[place] = calls[place]()
        except BaseException as reason:  # noqa: BLE001 the outcome is the test's to judge
            outcomes[place] = reason
        finally:
            binding.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes
