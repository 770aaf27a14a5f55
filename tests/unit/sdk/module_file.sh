#!/bin/bash
# A module file keeps its manifest through strip and --gc-sections, shows its entry (in C: its manifest
# too) and no other symbol, has no unique symbols and stays under 400 KB.
# Usage: module_file.sh COMPILER SOURCE_DIRECTORY
set -euo pipefail
compiler=$1
source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "$1"
  exit 1
}

# link NAME OPTION... SOURCE: builds $work/NAME.so as dockerhub_add_module does, and strips it.
link() {
  local name=$1
  shift
  "$compiler" -O2 -fPIC -shared -fvisibility=hidden -ffunction-sections -fdata-sections \
    -Wl,--gc-sections -Wl,--no-undefined -Wl,--version-script="$source/cmake/module.map" \
    -I "$source/kernel/include" "$@" -o "$work/$name.so"
  strip "$work/$name.so"
}

# keeps_manifest NAME END: its section holds a manifest whose last bytes are END.
keeps_manifest() {
  objcopy --dump-section .dockerhub.manifest="$work/manifest" "$work/$1.so" ||
    fail "$1: the manifest is gone"
  [[ $(head -c 14 "$work/manifest") == '{"manifest":1,' ]] ||
    fail "$1: the manifest does not begin well"
  [[ $(tr -d '\0' <"$work/manifest" | tail -c 2) == ']}' ]] ||
    fail "$1: the manifest does not end with its text"
}

# shows NAME SYMBOL...: the file defines these dynamic symbols and no others, weak ones included.
shows() {
  local name=$1 exported
  shift
  exported=$(nm -D --defined-only "$work/$name.so" | awk '{ print $3 }' | sort | tr '\n' ' ')
  [[ $exported == "$* " ]] || fail "$name exports: $exported"
}

unique=-fno-gnu-unique
"$compiler" --version | grep -q clang && unique=-fconstexpr-steps=50000000
link demo -std=c++20 -fvisibility-inlines-hidden "$unique" "$source/plugins/demo/demo.cpp"
size=$(stat -c %s "$work/demo.so")
((size < 400 * 1000)) || fail "the module has $size bytes"
keeps_manifest demo
shows demo dockerhub_module_entry
readelf -Ws "$work/demo.so" | grep -q UNIQUE && fail "has unique symbols"
readelf -d "$work/demo.so" | grep -Eq 'Poco|spdlog|dockerhub' && fail "links more than it may"

link hello_c -x c -std=c99 "$source/examples/plugins/hello-c/hello.c"
keeps_manifest hello_c
shows hello_c dh_manifest_text dockerhub_module_entry
exit 0
