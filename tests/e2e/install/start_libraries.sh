#!/usr/bin/env bash
# The programs start without the libraries that only some calls need: each costs every start its
# binding, and TLS and the servers of the sandbox have them where they are used.
set -euo pipefail

late='lib(Poco|ssl|crypto|jose|jansson|jq|onig|archive|hiredis|yaml-cpp|spdlog|fmt|boost)[^ ]*'
for program in dockerhub dockerhub-mcp dockerhub-rest; do
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

# What brings libjq, libarchive and yaml-cpp in when they are asked for.
for pair in jq:jq archive:archive yaml:yaml-cpp; do
  library=${pair%:*} brought=${pair#*:}
  needed=$(readelf -d "$DOCKERHUB_BUILD_DIR/lib/dockerhub/libdockerhub_$library.so" | grep NEEDED)
  grep -q "lib$brought\.so" <<<"$needed" || {
    printf 'FAILED: libdockerhub_%s.so does not bring lib%s: %s\n' "$library" "$brought" "$needed" >&2
    exit 1
  }
done

# The C99 module is the proof that a module needs no C++: not even its library.
needed=$(readelf -d "$DOCKERHUB_BUILD_DIR/tests/modules/c_module.so" | grep NEEDED)
if grep -v 'libc\.so' <<<"$needed"; then
  printf 'FAILED: c_module is linked to the libraries above\n' >&2
  exit 1
fi
