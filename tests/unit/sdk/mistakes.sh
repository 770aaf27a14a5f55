#!/bin/bash
# Rows that break a rule do not compile, and the compiler shows the rule.
# Usage: mistakes.sh COMPILER INCLUDE_DIRECTORY
set -euo pipefail
compiler=$1
include=$2
failed=0

# What all of them begin with is compiled once.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/begin.hpp" <<'CODE'
#include <dockerhub/plugin.hpp>
using namespace dockerhub::sdk;
static inline Status run(Context& ctx) { return ctx.done(); }
CODE
"$compiler" -std=c++20 -I "$include" -x c++-header "$folder/begin.hpp" -o "$folder/begin.hpp.gch"

# Compiles a module of these rows: expect "text of the rule" 'rows' [option...].
expect() {
  local rule=$1 rows=$2 output
  shift 2
  if output=$("$compiler" -std=c++20 -fsyntax-only -I "$include" -include "$folder/begin.hpp" "$@" -x c++ - 2>&1 <<CODE
DOCKERHUB_MODULE(module("mistakes", "1.0.0"), $rows)
CODE
  ); then
    if [[ $rule != none ]]; then
      echo "compiles, but breaks the rule: $rule"
      failed=1
    fi
  elif [[ $rule == none || $output != *"$rule"* ]]; then
    echo "the compiler does not show the rule: $rule"
    echo "$output" | head -20
    failed=1
  fi
}

expect "none" 'action("a", read, "A", call(run))'
expect "describe belongs to the kernel" 'action("describe", read, "A", call(run))'
expect "two actions of a tool have the same name" \
  'action("a", read, "A", call(run)), action("a", read, "B", call(run))'
expect "none" \
  'action("a", read, "A", call(run)), tool("t", "T"), action("a", read, "B", call(run))'
expect "of a path template has no parameter" 'action("a", read, "A", GET("/v2/{x}"))'
expect "a parameter in a path is required" \
  'action("a", read, "A", GET("/v2/{x}"), {string("x", "X")})'
expect "names a parameter that its action does not have" \
  'action("a", read, "A", call(run)).positional("x")'
expect "two parameters of an action have the same name" \
  'action("a", read, "A", call(run), {string("x", "X"), string("x", "X")})'
expect "sends GET, HEAD or a POST marked safe_query" 'action("a", read, "A", POST("/v2"))'
expect "has the effect destructive" 'action("a", write, "A", DELETE("/v2"))'
expect "a condition can only raise the effect" \
  'action("a", destructive, "A", call(run), {string("x", "X")}).write_when("x")'
expect "a secret parameter has neither example nor default" \
  'action("a", read, "A", call(run), {string("x", "X").secret().example("y")})'
expect "a secret parameter is of type string" \
  'action("a", read, "A", call(run), {integer("x", "X").secret()})'
expect "none" 'action("a", write, "A", call(run)).dry_run()'
expect "dry_run() is for rows with call(handler)" 'action("a", write, "A", POST("/v2")).dry_run()'
expect "none" 'action("a", read, "A", call([](Context&) -> Status { return DH_OK; }))'
expect "deleted function" 'action("a", read, "A", call([](Context&) -> Status { return true; }))'
expect "none" \
  'watch([](Context&, std::string_view, bool) -> Status { return DH_OK; })'
expect "example() takes one JSON object" \
  'action("a", read, "A", call(run)).example("{\"x\": [1}")'
expect "none" 'resource_template("a://{x}", "A", "A", "", answer_of("t", "a", "{\"x\": \"{x}\"}"))'
expect "is no variable of the resource" \
  'resource_template("a://{x}", "A", "A", "", answer_of("t", "a", "{\"x\": \"{y}\"}"))'
expect "answer_of() takes its parameters as one JSON object" \
  'resource("a://x", "A", "A", "", answer_of("t", "a", "{"))'
begin_steps='prompt("p", "P", steps("Do it.", mistaken), {argument("x", "X")})'
expect_step() {
  local rule=$1 step=$2
  echo "constexpr Step mistaken[] = {$step};" >"$folder/step.hpp"
  expect "$rule" "$begin_steps" -include "$folder/step.hpp"
}
expect_step "none" '{"See {x}.", "t", "a", "{\"x\": \"{x|1}\"}"}, {"Say it."}'
expect_step "of steps() is no argument of the prompt" '{"See {y}."}'
expect_step "of steps() is no argument of the prompt" '{"See.", "t", "a", "{\"x\": \"{y}\"}"}'
expect_step "a step names a tool, an action and its parameters" '{"See.", "t"}'
exit "$failed"
