PYTHON ?= $(if $(wildcard .venv/bin/python),.venv/bin/python,python3)

.PHONY: check lint types test explain

check: lint types test

lint:
	$(PYTHON) -m ruff check .

types:
	$(PYTHON) -m mypy casualty_extract

test:
	$(PYTHON) -m pytest -q

# make explain TEXT="At least 12 civilians were killed, police said."
explain: override export TEXT := $(value TEXT)
explain:
	@test -n "$$TEXT" || { echo 'usage: make explain TEXT="..."' >&2; exit 2; }
	@printf '%s\n' "$$TEXT" | $(PYTHON) -m casualty_extract --explain
