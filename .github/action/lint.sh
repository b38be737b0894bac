#!/usr/bin/env bash
# Lints: annotations into the log, a summary for the job, SARIF if it is asked for.
set -euo pipefail

case $INPUT_SARIF in
true | false | '') ;;
*)
  echo "::error title=specstat::the input sarif is true or false"
  exit 2
  ;;
esac

specstat=$RUNNER_TEMP/specstat/bin/specstat
reports=$(mktemp -d "$RUNNER_TEMP/specstat-reports.XXXXXX")

# Words are split here and nowhere else, so that no `*` finds files and no quote runs anything.
arguments=()
while read -ra words; do
  arguments+=(${words[@]+"${words[@]}"})
done <<<"$INPUT_ARGS"
paths=(--)
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<<"$INPUT_PATHS"

options=(--format github --format "markdown=$reports/summary.md")
if [ -n "$INPUT_FAIL_ON" ]; then options+=(--fail-on "$INPUT_FAIL_ON"); fi
if [ -n "$SINCE" ]; then options+=(--since "$SINCE"); fi
code=0
"$specstat" lint "${options[@]}" ${arguments[@]+"${arguments[@]}"} "${paths[@]}" || code=$?
if [ -f "$reports/summary.md" ]; then cat "$reports/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi

# Code scanning compares states: an old finding that is missing here would count as mended there.
if [ "$INPUT_SARIF" = true ]; then
  "$specstat" lint ${arguments[@]+"${arguments[@]}"} \
    --format "sarif=$reports/specstat.sarif" --fail-on never "${paths[@]}" >/dev/null 2>&1 || true
  if [ -f "$reports/specstat.sarif" ]; then
    echo "sarif=$reports/specstat.sarif" >>"$GITHUB_OUTPUT"
  fi
fi

echo "exit-code=$code" >>"$GITHUB_OUTPUT"
exit "$code"
