#!/usr/bin/env bash
# The installed manual pages tell what the programs tell: name, synopsis, each option and, of dockerhub, its commands
# and exit codes. man formats them without a warning.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Wide enough for each text to be one line.
export HOME=$work XDG_CONFIG_HOME=$work XDG_CACHE_HOME=$work LC_ALL=C MANWIDTH=240

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# show PROGRAM - its page as text in $page, with single spaces.
show() {
  page=$(man --no-hyphenation --no-justification --warnings --local-file \
    "$DOCKERHUB_PREFIX/share/man/man1/$1.1.gz" 2>"$work/warnings" | tr -s ' ') || fail "man shows no page of $1"
  [[ ! -s $work/warnings ]] || fail "the page of $1 has mistakes: $(cat "$work/warnings")"
}

# has WORDS... - one line of the page begins with each of them.
has() {
  local words
  for words in "$@"; do
    [[ $page == *$'\n'"$words"[\ ,$'\n']* ]] || fail "no line begins with '$words': $page"
  done
}

# has_all LINES - the same of what was found in a help, and something was.
has_all() {
  [[ -n $1 ]] || fail "nothing was found in a help"
  local lines
  mapfile -t lines <<<"$1"
  has "${lines[@]}"
}

for program in dockerhub dockerhub-mcp dockerhub-rest dockerhub-sandbox; do
  show "$program"
  has NAME " $program -" SYNOPSIS " $program" OPTIONS
  has_all "$("$DOCKERHUB_PREFIX/bin/$program" --help | sed -nE 's/^ +((-[a-zA-Z], ?)?--[a-z-]+).*/ \1/p')"
done

show dockerhub
has ' Look at things:' ' inspect <repo>' 'EXIT STATUS'
has_all "$("$DOCKERHUB_PREFIX/bin/dockerhub" help exit-codes | sed -nE 's/^ +([0-9]+)  (.+)$/ \1 \2/p')"
[[ $page == *$'SYNOPSIS\n dockerhub [options] <module>'*$'\n dockerhub [options] <command>'*$'\nDESCRIPTION'* ]] ||
  fail "the synopsis does not have both forms of a command: $page"
