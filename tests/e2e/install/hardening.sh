#!/usr/bin/env bash
# What is shipped is linked and compiled as cmake/hardening.cmake says.
set -euo pipefail
if ! grep -q '^DOCKERHUB_HARDENING:[A-Z]*=ON' "$DOCKERHUB_BUILD_DIR/CMakeCache.txt"; then
  echo "NOT CHECKED: not a hardened build" >&2
  exit 77
fi
failed=0

# expect FILE WHAT PATTERN COMMAND...: the output of COMMAND FILE has the pattern.
expect() {
  local file=$1 what=$2 pattern=$3
  shift 3
  if ! grep -qE "$pattern" < <("$@" "$file"); then
    echo "${file##*/}: $what is missing"
    failed=1
  fi
}

for program in "$DOCKERHUB_BUILD_DIR"/bin/dockerhub* "$DOCKERHUB_BUILD_DIR"/libexec/dockerhub/*; do
  expect "$program" "PIE" 'Type: +DYN' readelf -hW
done
for file in "$DOCKERHUB_BUILD_DIR"/bin/dockerhub* "$DOCKERHUB_BUILD_DIR"/lib/libdockerhub.so \
  "$DOCKERHUB_BUILD_DIR"/lib/dockerhub/plugins/*.so "$DOCKERHUB_BUILD_DIR"/libexec/dockerhub/*; do
  expect "$file" "RELRO" GNU_RELRO readelf -lW
  expect "$file" "immediate binding" 'BIND_NOW|FLAGS.* NOW' readelf -dW
  expect "$file" "the stack protector" ' U __stack_chk_fail' nm -D
done
expect "$DOCKERHUB_BUILD_DIR/lib/libdockerhub.so" "_FORTIFY_SOURCE" ' U __[a-z]+_chk(@|$)' nm -D
exit "$failed"
