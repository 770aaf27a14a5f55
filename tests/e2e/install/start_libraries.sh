#!/usr/bin/env bash
# The programs start without the libraries that only some calls need: each costs every start its
# binding, and TLS and the servers of the sandbox have them where they are used.
set -euo pipefail

late='lib(Poco|ssl|crypto|spdlog|fmt|boost)[^ ]*'
for program in dockerhub dockerhub-mcp; do
  needed=$(ldd "$DOCKERHUB_BUILD_DIR/bin/$program")
  [[ $needed == *libdockerhub.so* ]] || {
    printf 'FAILED: %s is not what is looked for: %s\n' "$program" "$needed" >&2
    exit 1
  }
  if grep -oE "$late" <<<"$needed"; then
    printf 'FAILED: %s is linked to the libraries above\n' "$program" >&2
    exit 1
  fi
done
