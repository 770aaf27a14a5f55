"""Rows that break a rule do not compile, and the compiler shows the rule; rows that break none compile.
Usage: mistakes.py COMPILER INCLUDE_DIRECTORY

Most of the time of such a small file is what all of them share, so that one run of the compiler sees them all. What it
says of each is told by its namespace and file; where that does not show the rule, a run for that one alone decides."""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# The rows of a module, and the rule that they break; None: they are right.
ROWS = [
    (None, 'action("a", read, "A", call(run))'),
    ("describe belongs to the kernel", 'action("describe", read, "A", call(run))'),
    ("two actions of a tool have the same name",
     'action("a", read, "A", call(run)), action("a", read, "B", call(run))'),
    (None, 'action("a", read, "A", call(run)), tool("t", "T"), action("a", read, "B", call(run))'),
    ("of a path template has no parameter", 'action("a", read, "A", GET("/v2/{x}"))'),
    ("a parameter in a path is required", 'action("a", read, "A", GET("/v2/{x}"), {string("x", "X")})'),
    ("names a parameter that its action does not have", 'action("a", read, "A", call(run)).positional("x")'),
    ("two parameters of an action have the same name",
     'action("a", read, "A", call(run), {string("x", "X"), string("x", "X")})'),
    ("sends GET, HEAD or a POST marked safe_query", 'action("a", read, "A", POST("/v2"))'),
    ("has the effect destructive", 'action("a", write, "A", DELETE("/v2"))'),
    ("a condition can only raise the effect",
     'action("a", destructive, "A", call(run), {string("x", "X")}).write_when("x")'),
    ("a secret parameter has neither example nor default",
     'action("a", read, "A", call(run), {string("x", "X").secret().example("y")})'),
    ("a secret parameter is of type string", 'action("a", read, "A", call(run), {integer("x", "X").secret()})'),
    (None, 'action("a", write, "A", call(run)).dry_run()'),
    ("dry_run() is for rows with call(handler)", 'action("a", write, "A", POST("/v2")).dry_run()'),
    (None, 'action("a", read, "A", call([](Context&) -> Status { return DH_OK; }))'),
    ("deleted function", 'action("a", read, "A", call([](Context&) -> Status { return true; }))'),
    (None, "watch([](Context&, std::string_view, bool) -> Status { return DH_OK; })"),
    ("example() takes one JSON object", r'action("a", read, "A", call(run)).example("{\"x\": [1}")'),
    (None, r'resource_template("a://{x}", "A", "A", "", answer_of("t", "a", "{\"x\": \"{x}\"}"))'),
    ("is no variable of the resource",
     r'resource_template("a://{x}", "A", "A", "", answer_of("t", "a", "{\"x\": \"{y}\"}"))'),
    ("answer_of() takes its parameters as one JSON object",
     'resource("a://x", "A", "A", "", answer_of("t", "a", "{"))'),
]
# The same of the steps of a prompt whose one argument is x.
STEPS = [
    (None, r'{"See {x}.", "t", "a", "{\"x\": \"{x|1}\"}"}, {"Say it."}'),
    ("of steps() is no argument of the prompt", '{"See {y}."}'),
    ("of steps() is no argument of the prompt", r'{"See.", "t", "a", "{\"x\": \"{y}\"}"}'),
    ("a step names a tool, an action and its parameters", '{"See.", "t"}'),
]
BEGIN = """\
#include <dockerhub/plugin.hpp>
using namespace dockerhub::sdk;
static inline Status run(Context& ctx) { return ctx.done(); }
"""
# A library has one entry; here each module has one of another name.
MODULE = """\
#undef dockerhub_module_entry
#define dockerhub_module_entry dockerhub_module_entry_of_{name}
namespace {name} {{
{before}
DOCKERHUB_MODULE(module("mistakes", "1.0.0"), {rows})
}}
"""


class Case:
    """Rows in a file and a namespace of their own."""

    def __init__(self, folder, number, rule, rows, before=""):
        self.name = f"rows_{number}"
        self.rule = rule
        self.rows = before or rows
        self.file = folder / f"{self.name}.hpp"
        self.file.write_text(MODULE.format(name=self.name, before=before, rows=rows))

    def is_meant(self, said):
        return re.search(rf"\b{self.name}(\.hpp|::)", said) is not None


class Compiler:
    def __init__(self, command, include, folder):
        # Of a warning nothing follows, and it would stand before the next error as if it belonged there.
        self.command = [command, "-std=c++20", "-w", "-I", include]
        self.environment = {**os.environ, "LC_ALL": "C"}
        self.folder = folder
        self.begin = folder / "begin.hpp"
        self.begin.write_text(BEGIN)
        subprocess.run([*self.command, "-x", "c++-header", self.begin, "-o", f"{self.begin}.gch"], check=True)

    def run(self, cases):
        """Whether the cases compile together, and what the compiler says."""
        source = self.folder / "all.cpp"
        source.write_text("".join(f'#include "{case.file}"\n' for case in cases))
        done = subprocess.run([*self.command, "-fsyntax-only", "-include", self.begin, source],
                              env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                              check=False)
        return done.returncode == 0, done.stdout


def errors_in(output):
    """Each error with all that belongs to it: what led to it stands before, its notes after it."""
    errors, before = [], []
    for line in output.splitlines():
        before.append(line)
        if ": error:" in line:
            errors.append(before)
        elif errors and (": note:" in line or re.match(r" *\d* \|", line)):
            errors[-1] += before
        else:
            continue
        before = []
    return ["\n".join(error) for error in errors]


def fault_of(compiler, case):
    """What is wrong with a case that is compiled alone, or None."""
    compiles, said = compiler.run([case])
    if case.rule is None:
        return None if compiles else f"breaks no rule, but does not compile: {case.rows}\n{said}"
    if compiles:
        return f"compiles, but breaks the rule: {case.rule}"
    return None if case.rule in said else f"the compiler does not show the rule: {case.rule}\n{said}"


def undecided(compiler, cases):
    """The cases of which a run for all of them does not show that they are as they should be."""
    right = [case for case in cases if case.rule is None]
    compile_together, _ = compiler.run(right)
    wrong = [case for case in cases if case.rule is not None]
    errors = errors_in(compiler.run(wrong)[1])
    return ([] if compile_together else right) + [
        case for case in wrong if not any(case.is_meant(error) and case.rule in error for error in errors)]


def cases_in(folder):
    for number, (rule, rows) in enumerate(ROWS):
        yield Case(folder, number, rule, rows)
    for number, (rule, steps) in enumerate(STEPS, len(ROWS)):
        yield Case(folder, number, rule, 'prompt("p", "P", steps("Do it.", list), {argument("x", "X")})',
                   f"constexpr Step list[] = {{{steps}}};")


def main(command, include):
    with tempfile.TemporaryDirectory(prefix="dockerhub-mistakes-") as name:
        folder = pathlib.Path(name)
        compiler = Compiler(command, include, folder)
        cases = list(cases_in(folder))
        alone = undecided(compiler, cases)
        faults = [fault for fault in (fault_of(compiler, case) for case in alone) if fault]
    print(f"{len(cases)} modules, of which {len(alone)} had to be compiled alone")
    print(*faults, sep="\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
