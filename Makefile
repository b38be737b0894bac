# Two commands matter: `make demo` and `make test`. Both need Python 3.11 or later and make, no more.

PYTHON ?= python3

# Relative paths only: a checkout may lie under a path with spaces.
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
DEMO := fixtures/SS101-input-in-status/bad-callback-token.yaml

.PHONY: help demo test venv docs clean

help:
	@echo 'make demo   lint a CRD that keeps an instruction in status, and ask where the field belongs'
	@echo 'make test   everything that must hold: ruff, mypy, import-linter, pytest, the built wheel'
	@echo 'make venv   the virtual environment for development, in $(VENV)'
	@echo 'make docs   write docs/rules.md and the output in README.md anew'
	@echo 'make clean  remove $(VENV) and everything that the tools left behind'
	@echo
	@echo 'PYTHON=python3.12 behind any of them takes another interpreter (now: $(PYTHON)).'

# The stamps keep the environment until pyproject.toml changes; the installation is editable, so
# changes to the code need no new one. It is then made from nothing (--clear), so that a dependency
# that was dropped, or another PYTHON, leaves nothing behind.
$(VENV)/.installed: pyproject.toml
	@command -v $(PYTHON) >/dev/null 2>&1 || { \
		echo "error: there is no '$(PYTHON)' here; install Python 3.11 or later, or name yours: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "error: specstat needs Python 3.11 or later, and '$(PYTHON)' is $$($(PYTHON) -V 2>&1); name another one: make PYTHON=python3.12 ..." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		version=$$($(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
		echo "error: '$(PYTHON)' cannot make virtual environments, because its ensurepip module is missing." >&2; \
		echo "       On Debian and Ubuntu: apt install python3-venv (or, for this very version, python$$version-venv)." >&2; exit 1; }
	@echo 'Making $(VENV) and installing specstat into it ...'
	@$(PYTHON) -m venv --clear $(VENV)
	@# pip 25.1 is the first to know dependency groups, which the development tools are in.
	@$(PIP) install --upgrade 'pip>=25.1'
	@$(PIP) install --editable .
	@$(BIN)/python -m compileall -q specstat
	@touch $@

$(VENV)/.developing: $(VENV)/.installed
	@echo 'Installing the development tools ...'
	@$(PIP) install --editable . --group dev
	@touch $@

venv: $(VENV)/.developing

# The finding makes specstat exit with 1, which is the point of the demo and no failure of make.
demo: $(VENV)/.installed
	@echo '$$ specstat lint $(DEMO)'
	@echo
	@$(BIN)/specstat lint $(DEMO); code=$$?; echo; \
	case $$code in \
	1) echo '(exit code 1: there is a finding, so a commit hook or a CI job would stop here)';; \
	*) echo "error: the demo should have ended with a finding and exit code 1, but it ended with $$code" >&2; exit 1;; \
	esac
	@echo
	@echo '$$ specstat where callback_token --type bytes --description "Token with which to report completion."'
	@echo
	@$(BIN)/specstat where callback_token --type bytes --description "Token with which to report completion."

# The quick checks first.
test: $(VENV)/.developing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto
	$(BIN)/python tools/smoke_wheel.py

docs: $(VENV)/.installed
	$(BIN)/python -m tools.rules_page
	$(BIN)/python -m tools.config_page
	$(BIN)/python -m tools.policy_page
	$(BIN)/python tools/readme_output.py

clean:
	rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name .git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
