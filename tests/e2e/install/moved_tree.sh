#!/usr/bin/env bash
# An installed tree works after it was moved as a whole: its programs find their modules, and modules
# and programs are built against it from outside with find_package, in C++ and in C by another compiler.
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A user of its own, without settings.
export HOME=$work/home XDG_CONFIG_HOME=$work/home/config XDG_DATA_HOME=$work/home/data
mkdir -p "$XDG_CONFIG_HOME" "$XDG_DATA_HOME"
for name in $(compgen -e); do
  case $name in
    DOCKERHUB_SOURCE_DIR | DOCKERHUB_BUILD_DIR | DOCKERHUB_PREFIX) ;;
    DOCKERHUB_* | DOCKER_HUB_* | SSL_CERT_*) unset "$name" ;;
  esac
done

fail() {
  printf 'FAILED: %s\n' "$*" >&2
  exit 1
}

# expect TEXT COMMAND... - the command passes and its output has the text.
expect() {
  local text=$1 output
  shift
  printf '+ %s\n' "$*"
  output=$("$@" 2>&1) || fail "$* exited with $?: $output"
  printf '%s\n' "$output"
  [[ $output == *"$text"* ]] || fail "$*: the output has no '$text'"
}

# build_example NAME FOLDER [CMAKE-ARGUMENT...] - into $work/NAME, against the moved tree only.
build_example() {
  local name=$1 source=$DOCKERHUB_SOURCE_DIR/examples/$2
  shift 2
  if ! { cmake -S "$source" -B "$work/$name" -G Ninja -DCMAKE_PREFIX_PATH="$moved" "$@" &&
    cmake --build "$work/$name"; } >"$work/log" 2>&1; then
    cat "$work/log" >&2
    fail "examples/$name does not build (its messages are above)"
  fi
}

cmake --install "$DOCKERHUB_BUILD_DIR" --prefix "$work/first" >/dev/null
mkdir "$work/elsewhere"
moved="$work/elsewhere/with space"
mv "$work/first" "$moved"
dockerhub=$moved/bin/dockerhub

[[ -f $moved/share/dockerhub/manifest-1.schema.json ]] || fail "the manifest's schema is not installed"
if grep -rn -e "$DOCKERHUB_SOURCE_DIR" -e "$DOCKERHUB_BUILD_DIR" -e "$work/first" \
  "$moved/lib/cmake" "$moved/share/dockerhub"; then
  fail "the installed package names a folder of the build"
