# `make` alone lists the targets.
PY = .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help run dev test lint test-databases test-sqlite test-postgres test-browser fix migrations content requirements bench
# One step after the other, also under `make -j`: they share .venv, .env and the terminal.
.NOTPARALLEL:

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' Makefile

run:  ## install what is missing and serve the site on http://127.0.0.1:8000 (PORT=8001 make run: another port)
	@sh immunoportal/scripts/environment.sh
	@$(PY) immunoportal/scripts/prepare.py
	@$(PY) manage.py start

dev: export PROFILE = development
dev:  ## the same with debug pages, reloading when a file changes
	@sh immunoportal/scripts/environment.sh --dev
	@$(PY) immunoportal/scripts/prepare.py
	@$(PY) manage.py start --reload

test: lint test-databases test-browser  ## lint, then the tests on SQLite and PostgreSQL at once, and in a browser

lint:  ## style, templates, missing migrations, settings of a production site
	@sh immunoportal/scripts/test.sh lint

test-databases:  #
	@sh immunoportal/scripts/test.sh databases $(ARGS)

test-sqlite:  ## the tests on SQLite (ARGS="-k name" chooses some)
	@sh immunoportal/scripts/test.sh sqlite $(ARGS)

test-postgres:  ## the tests on a PostgreSQL started for them
	@sh immunoportal/scripts/test.sh postgres $(ARGS)

test-browser:  ## the tests in Chromium
	@sh immunoportal/scripts/test.sh browser $(ARGS)

fix:  ## correct the style of Python and templates
	@sh immunoportal/scripts/test.sh fix

migrations:  ## write the migrations that changed models need
	@sh immunoportal/scripts/environment.sh --dev
	@DJANGO_SETTINGS_MODULE=tests.settings $(PY) manage.py makemigrations

content:  ## load the demonstration content again
	@sh immunoportal/scripts/environment.sh
	@$(PY) immunoportal/scripts/prepare.py
	@$(PY) manage.py migrate --verbosity 0
	@$(PY) manage.py load_content

requirements:  #
	@sh immunoportal/scripts/requirements.sh

bench:  ## measure how fast the site is
	@sh immunoportal/scripts/environment.sh
	@$(PY) immunoportal/scripts/prepare.py
	@$(PY) manage.py bench
	@$(PY) manage.py bench_links
	@$(PY) manage.py bench_comments
	@$(PY) manage.py bench_search
