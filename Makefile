# The commands of this project; `make` alone lists them.
SHELL := /bin/sh
.DEFAULT_GOAL := help
OUT ?= out
VENV := .venv
BIN := $(VENV)/bin
# The first interpreter that runs and is 3.11, 3.12 or 3.13.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1 && echo $$p && break; done)

.PHONY: help
help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

$(VENV)/run.stamp: pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "Python 3.11, 3.12 or 3.13 is needed and was not found."; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the wizard needs into $(VENV) (once; a few minutes) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@$(BIN)/python -m compileall -q wizard forms
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

.PHONY: run
run: $(VENV)/run.stamp ## Install on first use, then open the wizard
	@$(BIN)/python -m wizard

.PHONY: demo
demo: $(VENV)/run.stamp ## Build a signed pack for a made-up pupil, and say where it is
	@rm -rf $(OUT)/demo && mkdir -p $(OUT)/demo
	@$(BIN)/section19 sample essex-ebsa --out $(OUT)/demo/referral
	@$(BIN)/section19 check $(OUT)/demo/referral
	@$(BIN)/section19 --home $(OUT)/demo/home pack $(OUT)/demo/referral --out $(OUT)/demo/pack.pdf --sign
	@$(BIN)/section19 verify $(OUT)/demo/pack.pdf
	@echo "The pack is $(abspath $(OUT))/demo/pack.pdf; what it was made from lies beside it."

.PHONY: test
test: lint types layers pytest ## Everything that CI checks: style, types, layers, tests

.PHONY: check
check: test ## The same as test

.PHONY: lint
lint: $(VENV)/dev.stamp ## Style and formatting
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

.PHONY: types
types: $(VENV)/dev.stamp ## Static types, strict, as each system has them
	@for system in linux win32 darwin; do $(BIN)/mypy --platform $$system --cache-dir .mypy_cache/$$system || exit 1; done

.PHONY: layers
layers: $(VENV)/dev.stamp ## Who may import whom
	@$(BIN)/lint-imports --no-cache

.PHONY: pytest
pytest: $(VENV)/dev.stamp ## The tests
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal

.PHONY: coverage
coverage: $(VENV)/dev.stamp ## Branch coverage and its floor; journeys are left out, and tracing takes the others twice as long
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m pytest --numprocesses auto --dist worksteal -m "not long" --cov --cov-report= --no-cov-on-fail
	@$(BIN)/python -m coverage report

.PHONY: torture
torture: $(VENV)/dev.stamp ## Damage a thousand files; take out each row of a council: does a test notice? (half an hour)
	@test ! -d ../shared/corpus || $(BIN)/python -m tests.torture.mutants ../shared/corpus 1000
	@$(BIN)/python -m tests.torture.without_a_row

.PHONY: bench
bench: $(VENV)/run.stamp ## The benchmarks, as ratios
	@$(BIN)/section19 bench

.PHONY: screenshots
screenshots: $(VENV)/run.stamp ## Every page of the wizard as a picture, in out/screenshots
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m wizard.screenshots $(OUT)/screenshots tests/councils/exampleshire.toml

.PHONY: pack-pictures
pack-pictures: demo ## The pages of the demo pack as pictures, in out/pack
	@rm -rf $(OUT)/pack && mkdir -p $(OUT)/pack
	@pdftoppm -r 72 -png $(OUT)/demo/pack.pdf $(OUT)/pack/page
	@echo "The pictures are in $(abspath $(OUT))/pack."

.PHONY: lock
lock: ## Resolve the dependencies again (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --extra dev -c requirements.lock \
		pyproject.toml -o requirements-dev.lock

.PHONY: clean
clean: ## Remove what the commands above made, but not the installation
	rm -rf $(OUT) build dist .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
