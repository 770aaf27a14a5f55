# shellcheck shell=bash
# What comes from npm, with exact versions: the tools that tests use, and the viewer that dockerhub-rest serves.
# Sourced after common.sh.
: "${root:?source common.sh first}"

# install_npm FOLDER - runs `npm ci` for what its lock file says, in the user's cache, so that other checkouts have it
# too, and points FOLDER/node_modules there. npm installs what fits the Node it runs under; the tests run the tools with
# the newer Node among them.
install_npm() {
  local folder=$root/$1 lock home stamp
  lock=$(cat "$folder/package.json" "$folder/package-lock.json" <(node --version) | sha256sum | cut -c1-16)
  home=${XDG_CACHE_HOME:-$HOME/.cache}/dockerhub-api/npm/$lock
  stamp=$home/.installed
  if ! [ -e "$stamp" ]; then
    say "npm ci for $1 in $home"
    rm -rf "$home"
    mkdir -p "$home" || return
    cp "$folder/.npmrc" "$folder/package.json" "$folder/package-lock.json" "$home" || return
    (
      cd "$home" || exit 1
      # Node has certificates of its own and does not see those that this machine trusts besides.
      if [ -r /etc/ssl/certs/ca-certificates.crt ]; then
        export NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt
      fi
      npm ci --no-fund --no-audit --loglevel=error >&2
    ) || return
    touch "$stamp"
  fi
  if [ "$(readlink "$folder/node_modules")" = "$home/node_modules" ]; then return 0; fi
  rm -rf "$folder/node_modules"
  ln -s "$home/node_modules" "$folder/node_modules"
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
