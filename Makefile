# Everything a person types. What these commands set up, and how, is in requirements/*.py.
# What is already set up costs them a fraction of a second.

PYTHON ?= python3
PORT ?= 8000
ARGS ?=
IN_VENV := .venv/bin

.DEFAULT_GOAL := help
.PHONY: help run test prove bench format lock

help: ## say what can be typed
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set up the sample site and serve it (PORT=8000)
	@$(PYTHON) -m requirements.setup run
	@$(IN_VENV)/quiz demo
	@exec $(IN_VENV)/quiz serve --port $(PORT) --worker

test: ## set up what tests need, check the code, run the tests (ARGS="-k words" for some of them)
	@$(PYTHON) -m requirements.setup test
	$(IN_VENV)/ruff check --quiet .
	$(IN_VENV)/ruff format --quiet --check .
	$(IN_VENV)/mypy --no-error-summary
	$(IN_VENV)/python -m pytest -n 3 $(ARGS)

prove: ## hundreds of drivers while the server is killed again and again (minutes)
	@$(PYTHON) -m requirements.setup test
	$(IN_VENV)/python -m pytest tests -m prove -n 0 -p no:randomly $(ARGS)

bench: ## measure speed and memory, by hand, on a quiet machine
	@$(PYTHON) -m requirements.setup test
	$(IN_VENV)/python -m pytest tests/benchmarks -m bench -n 0 -p no:randomly -s $(ARGS)

format: ## lay the code out, and mend what can be mended by itself
	@$(PYTHON) -m requirements.setup test
	$(IN_VENV)/ruff check --quiet --fix .
	$(IN_VENV)/ruff format --quiet .

lock: ## pin the newest allowed version of every package
	@$(PYTHON) -m requirements.setup lock
