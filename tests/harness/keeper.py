"""Runs a command for as long as standard input stays open, so that nothing outlives the tests, killed ones included.

Usage: python keeper.py USER SIGNAL FOLDER COMMAND…
USER may be empty (stay who we are), FOLDER too (else it is removed when the command has ended).
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

_PATIENCE = 10


def keep(user: str, ending: signal.Signals, command: list[str]) -> int:
    """The command's exit code, once it ended by itself or because our input was closed."""
    rights: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    child = subprocess.Popen(command, stdin=subprocess.DEVNULL, **rights)
    threading.Thread(target=_end_with_input, args=(child, ending), daemon=True).start()
    return int(child.wait())


def _end_with_input(child: subprocess.Popen[bytes], ending: signal.Signals) -> None:
    sys.stdin.buffer.read()
    with suppress(ProcessLookupError):
        child.send_signal(ending)
    try:
        child.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()


if __name__ == "__main__":
    user, ending, folder, *command = sys.argv[1:]
    code = keep(user, signal.Signals[ending], command)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)
    os._exit(code)  # the thread still waits for standard input, which an orderly exit would trip over
