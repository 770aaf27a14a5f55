# shellcheck shell=bash
# What every script here uses: messages, the project's root, timed steps. Sourced.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck disable=SC2034 # the scripts that source this file use it
readonly root

say() { printf '== %s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

usage_error() {
  printf '%s: %s\nTry: %s --help\n' "${0##*/}" "$1" "$0" >&2
  exit 2
}

# require_value OPTION "$@" - fails unless OPTION is followed by a value.
require_value() {
  [ $# -ge 3 ] || usage_error "$1 needs a value"
}

# step NAME COMMAND [ARGUMENT...] - runs the command and prints how long it took; its status is the
# command's, and the name of a failed step is kept for report_steps.
step_times=()
failed_steps=()
step() {
  local name=$1 start=$SECONDS status=0
  shift
  say "$name"
  "$@" || status=$?
  local took=$((SECONDS - start))
  local verdict=ok
  if [ "$status" -ne 0 ]; then
    verdict="FAILED ($status)"
    if [ "$status" -eq 124 ]; then verdict="out of time"; fi  # as timeout(1) has it
    failed_steps+=("$name")
  fi
  step_times+=("$(printf '%5d s  %-12s %s' "$took" "$verdict" "$name")")
  say "$name: $verdict after $took s"
  return "$status"
}

# Prints all steps with their times; the status tells whether all of them passed.
report_steps() {
  say "steps"
  printf '%s\n' "${step_times[@]}" >&2
  printf '%5d s  total\n' "$SECONDS" >&2
  [ ${#failed_steps[@]} -eq 0 ]
}
