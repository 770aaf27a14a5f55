#!/usr/bin/env bash
# Every relative link in a document of the project names a file that exists.
set -euo pipefail
cd "$DOCKERHUB_SOURCE_DIR"

status=0
while IFS=: read -r document link; do
  target=${link#*](}
  target=${target%)}
  target=${target%%#*}
  case $target in "" | http://* | https://* | mailto:*) continue ;; esac
  if [ ! -e "$(dirname "$document")/$target" ]; then
    printf '%s: the link to %s leads nowhere\n' "$document" "$target" >&2
    status=1
  fi
done < <(git ls-files -co --exclude-standard -- '*.md' |
  xargs -r -d '\n' grep -oHE '\]\([^) ]+\)' --)
exit "$status"
