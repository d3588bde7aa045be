"""Hashes of passwords that cost next to nothing: thousands of tests have somebody sign up or sit at the desk."""

from __future__ import annotations

from core.people import passwords

REAL_COST = dict(passwords.COST)
"""What a hash costs outside the tests."""

passwords.COST.update(time_cost=1, memory_cost=8)
