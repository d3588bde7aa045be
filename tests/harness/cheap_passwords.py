"""Hashes of passwords that cost next to nothing: thousands of tests have somebody sign up or sit at the desk."""

from __future__ import annotations

from core.people import passwords

REAL_COST = passwords.PASSES, passwords.MEMORY
"""What a hash costs outside the tests."""

passwords.PASSES, passwords.MEMORY = 1, 8