fi
# Neither where they were installed nor when stands in the manual pages.
diff -r "$DOCKERHUB_PREFIX/share/man" "$moved/share/man" || fail "two installations of one build have different pages"
if readelf -d "$moved"/bin/* "$moved"/libexec/dockerhub/* "$moved"/lib/*.so "$moved"/lib/dockerhub/{,plugins/}*.so |
  grep -E 'R(UN)?PATH' | grep -vE '\[[$]ORIGIN(/\.\./lib)?\]'; then
  fail "a library path is not relative to the file, or leads elsewhere too"
fi

version=$(sed -nE 's/^ *VERSION ([0-9.]+)$/\1/p' "$DOCKERHUB_SOURCE_DIR/CMakeLists.txt")
expect "$version" "$dockerhub" --version
expect "demo" "$dockerhub" plugin list
expect "moved" "$dockerhub" demo echo --text moved
expect "$version" "$moved/bin/dockerhub-mcp" --version
expect "$version" "$moved/bin/dockerhub-rest" --version
expect "$version (ABI 1.0" "$moved/libexec/dockerhub/dockerhub-plugin-host" --version

# without_yaml - an answer that is there is shown without the library for YAML, and what cannot do without says so.
without_yaml() (
  mv "$moved/lib/dockerhub/libdockerhub_yaml.so" "$work/"
  expect '{"text":"moved"}' "$dockerhub" -o yaml demo echo --text moved
  expect "YAML is not possible" "$dockerhub" -o yaml demo echo --text moved
  mkdir -p "$XDG_CONFIG_HOME/dockerhub"
  echo 'output: {format: json}' >"$XDG_CONFIG_HOME/dockerhub/config.yaml"
  if "$dockerhub" demo echo --text moved >"$work/log" 2>&1; then fail "a configuration was passed over"; fi
  grep -q "config.yaml: YAML is not possible: .*libdockerhub_yaml.so is missing" "$work/log" ||
    fail "the cause is not said: $(cat "$work/log")"
  mv "$work/libdockerhub_yaml.so" "$moved/lib/dockerhub/"
  expect '"moved"' "$dockerhub" demo echo --text moved
  rm -r "$XDG_CONFIG_HOME/dockerhub"
)
expect "text: moved" "$dockerhub" -o yaml demo echo --text moved
without_yaml

# start_sandbox OPTION... - with TLS; the variables of this subshell name it and its certificate, and it
# ends with the subshell.
start_sandbox() {
  local line
  coproc SANDBOX {
    exec "$moved/bin/dockerhub-sandbox" --exit-with-stdin --tls self-signed --ca-out "$work/ca.pem" \
      "$@"
  }
  while IFS= read -r line <&"${SANDBOX[0]}"; do
    case $line in
      "export "*) eval "$line" ;;
      "# ready"*) break ;;
    esac
  done
  [[ ${DOCKERHUB_URL:-} == https://* ]] || fail "the sandbox did not start with TLS"
}

# refused TEXT - the sandbox is not believed, which is a network failure and said with the text.
refused() {
  local code=0
  "$dockerhub" hub_repos list --namespace library >"$work/log" 2>&1 || code=$?
  ((code == 8)) || fail "exit code $code instead of 8 of a refused certificate: $(cat "$work/log")"
  grep -q "$1" "$work/log" || fail "the refusal does not say '$1': $(cat "$work/log")"
}

# over_tls - the library for TLS is found where the tree is now, and so is the sandbox's certificate
# trusted only where it is named, as a file or in a folder.
over_tls() (
  start_sandbox
  expect "alpine" "$dockerhub" hub_repos list --namespace library
  export DOCKER_REGISTRY_URL
  expect "arm64" "$dockerhub" -o data hub_registry inspect --repo library/alpine --reference latest
  unset SSL_CERT_FILE
  refused certificate
  mkdir "$work/authorities"
  cp "$work/ca.pem" "$work/authorities"
  openssl rehash "$work/authorities"
  expect "alpine" env SSL_CERT_DIR="$work/authorities" "$dockerhub" hub_repos list --namespace library
)
over_tls

# in_anothers_place - a trusted certificate does not help a server that it does not name.
in_anothers_place() (
  start_sandbox --tls-name registry.example.com
  refused "another name"
)
in_anothers_place

build_example hello-cpp plugins/hello-cpp
build_example hello-c plugins/hello-c -DCMAKE_C_COMPILER=clang-14
build_example client client

mkdir -m 0755 "$work/modules"
cp "$work/hello-cpp/hello_cpp.so" "$work/hello-c/hello_c.so" "$work/modules/"
chmod go-w "$work/modules"/*
export DOCKERHUB_PLUGIN_PATH=$work/modules

# trusted_run MODULE ACTION - refused before the file was trusted, works after it.
trusted_run() {
  if "$dockerhub" "$1" "$2" Ada >"$work/log" 2>&1; then
    fail "$1 ran before it was trusted: $(cat "$work/log")"
  fi
  expect "$1" "$dockerhub" plugin trust "$work/modules/$1.so"
  expect "Ada" "$dockerhub" "$1" "$2" Ada
}
trusted_run hello_cpp greet
trusted_run hello_c echo

expect '"hello"' env -u DOCKERHUB_PLUGIN_PATH "$work/client/client"
