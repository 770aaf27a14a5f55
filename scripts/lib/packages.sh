# shellcheck shell=bash
# The Debian 12 packages that building, testing and checking need (docs/dependencies.md has the
# reasons), and their installation. Sourced after common.sh.

# One line a set. PACKAGE/COMMAND: not needed where the command is already there from elsewhere.
declare -A package_sets=(
  [build]="ca-certificates git g++ cmake ninja-build ccache pkg-config
           libpoco-dev rapidjson-dev libboost-dev libspdlog-dev libcli11-dev libyaml-cpp-dev libssl-dev
           nettle-dev libjose-dev libjq-dev libkainjow-mustache-dev libarchive-dev libhiredis-dev libpcre2-dev libelf-dev zlib1g-dev libexpected-dev
           help2man"
  [viewer]="nodejs/node npm/npm"
  [test]="libgtest-dev libgmock-dev librapidcheck-dev clang-14 binutils openssl time tmux python3/python3 python3-jsonschema python3-yaml nodejs/node npm/npm
          docker-registry redis-server nginx-light skopeo umoci apache2-utils zsh fish curl jq man-db/man"
  [check]="clang-14 libclang-rt-14-dev llvm-14 clang-format-14 clang-tidy-14 shellcheck gcovr
           libbenchmark-dev hyperfine curl jq"
  [nightly]="chromium"
)

# Services that come with packages of which tests start own processes: masked before the installation,
# so that they do not start by themselves at the next boot either.
unwanted_services=(docker-registry nginx redis-server)

# missing_packages SET... - prints those that are not installed, one a line.
missing_packages() {
  local set entry package command
  for set in "$@"; do
    for entry in ${package_sets[$set]}; do
      package=${entry%%/*}
      command=${entry#*/}
      if [ "$command" != "$entry" ] && command -v "$command" >/dev/null; then continue; fi
      # shellcheck disable=SC2016 # the field is dpkg's
      if [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ]; then
        continue
      fi
      printf '%s\n' "$package"
    done
  done | sort -u
}

# ensure_packages SET... - installs with apt-get what is missing and says what. No package's service is
# started by its installation.
ensure_packages() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null ||
      fail "these packages are missing: ${missing[*]}. Install them as root, or install sudo."
    as_root=(sudo)
  fi
  say "installing: ${missing[*]}"
  "${as_root[@]}" bash -c "$(declare -p unwanted_services)
    $(declare -f install_without_services); install_without_services \"\$@\"" \
    install "${missing[@]}" ||
    fail "apt-get could not install all of: ${missing[*]} (its message is above)"
}

# Runs as root, in a shell of its own. /usr/sbin/policy-rc.d with status 101 forbids to start services.
install_without_services() {
  set -e
  local policy=/usr/sbin/policy-rc.d
  if [ ! -e "$policy" ]; then
    trap 'rm -f /usr/sbin/policy-rc.d' EXIT
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
  fi
  local service unit
  for service in "${unwanted_services[@]}"; do
    unit=/etc/systemd/system/$service.service
    if [[ " $* " == *" $service"* ]] && ! [ -e "$unit" ] && ! [ -L "$unit" ]; then
      mkdir -p "${unit%/*}"
      ln -s /dev/null "$unit"
    fi
  done
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 install \
    -y -qq --no-install-recommends "$@" >&2
}
