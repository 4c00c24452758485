# Every target is safe to repeat and quick the second time. `make help` tells what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# twice as many as there are cores: much of a story is waiting for processes
SIDE_BY_SIDE = --numprocesses $(shell $(PYTHON) -c 'import os; print(2 * (os.cpu_count() or 1))') --dist worksteal
ROOMS := domain storage midjourney services messages handlers workers bot sandbox

.DEFAULT_GOAL := help
.PHONY: help install demo run test check storm defects bench pictures words lock format

help: ## show this
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-9s %s\n", $$1, $$2 }'

install: $(VENV)/.installed ## make .venv with everything that is needed, as the lock has it

$(VENV)/.installed: requirements-dev.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) (once; about half a minute)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

demo: install ## a chat page in your browser, with a simulated provider and the real bot; no token, no key
	@$(BIN)/python -m sandbox

run: install ## the real bot, with the settings of the environment or .env
	@$(BIN)/python -m bot

test: install ## the whole test suite
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE)

check: install ## what CI runs: format, lint, types, import rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy $(ROOMS) tests bench
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest $(SIDE_BY_SIDE)

storm: install ## people ask while the bot is killed, and while calls go wrong: STORM_SECONDS=120 SEED=7
	@$(BIN)/python -m tests.fire.storm --seconds $(or $(STORM_SECONDS),120) $(if $(SEED),--seed $(SEED))

defects: install ## put known defects into a copy, one by one, and see the suite turn red
	@$(BIN)/python -m tests.fire.defects

bench: install ## the benchmarks; prints a table
	@$(BIN)/python -m bench

format: install ## lay the code out
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

pictures: install ## make the pictures of README and docs anew, by driving the chat page
	@$(BIN)/python -m sandbox.pictures

words: install ## gather the bot's sentences into the catalogues of all languages
	@$(BIN)/python -m sandbox.words

lock: install ## compile the locks anew from pyproject.toml: hashes, and no addresses
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-annotate --no-header --output-file requirements.lock
	$(BIN)/uv pip compile pyproject.toml --quiet --all-extras --universal --generate-hashes --no-annotate --no-header --constraint requirements.lock --output-file requirements-dev.lock
