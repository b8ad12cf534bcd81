# make serve   serve the shipped articles; needs only make and Python 3.11 or later
# make test    run the tests             make lint    check style, types and layers
# make bench   measure building
# make format  put the code in form      make clean   remove what these made

HOST   ?= 127.0.0.1
PORT   ?= 8000
VENV   ?= .venv
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo "$$python" && break; done)

BIN := $(VENV)/bin

# Two processes run the tests, each whole files; those which take longest come first (conftest.py).
HALVES := --numprocesses 2 --dist loadfile --no-loadscope-reorder

# They write where no disk is waited for, if two gigabytes are free there. What Python has compiled
# is kept even for who forbids it: they start hundreds of processes.
AWAY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm" }')
QUICKLY := env -u PYTHONDONTWRITEBYTECODE TMPDIR=$(or $(TMPDIR),$(AWAY),/tmp)

.PHONY: serve build test lint bench format clean

serve: releases/current
	$(BIN)/whoholds serve --host $(HOST) --port $(PORT)

releases/current: | $(VENV)/.installed
	$(BIN)/whoholds build

build: $(VENV)/.installed
	$(BIN)/whoholds build

test: $(VENV)/.developing wheelhouse/.filled comunica/.filled
	$(QUICKLY) $(BIN)/python -m pytest $(HALVES)

lint: $(VENV)/.developing
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed
	$(BIN)/python benchmarks/build.py

format: $(VENV)/.developing
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

clean:
	rm -rf $(VENV) wheelhouse comunica releases dist build *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; name it: make PYTHON=…" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# Stamps: an install happens again only when pyproject.toml has changed.
$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

$(VENV)/.developing: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --editable '.[dev,nlp,html,reload,clients,arq]'
	touch $@ $(VENV)/.installed

# What the test of the wheel installs from, since no test may reach the network.
wheelhouse/.filled: pyproject.toml | $(VENV)/.developing
	$(BIN)/python -m pip download --quiet --dest wheelhouse --prefer-binary '.' 'hatchling>=1.25'
	touch $@

# A client that some tests ask the endpoint with, where npm is there; they say so without.
comunica/.filled:
	@mkdir -p comunica
	@if command -v npm >/dev/null; then \
	npm install --silent --no-save --no-package-lock --no-audit --no-fund \
	--prefix comunica @comunica/query-sparql@~4.5.0 && touch $@ \
	|| echo "npm could not install Comunica: its tests are skipped" >&2; fi
