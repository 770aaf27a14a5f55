# shellcheck shell=bash
# Configure, build and test one preset of CMakePresets.json. Sourced after common.sh.
: "${root:?source common.sh first}"

# Another checkout of the same sources finds in the compiler cache what this one compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# configure PRESET
configure() {
  (cd "$root" && cmake --preset "$1" >/dev/null)
}

# build PRESET [TARGET...]
build() {
  local preset=$1
  shift
  local targets=()
  if [ $# -gt 0 ]; then targets=(--target "$@"); fi
  (cd "$root" && cmake --build --preset "$preset" "${targets[@]}")
}

# run_tests PRESET [CTEST-ARGUMENT...] - ThreadSanitizer needs an address space without randomization.
run_tests() {
  local preset=$1
  shift
  local launcher=()
  if [ "$preset" = tsan ]; then launcher=(setarch -R); fi
  (cd "$root" && "${launcher[@]}" ctest --preset "$preset" "$@")
}

# ctest_outcomes FAILED|SECOND - reads what ctest printed: the tests whose last try failed or that crashed
# in any, or those that failed first and passed then.
ctest_outcomes() {
  awk -v wanted="$1" '
    match($0, /Test +#[0-9]+: [^ ]+ /) {
      name = substr($0, RSTART, RLENGTH)
      gsub(/^Test +#[0-9]+: | $/, "", name)
      if (/\*\*\*Exception/) crashed[name] = 1
      if (/\*\*\*(Failed|Timeout|Exception|Not Run)/) { last[name] = "failed"; failed[name] = 1 }
      else if (/ Passed /) last[name] = "passed"
    }
    END {
      for (name in failed)
        if ((last[name] == "passed" && !(name in crashed)) == (wanted == "SECOND")) print name
    }'
}

# run_tests_again PRESET [CTEST-ARGUMENT...] - on a machine that others use, too, a test may fail for want of
# time: it has a second try, and is named. A crash is no want of time.
run_tests_again() {
  local output status=0
  output=$(mktemp)
  run_tests "$@" --repeat until-pass:2 | tee "$output" || status=$?
  local second failed
  second=$(ctest_outcomes SECOND <"$output")
  failed=$(ctest_outcomes FAILED <"$output")
  rm -f "$output"
  if [ -n "$second" ]; then
    say "PASSED ONLY THE SECOND TIME:"
    printf '%s\n' "$second" >&2
  fi
  if [ -n "$failed" ]; then
    say "FAILED OR CRASHED:"
    printf '%s\n' "$failed" >&2
    [ "$status" -ne 0 ] || status=1
  fi
  return "$status"
}
