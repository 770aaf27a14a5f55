#!/usr/bin/env bash
# scripts/quickstart: installs, shows what it promises, may be run again, and takes away what it installed and
# nothing else.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix
readonly quickstart=$DOCKERHUB_SOURCE_DIR/scripts/quickstart

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# What was there before: a file in a folder that is used too, and an empty folder.
mkdir -p "$prefix/bin" "$prefix/share/empty"
echo mine >"$prefix/bin/of-somebody-else"

# tree - all of the prefix, one line each.
tree() {
  (cd "$prefix" && find . | LC_ALL=C sort)
}
before=$(tree)
readonly before

# run NAME ARGUMENT... - the script with its output in $work/NAME.
run() {
  local name=$1
  shift
  printf '+ %s %s\n' "$name" "$*"
  "$quickstart" --prefix "$prefix" "$@" >"$work/$name" 2>&1 || {
    cat "$work/$name"
    fail "quickstart $* exited with an error"
  }
}

# shows NAME TEXT... - they stand in that output, in this order.
shows() {
  local rest text
  rest=$(<"$work/$1")
  shift
  for text in "$@"; do
    [[ $rest == *"$text"* ]] || {
      printf '%s\n' "$rest"
      fail "after what came before it, '$text' is missing"
    }
    rest=${rest#*"$text"}
  done
}

for time in first second; do
  run "$time" --no-install-packages
  # A list, an image, a refusal with its reason, the same as a dry run, the server for models; then what connects it.
  shows "$time" \
    'dockerhub hub_repos list --namespace sandbox' multi \
    'dockerhub -o data hub_registry inspect' '"arm64"' \
    'dockerhub hub_registry delete_manifest' Error: DOCKERHUB_ALLOW_DESTRUCTIVE --allow-destructive \
    'dockerhub --dry-run' would_delete 'DELETE /v2/sandbox/tags/manifests/' \
    'dockerhub mcp try' '"multi"' \
    "export PATH=\"$prefix/bin:" 'export DOCKER_HUB_USER=' 'read -rs DOCKER_HUB_TOKEN'
  "$prefix/bin/dockerhub" --version | grep -q '^dockerhub ' || fail "the $time installation does not run"
  [ -f "$prefix/lib/dockerhub/plugins/hub_repos.so" ] || fail "the $time installation has no modules"
  tree >"$work/tree-$time"
  # A module that a former version had: the next installation takes it away.
  if [ "$time" = first ]; then
    touch "$prefix/lib/dockerhub/plugins/hub_former.so"
    echo "$prefix/lib/dockerhub/plugins/hub_former.so" >>"$prefix/share/dockerhub/installed-files"
  fi
done
diff "$work/tree-first" "$work/tree-second" || fail "the second installation is another one"

sandbox_runs() {
  local program
  for program in /proc/[0-9]*/exe; do
    if [ "$(readlink "$program")" = "$prefix/bin/dockerhub-sandbox" ]; then return 0; fi
  done
  return 1
}
# It ends by itself with the script that started it, but not before it.
deadline=$((SECONDS + 30))
while sandbox_runs; do
  ((SECONDS < deadline)) || fail "its sandbox is still there"
  sleep 0.1
done

run uninstall --uninstall
[ "$(tree)" = "$before" ] || {
  diff <(printf '%s\n' "$before") <(tree)
  fail "what it did not install is gone, or what it installed is still there"
}
if "$quickstart" --prefix "$prefix" --uninstall >"$work/again" 2>&1; then fail "there was nothing left to take away"; fi
shows again 'nothing was installed below'
exit 0
