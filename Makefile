# Two commands do everything: `make run` opens the tutor, `make test` passes the tests.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types format messages clean

run: $(VENV)/run.stamp
	@$(BIN)/tutor

test: lint types
	$(BIN)/pytest

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

format: $(VENV)/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Collect the interface's sentences, keep the catalogues in step and compile them.
messages: $(VENV)/dev.stamp
	$(BIN)/pybabel -q extract -F tutor/locales/babel.cfg -k pgettext:1c,2 --no-location --sort-output --omit-header -o tutor/locales/tutor.pot tutor
	for language in de fr it; do $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date -D tutor -i tutor/locales/tutor.pot -d tutor/locales -l $$language || exit 1; done
	$(BIN)/pybabel -q compile -D tutor -d tutor/locales

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[semantic]'
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[semantic,dev]'
	@touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
