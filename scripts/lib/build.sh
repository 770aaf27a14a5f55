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
