# Every target installs its environment first, when it is missing. Production's has no tools of
# development in it.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
INSTALL = $(PYTHON) settings/install.py
IN_PRODUCTION = bin=$$($(INSTALL) production) && export PATH="$$bin:$$PATH" &&
IN_ENV = bin=$$($(INSTALL)) && export PATH="$$bin:$$PATH" &&
# A hash for every file, no address of an index, and nothing that would have to be built.
COMPILE = UV_SYSTEM_CERTS=1 $$bin/uv pip compile --quiet --python-version 3.11 --no-build \
	--generate-hashes --no-header --no-emit-index-url $(if $(UPGRADE),--upgrade)

.DEFAULT_GOAL := help
.PHONY: help env run doctor backup restore train owner label check-data evaluate bubbles test test-stories crash bench bench-short lint lock audit

help: ## print this
	@sed -nE 's/^(name|version) = "(.*)"/\2/p' pyproject.toml | head -2 | paste -sd' '
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 12

env: ## install the environment; its bin directory is the last line
	@$(INSTALL)

run: ## start everything; Ctrl-C ends it
	@$(IN_PRODUCTION) exec python -m settings.run

doctor: ## whether the shop can go live, point by point, and what to do; MEND=1 does what it can
	@$(IN_PRODUCTION) exec python -m doctor $(if $(MEND),--mend)

backup: ## write the database into a dated file, while the shop serves; prints its path
	@$(IN_PRODUCTION) exec python -m storage.backup

restore: ## FILE=...: fill an empty database from a backup; docs/running.md
	@test -n "$(FILE)" || { echo "make restore: say which: make restore FILE=..." >&2; exit 1; }
	@$(IN_PRODUCTION) exec python -m storage.backup restore "$(FILE)"

train: ## train a model; it is put to use unless it is worse than the one in use
	@$(IN_PRODUCTION) exec python -W ignore -m nlu.train

owner: ## a link by which the console's owner chooses a new password
	@$(IN_PRODUCTION) exec python -m console.first_owner --forgotten

label: ## what was not understood, as a Rasa file to label, and products that were misread
	@$(IN_PRODUCTION) exec python -m nlu.label

check-data: ## what is wrong with the training data, before it is trained on; NEW="files": their new lines; ALL=1: lines that contradict each other; IN=es: what a language lacks
	@$(IN_PRODUCTION) exec python -m nlu.checks $(if $(NEW),--new $(NEW)) $(if $(ALL),--all) $(if $(IN),--language $(IN))

evaluate: ## what the newest model understands, on messages it never saw; docs/understanding.md
	@$(IN_PRODUCTION) exec python -W ignore -m nlu.evaluate --page docs/understanding.md

bubbles: ## all that the bot says, in every language, as a phone shows it: one page to read; prints its path
	@$(IN_PRODUCTION) exec python -m console.answers.bubbles

test-stories: ## the stories of rasa test on the running bot: real actions, real database, through WhatsApp
	@$(IN_ENV) exec pytest tests/journeys/test_stories.py

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

lock: ## resolve pyproject.toml into the locks; UPGRADE=1 into the newest that fit
	@bin=$$($(INSTALL) uv) && $(COMPILE) pyproject.toml --output-file requirements.lock > /dev/null && \
		$(COMPILE) --group pyproject.toml:dev --constraint requirements.lock --output-file requirements-dev.lock > /dev/null && \
		cd / && for name in uv pip-audit; do echo $$name | \
		$(COMPILE) - --output-file "$(CURDIR)/requirements-$${name#pip-}.lock" > /dev/null || exit 1; done

audit: ## the locks' known vulnerabilities; our verdicts are in docs/security.md
	@bin=$$($(INSTALL) audit) && $(PYTHON) settings/audit.py "$$bin/pip-audit"
