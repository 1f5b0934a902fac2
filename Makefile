PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check check-all test test-all lint types explain deep worst fuzz mutants versions

check: test lint types  # all but the tests that start an engine

check-all: test-all lint types  # what the test command of the README runs, in its order

test:
	$(PYTHON) -m pytest -q -n auto -m "not engines"

test-all:
	$(PYTHON) -m pytest -q

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy casualty_extract

# What is too slow for every day; docs/promises.md states what each found.

deep:  # the property tests with thousands of examples
	$(PYTHON) -m pytest -q tests/properties --hypothesis-profile=deep --hypothesis-show-statistics

worst:  # patterns and texts at their full size, 50 MB and 100,000 lines among them
	CASUALTY_EXTRACT_FULL=1 $(PYTHON) -m pytest -q -s tests/test_worst_cases.py

SECONDS ?= 600
FUZZ ?= text lexicon record changed_record
fuzz:  # needs: pip install atheris
	for target in $(FUZZ); do $(PYTHON) fuzz/run.py $$target -max_total_time=$(SECONDS) -max_len=600 || exit 1; done

mutants:  # needs: pip install mutmut; a sample, once this has begun: mutmut run $(python fuzz/sample_mutants.py 600)
	$(PYTHON) -m mutmut run --max-children 1
	$(PYTHON) fuzz/sample_mutants.py 10000 --score

versions:  # every Python of pyproject.toml, and the lowest dependencies; needs: pip install nox uv
	$(PYTHON) -m nox

# make explain TEXT="At least 12 civilians were killed, police said."
explain: override export TEXT := $(value TEXT)
explain:
	@test -n "$$TEXT" || { echo 'usage: make explain TEXT="..."' >&2; exit 2; }
	@printf '%s\n' "$$TEXT" | $(PYTHON) -m casualty_extract --explain
