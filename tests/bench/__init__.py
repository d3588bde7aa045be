"""The performance table: `python -m tests.bench [--json FILE] [--only PREFIX]`."""
