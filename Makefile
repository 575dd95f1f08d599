# Every command prepares .venv and then calls one program: the README explains them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help install demo demo-full test test-deep test-browser lint replay-gate golden mutation documents bench lock

help:
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/'

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) tools/prepare.py $(VENV)
	@touch $(READY)

install: $(READY) ## create .venv with everything pinned in requirements.lock

demo: $(READY) ## January's flights billed on the local cloud
	@$(BIN)/solde demo

demo-full: $(READY) ## the whole year of flights
	@$(BIN)/solde demo --full

test: $(READY) ## the complete test suite
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder -m "not deep" --ignore tests/browser

test-deep: $(READY) ## what takes longer than a working day allows
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder --hypothesis-profile=deep \
		--ignore tests/browser

test-browser: $(READY) ## the pages of customers in headless Chromium, which has to be there
	@$(BIN)/python -m pytest tests/browser

lint: $(READY) ## formatting, all ruff rules, types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@PYTHONPATH=.:layers/solde/python $(BIN)/lint-imports

replay-gate: $(READY) ## recorded runs come out as they were billed, or the change is declared
	@$(BIN)/solde replay-gate

golden: $(READY) ## rewrite the golden files; read the diff before you commit it
	@SOLDE_GOLDEN=write $(BIN)/python -m pytest tests/golden

mutation: $(READY) ## MODULE=money: do every small thing wrong to it; do its tests notice?
	@nice -n 19 $(BIN)/python tools/mutate.py $(MODULE)

documents: $(READY) ## OUT=folder: samples of every kind of document, in every form
	@$(BIN)/solde documents write --out $(OUT)

bench: $(READY) ## figures of every hot path
	@$(BIN)/solde bench all

lock: $(READY) ## pin every dependency again
	@$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --quiet \
		--extra local --extra infra --extra test --extra browser pyproject.toml -o requirements.lock
