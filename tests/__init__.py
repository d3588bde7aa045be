"""The tests; `tests.bench` measures."""
