# shellcheck shell=bash
# The main job, shown on a sandbox: a stand-in for Docker Hub on this machine. Sourced after common.sh.

# shown COMMAND... - prints the command as one would type it, and runs it.
shown() {
  printf '\n$ %s\n' "$*"
  "$@"
}

# The same for a command that has to be refused: its message is the point.
shown_refused() {
  printf '\n$ %s\n' "$*"
  if "$@" 2>&1; then fail "this should have been refused: $*"; fi
}

# demonstrate PREFIX - with the programs installed there.
demonstrate() (
  PATH="$1/bin:$PATH"
  # Neither the user's own settings nor credentials have a part in this.
  unset "${!DOCKER@}"
  XDG_CONFIG_HOME=$(mktemp -d)
  trap 'rm -rf "$XDG_CONFIG_HOME"' EXIT
  export XDG_CONFIG_HOME DOCKER_CONFIG=$XDG_CONFIG_HOME
  say "starting a sandbox"
  # It ends when this shell does: its standard input closes then.
  coproc SANDBOX { exec dockerhub-sandbox --exit-with-stdin; }
  local line
  while IFS= read -r line <&"${SANDBOX[0]}"; do
    case $line in
      "export "*) eval "$line" ;;
      "# ready"*) break ;;
    esac
  done
  [ -n "${DOCKERHUB_URL:-}" ] || fail "the sandbox did not start"
  demonstrate_steps
)

demonstrate_steps() {
  say "the repositories of an account"
  shown dockerhub hub_repos list --namespace sandbox
  say "an image for several platforms"
  shown dockerhub -o data hub_registry inspect --repo sandbox/multi --reference latest
  say "a delete is refused while the operator's gate is closed"
  shown_refused dockerhub hub_registry delete_manifest --repo sandbox/tags --reference v01
  say "the same as a dry run: what it would do"
  shown dockerhub --dry-run -o data hub_registry delete_manifest --repo sandbox/tags --reference v01
  say "what the server for models offers, and a call of one of its tools"
  shown dockerhub mcp try --tool hub_repos --action get --params '{"namespace": "sandbox", "repository": "multi"}'
}
