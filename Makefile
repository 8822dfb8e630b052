# Every target sets up what it needs: on a fresh machine Python 3.11 is enough. `make` alone lists the targets.
SHELL := /bin/bash
.DEFAULT_GOAL := help
.PHONY: help setup run test check bench frontend format clean

PORT ?= 8000
BENCH ?= story --cases 200
TESTS ?=
VENV := .venv
BIN := $(VENV)/bin
FRONT := webforms/frontend
MANIFEST := webforms/static/dist/manifest.json
NPM := cd $(FRONT) && PATH="$(CURDIR)/$(BIN):$$PATH" NODE_USE_SYSTEM_CA=1 npm
PROCEDURES = $(patsubst %/procedure.yaml,%,$(wildcard processes/*/procedure.yaml))
# The first Python on the path that is new enough; PYTHON=… chooses another.
PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13 python3.14; do \
	"$$p" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "  make run PORT=9000 chooses the port; make test TESTS=tests/unit and make bench BENCH='story --json' narrow the work"

setup: $(VENV)/.ready frontend ## install everything into .venv and build the browser bundle

run: $(VENV)/.ready frontend ## serve the product with demonstration data on PORT (8000)
	$(BIN)/redress run --demo --port $(PORT)

test: $(VENV)/.ready frontend ## run all tests, those of a browser and of PDF files where they can run
	@left_out=''; \
	.ci/chromium || left_out='not browser'; \
	.ci/pango $(BIN)/python || left_out="$${left_out:+$$left_out and }not pdf"; \
	if [ -n "$(CI)" ] && [ -n "$$left_out" ]; then echo "make test: nothing is left out in CI, and here it would be: $$left_out" >&2; exit 1; fi; \
	$(BIN)/python -m pytest -q -n 2 -m "$$left_out" $(TESTS)

check: $(VENV)/.ready ## lint, types, import contracts, migrations, procedures
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m engine.storage.migrations.checking
	$(BIN)/redress procedure check $(PROCEDURES)

bench: $(VENV)/.ready frontend ## measure; BENCH='NAME OPTIONS' chooses what
	$(BIN)/python -m bench $(BENCH)

# Without Node the pages still work, with a plain stylesheet and without the drawn diagram; in CI that is a failure.
frontend: $(VENV)/.ready ## build the browser bundle alone
	@$(MAKE) --silent --no-print-directory $(MANIFEST) || { [ -z "$(CI)" ] && \
	echo 'The browser bundle could not be built: pages are plain and diagrams are not drawn. Mend the above and run make frontend.' >&2; }

format: $(VENV)/.ready ## sort imports and mend what ruff can mend
	$(BIN)/ruff check --fix .

clean: ## remove what make has made; var/ with its data stays
	rm -rf $(VENV) $(FRONT)/node_modules webforms/static/dist redress.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

$(VENV)/.ready: requirements.txt requirements-dev.txt pyproject.toml
	@[ -n "$(PYTHON)" ] || { echo 'Redress needs Python 3.11 or newer with venv (on Debian: apt-get install python3.11 python3.11-venv).' >&2; exit 1; }
	@[ -x $(BIN)/python ] || { echo "Making $(VENV) with $(PYTHON)"; $(PYTHON) -m venv $(VENV); }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(FRONT)/node_modules/.ready: $(FRONT)/package.json $(FRONT)/package-lock.json
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(MANIFEST): $(FRONT)/node_modules/.ready $(shell find $(FRONT) -name node_modules -prune -o -type f ! -name '*.md' -print 2>/dev/null)
	$(NPM) run --silent build
	@touch $@
