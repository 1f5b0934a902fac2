PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check check-all test test-all lint types explain

check: test lint types  # all but the tests that start an engine

check-all: test-all lint types  # what the test command of the README runs, in its order

test:
	$(PYTHON) -m pytest -q -m "not engines"

test-all:
	$(PYTHON) -m pytest -q

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy casualty_extract

# make explain TEXT="At least 12 civilians were killed, police said."
explain: override export TEXT := $(value TEXT)
explain:
	@test -n "$$TEXT" || { echo 'usage: make explain TEXT="..."' >&2; exit 2; }
	@printf '%s\n' "$$TEXT" | $(PYTHON) -m casualty_extract --explain
