#!/usr/bin/env bash
# Every module of the optimized build takes less than 400 KB without its debug information, and none is
# linked to what the kernel alone needs.
set -euo pipefail
readonly most=$((400 * 1000))
plugins=$DOCKERHUB_BUILD_DIR/lib/dockerhub/plugins
if ! grep -q '^CMAKE_BUILD_TYPE:[A-Z]*=Rel' "$DOCKERHUB_BUILD_DIR/CMakeCache.txt"; then
  echo "NOT CHECKED: not an optimized build" >&2
  exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
failed=0
for module in "$plugins"/*.so; do
  strip -o "$folder/module.so" "$module"
  size=$(stat -c %s "$folder/module.so")
  echo "$size ${module##*/}"
  if ((size >= most)); then
    echo "${module##*/} is too large" >&2
    failed=1
  fi
  if readelf -d "$module" | grep NEEDED | grep -iE 'poco|spdlog|fmt|ssl'; then failed=1; fi
done
exit "$failed"
