#!/usr/bin/env bash
# From process start to exit, for --help and for an answer of a module, beside an empty process, an empty Python
# process and the help of skopeo in the same run. hyperfine takes turns and gives the spread. Ends with status 1 when
# the median of --help is not below its goal (docs/performance.md).
set -euo pipefail
bin=${1:?usage: process_start.sh BIN_DIRECTORY}/dockerhub
goal='dockerhub --help'
most=5 # milliseconds
HOME=$(mktemp -d)
trap 'rm -rf "$HOME"' EXIT
export HOME
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_CACHE_HOME
"$bin" --help >/dev/null # remembers which manifests were checked, as after the first command of a user
hyperfine --shell=none --warmup 20 --runs 300 --style basic --export-json "$HOME/times.json" \
  --command-name 'empty process' true \
  --command-name 'empty python3' "$(python3 -c 'import sys; print(sys.executable)') -I -c pass" \
  --command-name 'skopeo --help' "skopeo --help" \
  --command-name 'dockerhub --version' "$bin --version" \
  --command-name "$goal" "$bin --help" \
  --command-name 'dockerhub demo echo --help' "$bin demo echo --help" \
  --command-name 'dockerhub demo echo --text hi' "$bin demo echo --text hi" 2>/dev/null
median=$(jq -er --arg goal "$goal" '.results[] | select(.command == $goal) | .median * 1000' "$HOME/times.json")
awk -v what="$goal" -v median="$median" -v most="$most" 'BEGIN {
  printf "%s: median %.2f ms, the goal is below %g ms\n", what, median, most
  if (median + 0 < most + 0) exit 0
  printf "missed: %s %.2f ms is not below %g ms\n", what, median, most
  exit 1
}'
