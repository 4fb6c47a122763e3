# fmcatalog: what a person types. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.ONESHELL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
FMCATALOG := $(BIN)/fmcatalog
SITE := site

export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PYTHONUTF8 := 1

# One set of pins for all that is installed; the packages come from wherever pip is told to look.
# --no-build-isolation: the build backend is pinned as well.
INSTALL := $(BIN)/python -m pip install --quiet --constraint constraints.txt

.PHONY: help site engines test coverage serve clean distclean

help: ## Say what can be done
	@echo "make site       validate the catalog and build it into $(SITE)/"
	echo "make test       everything that is checked: style, types, imports, schemas, tests"
	echo "make engines    install ProperDocs and Zensical beside the project, for their tests"
	echo "make coverage   the tests again, saying which lines they reach"
	echo "make serve      build, watch and reload at http://127.0.0.1:8000/"
	echo "make clean      remove what was made, keep the environment"
	echo "make distclean  remove the environment too"

# --- the environment: made once, renewed when pyproject.toml or constraints.txt change ----------

$(BIN)/python:
	@for python in python3.11 python3 python; do
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
	    echo "Making $(VENV) with $$("$$python" --version)"
	    "$$python" -m venv $(VENV)
	    exit 0
	  fi
	done
	echo "fmcatalog needs Python 3.11 or newer; none of python3.11, python3, python is." >&2
	exit 1

$(VENV)/.backend: constraints.txt | $(BIN)/python
	@$(INSTALL) hatchling editables
	touch $@

$(VENV)/.runtime: pyproject.toml hatch_build.py constraints.txt $(VENV)/.backend
	@echo "Installing fmcatalog into $(VENV)"
	$(BIN)/python -m compileall -q src  # as pip does for what it does not leave where it is
	$(INSTALL) --no-build-isolation --editable '.[parquet]'
	touch $@

$(VENV)/.dev: $(VENV)/.runtime
	@echo "Installing the development tools into $(VENV)"
	$(INSTALL) --no-build-isolation --editable '.[dev]'
	touch $@

# Checks of pages and scripts that come from npm; without it these tests are left out.
tests/browser/node_modules/.done: tests/browser/package.json tests/browser/package-lock.json
	@if command -v npm >/dev/null; then
	  npm --prefix tests/browser ci --silent --no-audit --no-fund
	  touch $@
	else
	  echo "no npm: the scripts' types and the pages' accessibility are not checked"
	fi

# The engines that can take MkDocs' place, each in an environment of its own. Where one cannot be
# installed, what pip said is kept, and the tests with it are left out.
build/engines/zensical/.done: PACKAGES := zensical
build/engines/properdocs/.done: PACKAGES := properdocs mkdocs-material
build/engines/%/.done: constraints.txt | $(BIN)/python
	@echo "Installing $(PACKAGES) into $(@D)"
	rm -rf $(@D)
	$(BIN)/python -m venv $(@D)
	if $(@D)/bin/python -m pip install --quiet --constraint constraints.txt $(PACKAGES) \
	  2> $(@D)/said.txt
	then
	  touch $@
	else
	  echo "$(PACKAGES): not installed"
	  cat $(@D)/said.txt
	fi

# --- the work -----------------------------------------------------------------------------------

site: $(VENV)/.runtime ## Validate and build
	@start=$$(date +%s%N)
	$(FMCATALOG) build --strict --site-dir $(SITE)
	pages=$$(find $(SITE) -name '*.html' -type f | wc -l)
	echo "make site: $$pages pages in $(SITE)/, $$(( ($$(date +%s%N) - start) / 1000000 )) ms"

engines: build/engines/properdocs/.done build/engines/zensical/.done ## Install the other engines

test: $(VENV)/.dev tests/browser/node_modules/.done engines ## Everything that is checked
	@start=$$(date +%s)
	mkdir -p build
	step() { echo; echo "== $$1"; shift; "$$@"; }
	step "Style" $(BIN)/ruff check --quiet .
	step "Layout" $(BIN)/ruff format --check --quiet .
	step "Types" $(BIN)/mypy
	step "Imports point one way" $(BIN)/lint-imports --no-logo
	step "Schemas are those of the code" $(FMCATALOG) export schemas --check
	step "The issue form is that of the vocabularies" $(FMCATALOG) export issue-form --check
	step "Records are in the one layout" $(FMCATALOG) fmt --check
	step "Tests" $(BIN)/pytest --quiet
	echo
	echo "make test: style, layout, types, imports, schemas and tests pass," \
	  "$$(( $$(date +%s) - start )) s"

# Apart from the tests, since measuring doubles their time.
coverage: $(VENV)/.dev ## Which lines the tests reach
	@mkdir -p build
	$(BIN)/pytest --quiet --cov --cov-report=term

serve: $(VENV)/.runtime ## Build, watch, reload
	@$(FMCATALOG) serve

clean: ## Remove what was made
	@rm -rf $(SITE) dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find build -mindepth 1 -maxdepth 1 ! -name engines -exec rm -rf {} + 2>/dev/null || true
	find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean
	@rm -rf $(VENV) build
