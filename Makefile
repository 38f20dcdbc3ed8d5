# One word for each thing one does here. `make` alone lists them.

SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
EDITION := servitization/2026-1
CORE := $(wildcard $(addprefix tests/,architecture docs evaluation answering scoring questionnaires store))

# A stamp bears the checksum of the requirements it was made from: nothing happens while they are the same.
RUN_STAMP := $(VENV)/installed-run-$(shell cat requirements.txt | cksum | cut -d' ' -f1)
DEV_STAMP := $(VENV)/installed-dev-$(shell cat requirements.txt requirements-dev.txt | cksum | cut -d' ' -f1)
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.DEFAULT_GOAL := help
.PHONY: help run test check static bench load demo format clean

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUN_STAMP)  ## serve the app on http://127.0.0.1:8501
	@$(BIN)/python -m streamlit run streamlit_app.py

test: $(DEV_STAMP)  ## everything: format, lint, types, contracts, edition, all tests in a real browser too
	@scripts/system_packages.sh
	@status=0; $(MAKE) --no-print-directory static || status=1; \
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile </dev/null || status=1; exit $$status

check: $(DEV_STAMP) static  ## the fast part, in under a minute: without screen, paper, files and lint's own tests
	@$(BIN)/python -m pytest -q -n $(WORKERS) -m "not slow and not browser" $(CORE) </dev/null

static: $(DEV_STAMP)
	@status=0; \
	$(BIN)/ruff format --check --quiet --output-format concise . || { echo "make format mends it"; status=1; }; \
	$(BIN)/ruff check --quiet --output-format concise . || status=1; \
	$(BIN)/mypy || status=1; \
	$(BIN)/lint-imports > $(VENV)/contracts.txt || { sed -n '/^Broken/,$$p' $(VENV)/contracts.txt; status=1; }; \
	$(BIN)/python -m assessment lint || status=1; \
	exit $$status

bench: $(DEV_STAMP)  ## how fast, as ratios to a floor measured in the same run
	@$(BIN)/python -m tests.bench

load: $(DEV_STAMP)  ## a workshop of 30, 50, 100 and 200 people: how long an answer takes, what it costs
	@$(BIN)/python -m tests.load

demo: $(RUN_STAMP)  ## three invented firms as board reports in both languages, in build/demo
	@BIN=$(BIN) EDITION=$(EDITION) scripts/demo.sh build/demo

format: $(DEV_STAMP)  ## lay out the code and mend what can be mended without thinking
	@$(BIN)/ruff check --quiet --fix-only . ; $(BIN)/ruff format --quiet .

clean:  ## remove what was made here, except the firm's data in data/
	@rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/made:
	@python=$$(scripts/find_python.sh) && "$$python" -m venv $(VENV) && touch $@

$(RUN_STAMP): $(VENV)/made
	@echo "Installing what the app runs on"
	@$(PIP) -r requirements.txt && rm -f $(VENV)/installed-run-* && touch $@

$(DEV_STAMP): $(VENV)/made
	@echo "Installing what the app runs on and what the tests need"
	@$(PIP) -r requirements-dev.txt && rm -f $(VENV)/installed-* && touch $@ $(RUN_STAMP)
