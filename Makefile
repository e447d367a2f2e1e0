# Everything a fresh machine needs: Python 3.11 or newer, pip and make.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: verify test lint types build bench clean

## verify: check the example claims against the example corpus
verify: $(STAMP)
	$(BIN)/factcheck verify claims.yaml

## test: run the tests
test: $(STAMP)
	$(BIN)/python -m pytest -n 2 --dist loadfile

## lint: style and types
lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check factcheck
	$(BIN)/mypy

## build: the wheel, into dist/
build: $(STAMP)
	$(BIN)/python -m build --wheel --no-isolation

## bench: speed and quality figures into benchmarks/results/
bench: $(STAMP)
	$(BIN)/python benchmarks/speed.py
	$(BIN)/python benchmarks/quality.py

$(STAMP): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "factcheck needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --constraint constraints.txt torch
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $(STAMP)

clean:
	rm -rf $(VENV) build dist .factcheck *.egg-info
