# shellcheck shell=bash
# What comes from npm, with exact versions: the tools that tests use, and the viewer that dockerhub-rest serves.
# Sourced after common.sh.
: "${root:?source common.sh first}"

# install_npm FOLDER - runs `npm ci` there where what is installed is not what the lock file says. npm installs
# what fits the Node it runs under; the tests run the tools with the newer Node among them.
install_npm() {
  local folder=$root/$1
  local stamp=$folder/node_modules/.installed-lock
  if cmp -s "$folder/package-lock.json" "$stamp"; then return 0; fi
  say "npm ci in $1"
  (
    cd "$folder" || exit 1
    # Node has certificates of its own and does not see those that this machine trusts besides.
    if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
      export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
    fi
    npm ci --no-fund --no-audit --loglevel=error >&2
  ) || return 1
  cp "$folder/package-lock.json" "$stamp"
}

ensure_npm_tools() {
  local folder
  for folder in frontends/rest/viewer tests/npm; do
    install_npm "$folder" ||
      fail "npm ci failed in $folder (its message is above); is the npm registry reachable?"
  done
}

# For an installation: all else works without it, so that a machine without npm or its registry gets that.
try_viewer() {
  if command -v npm >/dev/null && install_npm frontends/rest/viewer; then return 0; fi
  say "without npm and its registry dockerhub-rest has no /docs; all else is there"
}
