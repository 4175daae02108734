# make demo    set up, read the bundled story, write the brief and the timeline
# make desk    set up, read the bundled story unless demo/ is there, and open it as a desk in the browser
# make test    set up, run the tests
# make check   style, types, import rules and tests
# make robust  set up, kill programs that write two hundred times, and look what they leave
# make fuzz    fuzz every reader of bytes, FUZZ_SECONDS each (needs atheris, which it asks for)
# make audit   review what is pinned, and ask the database of known faults (needs the network, and pip-audit, which it asks for)
# make fuzz-api  fuzz the desk's JSON interface by its description, long
# make screenshots  photograph the desk and the brief for the README (needs chromium)
# make bench   measure all and write one table into docs/performance.md (needs ../shared; a quarter of an hour)
# make lock    pin the requirements anew, with hashes

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: desk fuzz-api screenshots demo test check check-style robust fuzz audit bench lock clean

demo: $(VENV)/.accurate
	$(BIN)/quoth demo

desk: $(VENV)/.desk
	@test -e demo/demo.db || $(BIN)/quoth demo
	$(BIN)/quoth --case demo/demo.db serve

test: $(VENV)/.dev $(VENV)/.s3
	$(BIN)/python -m pytest

check: check-style test

check-style: $(VENV)/.dev
	$(BIN)/ruff check src tests bench training
	$(BIN)/ruff format --check src tests bench training
	$(BIN)/mypy
	$(BIN)/lint-imports

robust: $(VENV)/.dev
	QUOTH_KILLS=100 $(BIN)/python -m pytest tests/ledger/test_ledger_killed.py

FUZZ_SECONDS ?= 30

fuzz: $(VENV)/.dev
	@$(BIN)/python -c 'import atheris' || { echo "Fuzzing needs atheris: $(PIP) install 'atheris>=3.0'"; exit 2; }
	$(BIN)/python tests/fuzz/run.py --seconds $(FUZZ_SECONDS)

fuzz-api: $(VENV)/.dev
	QUOTH_FUZZ_EXAMPLES=300 $(BIN)/python -m pytest tests/web/api/test_fuzz.py

screenshots: $(VENV)/.dev
	rm -rf demo
	$(BIN)/quoth demo docs/tour
	$(BIN)/python docs/images/make.py demo
	rm -rf demo
	$(BIN)/python docs/images/desk.py

audit: $(VENV)/.dev
	$(BIN)/python -m pytest tests/test_requirements.py
	@$(BIN)/python -c 'import pip_audit' || { echo "Asking for known faults needs pip-audit: $(PIP) install 'pip-audit>=2.9'"; exit 2; }
	$(BIN)/python -m pip_audit --require-hashes --disable-pip $(addprefix -r ,$(wildcard requirements/*.txt))

bench: $(VENV)/.dev
	$(BIN)/python bench/table.py ../shared/data/bulk/english_news_3000.jsonl.gz

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Quoth needs Python 3.11 or later; name one with: make PYTHON=python3.12 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || \
		{ rm -rf $(VENV); echo "Python's venv module is missing; on Debian: apt-get install python3-venv"; exit 2; }

$(VENV)/.run: requirements/build.txt requirements/run.txt pyproject.toml | $(VENV)/bin/python
	@echo "Setting up $(VENV) (once; a minute or two) …"
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-build-isolation --no-deps -e .
	@touch $@

$(VENV)/.accurate: requirements/accurate.txt packages/accurate/pyproject.toml $(VENV)/.run
	$(PIP) install --require-hashes -r requirements/accurate.txt
	$(PIP) install --no-build-isolation --no-deps ./packages/accurate
	@touch $@

$(VENV)/.desk: requirements/desk.txt $(VENV)/.accurate
	$(PIP) install --require-hashes -r requirements/desk.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.accurate
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.s3: requirements/s3.txt | $(VENV)/bin/python
	@$(VENV)/bin/python -m venv $(VENV)/s3
	$(VENV)/s3/bin/python -m pip --disable-pip-version-check -q install --require-hashes -r requirements/s3.txt
	@touch $@

lock:
	uv pip compile requirements/s3.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements/s3.txt
	uv pip compile requirements/build.in --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements/build.txt
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -o requirements/run.txt
	uv pip compile pyproject.toml --extra desk --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -c requirements/run.txt -o requirements/desk.txt
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -c requirements/desk.txt -o requirements/dev.txt
	uv pip compile packages/accurate/pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url -q -c requirements/run.txt -o requirements/accurate.txt

clean:
	rm -rf $(VENV) build dist demo
