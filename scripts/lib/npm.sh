# shellcheck shell=bash
# The tools from npm that tests use, in tests/npm with exact versions. Sourced after common.sh.
: "${root:?source common.sh first}"

# Runs `npm ci` where the installed tools are not those of the lock file. npm installs what fits the
# Node it runs under; the tests run the tools with the newer Node among them.
ensure_npm_tools() {
  local folder=$root/tests/npm
  local stamp=$folder/node_modules/.installed-lock
  if cmp -s "$folder/package-lock.json" "$stamp"; then return 0; fi
  say "npm ci in tests/npm"
  (
    cd "$folder"
    # Node has certificates of its own and does not see those that this machine trusts besides.
    if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
      export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
    npm ci --no-fund --no-audit --loglevel=error >&2
  ) || fail "npm ci failed in tests/npm (its message is above); is the npm registry reachable?"
  cp "$folder/package-lock.json" "$stamp"
}
