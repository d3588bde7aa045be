# What can be done here; `make` alone lists it. Needs Python 3.11 or newer and a network to the package registry.
# WORKERS is two for each core of a small machine: half of their time tests wait for other processes.

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
WORKERS ?= 4
ARGS ?=

unexport PYTHONDONTWRITEBYTECODE # programs that start by the hundred would each compile themselves anew

BIN := .venv/bin
SOURCES := core intake_web analyst_tui data ayuda.py
WANTED := pyproject.toml constraints.txt
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable

.DEFAULT_GOAL := help
.PHONY: help demo test torture bench languages holidays lint
.DELETE_ON_ERROR:

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

demo: .venv/.for-use ## the whole service on this machine, with examples (ARGS=--no-tui without a terminal)
	@$(BIN)/ayuda demo $(ARGS)

test: .venv/.for-tests lint ## format, lint, types, import rules and all tests, with a sample of the long sweeps
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

torture: .venv/.for-tests ## the tests with the long sweeps whole: hostile inputs, faults, kills
	AYUDA_SWEEP=whole $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal --timeout 3600 $(ARGS)

bench: .venv/.for-bench ## the performance table (ARGS="--json FILE" writes it too)
	@$(BIN)/python -m compileall -q $(SOURCES) tests
	@$(BIN)/python -m tests.bench $(ARGS)

languages: .venv/.for-tests ## extract what citizens read, bring data/languages up to date, compile it
	@$(BIN)/python -m tests.tools.languages

holidays: .venv/.for-tests ## data/holidays.json again, from the holidays package
	@$(BIN)/python -m tests.tools.feasts

lint: .venv/.for-tests ## format, lint, types and import rules alone
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it, or say where it is with PYTHON=…" >&2; exit 1; }
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; echo "Python lacks venv: on Debian, apt-get install python3-venv" >&2; exit 1; }

.venv/.for-use: $(WANTED) | .venv/bin/python
	@echo "Installing what the service needs into .venv …"
	@$(PIP) . --constraint constraints.txt
	@$(BIN)/python -m compileall -q $(SOURCES)
	@touch $@

.venv/.for-tests: $(WANTED) | .venv/bin/python
	@echo "Installing what the tests need into .venv …"
	@$(PIP) '.[dev]' --constraint constraints.txt
	@$(BIN)/python -m compileall -q $(SOURCES) tests
	@touch $@ .venv/.for-use

.venv/.for-bench: $(WANTED) | .venv/bin/python
	@echo "Installing what the benchmark needs into .venv …"
	@$(PIP) '.[dev,bench]' --constraint constraints.txt
	@$(BIN)/python -m compileall -q $(SOURCES) tests
	@touch $@ .venv/.for-tests .venv/.for-use
