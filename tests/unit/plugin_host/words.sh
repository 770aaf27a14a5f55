#!/usr/bin/env bash
# What dockerhub-plugin-host says to a person who starts it. usage: words.sh PROGRAM
set -euo pipefail
program=$1

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# refused TEXT [ARGUMENT...] - exit code 2, and the text on standard error.
refused() {
  local text=$1 code=0 said
  shift
  said=$("$program" "$@" 2>&1 >/dev/null 3>/dev/null) || code=$?
  ((code == 2)) || fail "exit code $code for '$*'"
  [[ $said == *"$text"* ]] || fail "'$*' is refused with: $said"
}

[[ $("$program" --version) =~ ^dockerhub-plugin-host\ [0-9.]+\ \(ABI\ 1\.[0-9]+,\ commit\ [^\ ]+\)$ ]] ||
  fail "--version says: $("$program" --version)"
[[ $("$program" --help) == *"Usage: dockerhub-plugin-host MODULE_FILE"* ]] || fail "--help has no usage"
refused "the file of one module"
refused "the file of one module" --colour
refused "the file of one module" a.so b.so
refused "descriptor 3 is no socket" a.so
