#!/usr/bin/env bash
# Finds the commit that findings must be newer than, and fetches what is missing of the history
# between it and the commit that is checked out. Writes `since`, empty where everything is linted.
set -euo pipefail

fail() {
  echo "::error title=specstat::$1"
  exit 2
}

base=${INPUT_SINCE:-$BASE_SHA}
if [ -z "$base" ] || [ "$base" = none ]; then
  echo "since=" >>"$GITHUB_OUTPUT"
  exit 0
fi

git rev-parse --git-dir >/dev/null ||
  fail "there is no git repository to compare with; put actions/checkout before specstat"

commit() {
  git rev-parse --verify --quiet --end-of-options "$1^{commit}"
}

is_shallow() {
  [ "$(git rev-parse --is-shallow-repository)" = true ]
}

# fetch OPTION... -- COMMIT...: never asks for a password, and takes no tags along.
fetch() {
  GIT_TERMINAL_PROMPT=0 git fetch --quiet --no-tags "$@" ||
    fail "cannot fetch what is needed to compare with the base; let actions/checkout fetch it with fetch-depth: 0"
}

if ! since=$(commit "$base"); then
  git check-ref-format --allow-onelevel "$base" || fail "since names no branch, tag or commit"
  depth=()
  if is_shallow; then depth=(--depth=1); fi
  # `origin/main` is how people name the branch main of origin.
  fetch ${depth[@]+"${depth[@]}"} origin "+${base#origin/}:refs/specstat/base"
  since=$(commit refs/specstat/base)
fi

head=$(commit HEAD)
for more in 50 500 5000; do
  if git merge-base "$since" "$head" >/dev/null || ! is_shallow; then break; fi
  fetch --deepen="$more" origin "$since" "$head"
done
if ! git merge-base "$since" "$head" >/dev/null && is_shallow; then
  fetch --unshallow origin "$since" "$head"
fi
git merge-base "$since" "$head" >/dev/null ||
  fail "the base and what is checked out have no commit in common; since: none lints everything"

echo "since=$since" >>"$GITHUB_OUTPUT"
