# `make run` sets everything up from a fresh clone and forecasts a shipped case; `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CASE ?= ukraine-2023-03
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
PLAIN := .venv-plain
CORE := .venv-core
PYTEST := $(BIN)/python -m pytest -p no:cacheprovider -n 2 --dist worksteal

# Compiled bytecode and kernels are kept beside their sources: without them every start is a first start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help run test newcomer quick lint docs reference ceasefires civil mechanisms bench constraints

help:
	@echo "make run        set up, then forecast $(CASE), all its codings side by side"
	@echo "make test       set up, then run every test"
	@echo "make newcomer   README and tutorials, every command, in installations without the extras of the tests"
	@echo "make quick      the fast tests, about three minutes"
	@echo "make lint       style, types and the walls between rooms"
	@echo "make docs       build the documentation into site/ (offline, no outside request)"
	@echo "make reference  write docs/reference/ anew from the command line, the schema and the routes"
	@echo "make ceasefires  measure anew what ceasefires do in runs, for docs/textbook/ceasefires.md"
	@echo "make civil      measure anew how the civil template ends, for docs/textbook/calibration.md"
	@echo "make mechanisms  measure anew what each mechanism moves, for docs/from-essay-to-model.md"
	@echo "make bench      speed and memory, as ratios"

run: $(VENV)/.ready-to-run
	$(BIN)/ripeness run $(CASE)
	$(BIN)/ripeness run $(CASE) --coding all

# What a newcomer reads is run in the environment that `make run` makes, beside the one that holds the tests' own tools.
test newcomer: export RIPENESS_PLAIN = $(PLAIN)/bin
# And what a notebook needs is run where nothing else is installed.
test newcomer: export RIPENESS_CORE = $(CORE)/bin

# A browser gets the machine to itself: beside two busy workers its pages would be late through no fault of theirs.
test: $(VENV)/.ready-to-test $(PLAIN)/.ready-to-run $(CORE)/.ready-to-import
	$(PYTEST) -m "not browser"
	$(BIN)/python -m pytest -p no:cacheprovider -m browser

newcomer: $(VENV)/.ready-to-test $(PLAIN)/.ready-to-run $(CORE)/.ready-to-import
	$(PYTEST) tests/house/test_readme.py tests/house/test_tutorial.py tests/house/test_extras.py

quick: $(VENV)/.ready-to-test
	$(PYTEST) -m "not slow and not browser and not database"

lint: $(VENV)/.ready-to-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: export NO_MKDOCS_2_WARNING = 1
docs: $(VENV)/.ready-to-test
	$(BIN)/python -m mkdocs build --strict

reference: $(VENV)/.ready-to-test
	$(BIN)/python docs/reference/api/write.py
	$(BIN)/python docs/generate.py

ceasefires: $(VENV)/.ready-to-test
	$(BIN)/python docs/measure_ceasefires.py

civil: $(VENV)/.ready-to-test
	$(BIN)/python docs/measure_civil.py

mechanisms: $(VENV)/.ready-to-test
	$(BIN)/python docs/measure_mechanisms.py

bench: $(VENV)/.ready-to-test
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/challenge.py
	$(BIN)/python benchmarks/report.py
	$(BIN)/python benchmarks/questions.py
	$(BIN)/python benchmarks/inference.py

constraints: $(VENV)/.ready-to-test
	@{ sed -n '/^#/p' constraints.txt; \
	   $(PIP) list --format=freeze | grep -v -i -E '^(pip|setuptools|wheel|ripeness)=='; } > constraints.new
	@mv constraints.new constraints.txt

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("ripeness needs Python 3.11 or newer, this is " + sys.version.split()[0] \
	  + "; name another one with: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready-to-run: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --compile --constraint constraints.txt --editable '.[all]'
	@$(BIN)/python -m compileall -q src
	@touch $@

ifneq ($(VENV),$(PLAIN))
$(PLAIN)/.ready-to-run: pyproject.toml constraints.txt
	@$(MAKE) --no-print-directory VENV=$(PLAIN) $@
endif

$(CORE)/.ready-to-import: pyproject.toml constraints.txt
	@$(MAKE) --no-print-directory VENV=$(CORE) $(CORE)/bin/python
	$(CORE)/bin/python -m pip --disable-pip-version-check --no-input install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.ready-to-test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) install --quiet --compile --constraint constraints.txt --editable '.[test]'
	@$(BIN)/python -m compileall -q src
	@touch $@ $(VENV)/.ready-to-run
