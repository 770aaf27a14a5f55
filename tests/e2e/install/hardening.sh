#!/usr/bin/env bash
# What is shipped is linked and compiled as cmake/hardening.cmake says, and shows no more than is meant for others.
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
  "$DOCKERHUB_BUILD_DIR"/lib/dockerhub/{,plugins/}*.so "$DOCKERHUB_BUILD_DIR"/libexec/dockerhub/*; do
  expect "$file" "RELRO" GNU_RELRO readelf -lW
  expect "$file" "immediate binding" 'BIND_NOW|FLAGS.* NOW' readelf -dW
  expect "$file" "the stack protector" ' U __stack_chk_fail' nm -D
done
readonly library=$DOCKERHUB_BUILD_DIR/lib/libdockerhub.so
expect "$library" "_FORTIFY_SOURCE" ' U __[a-z]+_chk(@|$)' nm -D

# shown FILE: the dynamic symbols that it defines, without the weak ones: those are of templates of the
# standard library, which is visible whatever we say.
shown() {
  nm -DC --defined-only "$1" | sed -E 's/^[0-9a-f]+ //' | { grep -v '^[VWvw] ' || true; }
}

# The library shows what kernel.hpp and its neighbours declare: classes and functions of the namespace
# itself. Its inner namespaces and the insides of those classes are its own.
foreign=$(shown "$library" | grep -vE '^[A-Z] dockerhub::' || true)
inner=$(shown "$library" | grep -E '^[A-Z] dockerhub::([a-z_]+::|\(anonymous|[A-Za-z]+::Impl::)' || true)
count=$(shown "$library" | wc -l)
if [ -n "$foreign$inner" ] || ((count == 0)); then
  echo "libdockerhub.so shows $count symbols, and of what is its own:"
  printf '%s\n' "$foreign" "$inner"
  failed=1
fi

# only_entry FILE ENTRY SYMBOLS: what it defines for others is its entry.
only_entry() {
  if [ "$3" != "$2" ]; then
    echo "${1##*/} shows more than its entry: $3"
    failed=1
  fi
}
for module in "$DOCKERHUB_BUILD_DIR"/lib/dockerhub/plugins/*.so; do
  only_entry "$module" dockerhub_module_entry "$(nm -D --defined-only "$module" | awk '{ print $3 }')"
done
for late in "$DOCKERHUB_BUILD_DIR"/lib/dockerhub/*.so; do
  name=$(basename "$late" .so)
  only_entry "$late" "dh_${name#libdockerhub_}_library" "$(shown "$late" | awk '{ print $2 }')"
done
exit "$failed"
