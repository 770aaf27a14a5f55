#!/usr/bin/env bash
# abi.h alone: strict C99 and C++, gcc and clang, no header but <stddef.h> and <stdint.h>, and the same
# layout for all. usage: compiles_alone.sh
set -euo pipefail
include=$DOCKERHUB_SOURCE_DIR/kernel/include
here=$DOCKERHUB_SOURCE_DIR/tests/unit/abi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
included=$(grep -E '^#include' "$include/dockerhub/abi.h" | sort)
[ "$included" = $'#include <stddef.h>\n#include <stdint.h>' ] || { echo "abi.h includes: $included"; exit 1; }
strict=(-pedantic-errors -Wall -Wextra -Wconversion -Wshadow -Werror -I "$include")
for compiler in gcc clang-14; do
  "$compiler" -std=c99 "${strict[@]}" "$here/layout_c99.c" -o "$work/layout"
  "$work/layout"
done
echo '#include <dockerhub/abi.h>' >"$work/alone.cpp"
for compiler in g++ clang++-14; do
  for standard in c++11 c++20; do "$compiler" -std=$standard "${strict[@]}" -c "$work/alone.cpp" -o "$work/alone.o"; done
done
