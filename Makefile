# Every target installs the environment first, when it is missing.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
IN_ENV = bin=$$($(PYTHON) settings/install.py) && export PATH="$$bin:$$PATH" &&

.DEFAULT_GOAL := help
.PHONY: help env run train owner label evaluate test crash bench bench-short lint lock

help: ## print this
	@sed -nE 's/^(name|version) = "(.*)"/\2/p' pyproject.toml | head -2 | paste -sd' '
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

env: ## install the environment; its bin directory is the last line
	@$(PYTHON) settings/install.py

run: ## start everything; Ctrl-C ends it
	@$(IN_ENV) exec python -m settings.run

train: ## train a model; it is put to use unless it is worse than the one in use
	@$(IN_ENV) exec python -m nlu.train

owner: ## a link by which the console's owner chooses a new password
	@$(IN_ENV) exec python -m console.first_owner --forgotten

label: ## what was not understood, as a Rasa file to label
	@$(IN_ENV) exec python -m nlu.label

evaluate: ## what the newest model understands, on messages it never saw; docs/understanding.md
	@$(IN_ENV) exec python -m nlu.evaluate --page docs/understanding.md

test: ## lint, unit, integration, rasa data validate, rasa train, rasa test, journeys
	@$(IN_ENV) exec python -m tests

crash: ## the long crash run: 10,000 messages while every process is killed; docs/crashes.md
	@$(IN_ENV) exec python -m tests.crashes --write

bench: ## measure against bare tables, a bare handler and a stock bot; docs/benchmarks.md
	@$(IN_ENV) exec python -m benchmarks

bench-short: ## the part of it that takes two minutes, beside the last table; keeps nothing
	@$(IN_ENV) BENCH_SHORT=1 exec python -m benchmarks

lint: ## ruff, mypy, import-linter
	@$(IN_ENV) ruff check --quiet . && ruff format --check --quiet . && mypy --no-error-summary . && lint-imports --no-logo 2>/dev/null || { echo "lint failed"; exit 1; }

lock: ## resolve pyproject.toml into requirements.lock (needs uv)
	@uv pip compile --quiet --python-version 3.11 --group pyproject.toml:dev --generate-hashes \
		--no-header --no-emit-index-url pyproject.toml --output-file requirements.lock > /dev/null
