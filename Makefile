# Two commands are enough: `make demo` and `make test`. Both set up all they need, as root or not.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONUTF8 := 1
# Modules compiled once are kept, also where the machine's habit is not to: every test worker loads them anew.
export PYTHONDONTWRITEBYTECODE :=
export RAZPIS_REPLAYS ?= ../shared/replays

BIN := .venv/bin
PIP := $(BIN)/pip --quiet
PYTEST := -m pytest
EVERYDAY := not browser and not slow and not postgres

.PHONY: help demo test check replay search mutate bench lock clean static fast cover system

help: ## ta seznam · this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

demo: .venv/ready ## predstavitev na tem računalniku · the demonstration on this machine (PORT=5001)
	@$(BIN)/razpis demo $(if $(PORT),--port $(PORT))

test: .venv/ready system ## vsi preizkusi, tudi v brskalniku · everything, also in the browser
	@$(MAKE) static
	@$(MAKE) cover
	@$(BIN)/python $(PYTEST) -q -n 3 --dist worksteal --hypothesis-profile=whole -m 'not pure or not ($(EVERYDAY))'

check: .venv/ready ## vsakdanja hitra vrata · the everyday gate, about a minute
	@$(MAKE) --jobs=2 --output-sync=target static fast

replay: .venv/ready ## objavljeni izidi, ponovljeni · published outcomes, reproduced
	@$(BIN)/python -m tests.replays

search: .venv/ready ## vedno novi primeri za zakone jedra · ever new examples for the laws of the engine
	@$(BIN)/python $(PYTEST) -q -n 2 --hypothesis-profile=search tests/engine tests/procedure

mutate: .venv/ready ## mutanti jedra: ali preizkusi opazijo vsako spremembo · mutants of the engine (hours; CHILDREN=1)
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/mutmut run $(if $(CHILDREN),--max-children $(CHILDREN))
	@$(BIN)/python tools/mutants.py

bench: .venv/ready ## meritve · measurements
	@$(BIN)/python -m bench

lock: .venv/ready ## zapiše requirements.lock iz setup.cfg (UPGRADE=1: vse na novo) · pins setup.cfg (UPGRADE=1: newest)
	@$(PIP) install uv
	@$(BIN)/uv --quiet --no-config pip compile setup.cfg --extra test --universal --python-version 3.11 \
	    --generate-hashes $(if $(UPGRADE),--upgrade) --custom-compile-command 'make lock' --output-file requirements.lock >/dev/null

clean: ## odstrani vse, kar se da znova narediti · removes all that can be made again
	@rm -rf .venv .cache .hypothesis .mypy_cache .ruff_cache .pytest_cache .import_linter_cache \
	    build dist mutants *.egg-info
	@find razpis tests tools -name __pycache__ -prune -exec rm -rf {} +

static:
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

fast:
	@$(BIN)/python $(PYTEST) -q -n 2 --dist worksteal -m '$(EVERYDAY)'

# Every branch of the pure rooms is run by the tests of the pure rooms.
cover:
	@mkdir -p .cache && rm -f .cache/coverage*
	@$(BIN)/coverage run $(PYTEST) -q -n 2 --hypothesis-profile=whole -m '$(EVERYDAY)' $(wildcard tests/engine tests/procedure)
	@$(BIN)/coverage combine --quiet
	@$(BIN)/coverage report --include='razpis/engine/*,razpis/procedure/*' --fail-under=100

system:
	@tools/need chromium-headless-shell=chromium-headless-shell initdb=postgresql pdftotext=poppler-utils zbarimg=zbar-tools softhsm2-util=softhsm2 \
	    javac=default-jdk-headless /usr/share/java/jaxb-runtime.jar=libjaxb-java

# The two stamps: packages are installed anew only when the lock changes, the project only when its metadata does.
.venv/ready: .venv/locked setup.cfg pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/locked: requirements.lock | .venv/bin/pip
	@echo 'Pripravljam okolje / setting up ($(BIN)) …'
	@$(PIP) install --no-deps --require-hashes --requirement requirements.lock
	@touch $@

.venv/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo 'Potreben je Python 3.11 ali novejši / Python 3.11 or newer is needed: make … PYTHON=python3.11' >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || \
	    { rm -rf .venv; tools/need python3-venv; $(PYTHON) -m venv .venv; }
