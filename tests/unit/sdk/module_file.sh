#!/bin/bash
# A module file keeps its manifest through strip and --gc-sections, exports nothing of its own but its entry, has no
# unique symbols and stays under 400 KB.
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

unique=-fno-gnu-unique
"$compiler" --version | grep -q clang && unique=-fconstexpr-steps=50000000
"$compiler" -std=c++20 -O2 -fPIC -shared -fvisibility=hidden -fvisibility-inlines-hidden "$unique" \
  -ffunction-sections -fdata-sections -Wl,--gc-sections -I "$source/kernel/include" \
  "$source/plugins/demo/demo.cpp" -o "$work/demo.so"
strip "$work/demo.so"

size=$(stat -c %s "$work/demo.so")
((size < 400 * 1024)) || fail "the module has $size bytes"
objcopy --dump-section .dockerhub.manifest="$work/manifest" "$work/demo.so" ||
  fail "the manifest is gone"
[[ $(head -c 14 "$work/manifest") == '{"manifest":1,' ]] || fail "the manifest does not begin well"
[[ $(tail -c 2 "$work/manifest") == ']}' ]] || fail "the manifest does not end with its text"
# Weak symbols are those of templates of the standard library, which makes them visible.
exported=$(nm -D --defined-only "$work/demo.so" | awk '$2 !~ /^[WV]$/ { print $3 }')
[[ $exported == dockerhub_module_entry ]] || fail "exports: $exported"
readelf -Ws "$work/demo.so" | grep -q UNIQUE && fail "has unique symbols"
readelf -d "$work/demo.so" | grep -Eq 'Poco|spdlog|dockerhub' && fail "links more than it may"
exit 0
