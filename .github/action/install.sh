#!/usr/bin/env bash
# Installs specstat, as it is in the checkout of this action, into an environment of its own.
set -euo pipefail

python=${INPUT_PYTHON:-python3}

# -I: the folder is that of somebody's repository, and nothing in it may pass for a module.
if ! "$python" -I -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
  echo "::error title=specstat::specstat needs Python 3.11 or later, and '$python' is none; put actions/setup-python before it, or name another one with the input python"
  exit 2
fi

environment=$RUNNER_TEMP/specstat
"$python" -I -m venv --clear "$environment"
"$environment/bin/python" -I -m pip install --quiet --disable-pip-version-check "$GITHUB_ACTION_PATH"
"$environment/bin/specstat" --version
