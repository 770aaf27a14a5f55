"""What was promised with ABI 1.0 holds: each declaration of the frozen abi.h is in the present one unchanged, a struct
with a size only grew at its end, and what the frozen manifest schema takes, the present one takes."""
import json
import os
import re
import unittest
from pathlib import Path

SOURCE = Path(os.environ["DOCKERHUB_SOURCE_DIR"])
FROZEN = SOURCE / "tests/abi/1.0"
PRESENT_HEADER = SOURCE / "kernel/include/dockerhub/abi.h"
PRESENT_SCHEMA = SOURCE / "kernel/share/manifest-1.schema.json"


def declarations(header):
    """The macros, and what ends with a semicolon at the outermost level, by name and without comments."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S).replace("\\\n", " ")
    macros = {}
    for name, value in re.findall(r"^#define (\w+(?:\([^)]*\))?)[ \t]*(.*)$", text, re.M):
        macros[name] = " ".join(value.split())
    rest = re.sub(r'^#.*$|extern "C" \{|\} ?$(?=\s*#endif)', "", text, flags=re.M)
    found = {}
    depth, start = 0, 0
    for at, letter in enumerate(rest):
        depth += (letter == "{") - (letter == "}")
        if letter == ";" and depth == 0:
            statement = " ".join(rest[start:at].split())
            start = at + 1
            name = re.match(r"(?:typedef )?struct \w+(?= \{)", statement)
            found[name.group().removeprefix("typedef ") if name else statement] = statement
    return macros, found


# Macros that number something; every other number is a status.
NUMBERS = ("DH_EFFECT", "DH_CONTENT", "DH_OUTCOME", "DH_CREDENTIAL", "DH_LOG", "DH_KIND")
NO_NUMBERS = {"DH_ABI_MAJOR", "DH_ABI_MINOR", "DH_STATE_MAX"}


def doubled_numbers(macros):
    """The macros that have the number of another one of their kind."""
    taken, doubled = {}, []
    for name, value in macros.items():
        if name in NO_NUMBERS or not re.fullmatch(r"\(?-?\d+\)?", value):
            continue
        kind = next((kind for kind in NUMBERS if name.startswith(kind + "_")), "status")
        if taken.setdefault((kind, int(value.strip("()"))), name) != name:
            doubled.append(name)
    return doubled


def directives(header):
    """What the preprocessor is told but for macros: no packing, and nothing that is there or not by a condition."""
    text = re.sub(r"/\*.*?\*/", " ", header, flags=re.S)
    found = [" ".join(line.split()) for line in re.findall(r"^\s*#\s*(.*)$", text, re.M)]
    return [line for line in found if not line.startswith("define ")]


def functions_by_mark(header):
    """The function pointers, by whether the comment right before them says from which thread they may be called."""
    found = {True: [], False: []}
    for comment, name in re.findall(r"(/\*(?:(?!\*/).)*\*/)?\s*(?:const )?\w+\*? \(\*(\w+)\)\(", header, re.S):
        found[re.match(r"/\* \[(any|call)[\],]", comment) is not None].append(name)
    return found


def members(struct):
    """The members of a struct, in their order."""
    body = struct[struct.index("{") + 1 : struct.rindex("}")]
    return [" ".join(member.split()) for member in body.split(";") if member.strip()]


def broken_declarations(frozen, present):
    """What the present header breaks of the frozen one."""
    old_macros, old = declarations(frozen)
    new_macros, new = declarations(present)
    broken = doubled_numbers(new_macros)
    if directives(present) != directives(frozen):
        broken.append("directives")
    for name, value in old_macros.items():
        if name == "DH_ABI_MINOR":
            if int(new_macros.get(name, -1)) < int(value):
                broken.append(name)
        elif new_macros.get(name) != value:
            broken.append(name)
    for name, statement in old.items():
        if name not in new:
            broken.append(name)
        elif "{" in statement:
            kept, now = members(statement), members(new[name])
            grows = kept[0] == "uint32_t size" or kept[1:2] == ["uint32_t size"]
            if now[: len(kept)] != kept or (not grows and now != kept):
                broken.append(name)
        elif new[name] != statement:
            broken.append(name)
    return broken


def as_set(types):
    return set(types) if isinstance(types, list) else {types}


# What a keyword of the present schema may be, compared with the frozen one; an absent one is None.
WIDER = {
    "type": lambda old, new: new is None or (old is not None and as_set(old) <= as_set(new)),
    "enum": lambda old, new: new is None or (old is not None and all(value in new for value in old)),
    "required": lambda old, new: set(new or []) <= set(old or []),
    "additionalProperties": lambda old, new: new in (None, True) or new == old,
    "pattern": lambda old, new: new is None or new == old,
    "$ref": lambda old, new: new == old,
    **dict.fromkeys(("maxLength", "maxItems", "maximum"), lambda old, new: new is None or (old is not None and new >= old)),
    **dict.fromkeys(("minLength", "minItems", "minimum"), lambda old, new: not new or (old is not None and new <= old)),
}
SAYS_NOTHING = {"$schema", "id", "title", "description"}
CONTAINERS = {"properties", "definitions", "items"}


def narrowed(old, new, where=""):
    """Where the present schema refuses something that the frozen one took. Keys that had no meaning then may have one
    now: a manifest has no keys of its own."""
    found = []
    for keyword in (old.keys() | new.keys()) - SAYS_NOTHING - CONTAINERS:
        is_wider = WIDER.get(keyword)
        if not (is_wider(old.get(keyword), new.get(keyword)) if is_wider else old.get(keyword) == new.get(keyword)):
            found.append(f"{where}/{keyword}")
    for container in ("properties", "definitions"):
        for name, schema in old.get(container, {}).items():
            there = new.get(container, {}).get(name)
            place = f"{where}/{container}/{name}"
            found += [place] if there is None else narrowed(schema, there, place)
    if "items" in new:
        found += narrowed(old["items"], new["items"], f"{where}/items") if "items" in old else [f"{where}/items"]
    return found


class Header(unittest.TestCase):
    def setUp(self):
        self.frozen = (FROZEN / "abi.h").read_text(encoding="utf-8")

    def test_nothing_that_was_declared_changed(self):
        self.assertEqual(broken_declarations(self.frozen, PRESENT_HEADER.read_text(encoding="utf-8")), [])

    def test_all_of_it_is_compared(self):
        macros, statements = declarations(self.frozen)
        self.assertEqual({name: macros[name] for name in ("DH_ABI_MAJOR", "DH_ABI_MINOR", "DH_SUSPENDED", "DH_CALL_1")},
                         {"DH_ABI_MAJOR": "1", "DH_ABI_MINOR": "0", "DH_SUSPENDED": "(-14)", "DH_CALL_1": '"call/1"'})
        structs = [name for name in statements if name.startswith("struct ")]
        opaque = [name for name in statements if re.fullmatch(r"typedef struct \w+ \w+", name)]
        self.assertEqual(len(structs) + len(opaque), self.frozen.count("struct dh_"))
        self.assertIn("typedef int32_t dh_status", statements)
        self.assertEqual(members(statements["struct dh_digest_1"])[2],
                         "dh_status (*open)(dh_call* call, dh_str algorithm, dh_handle* digest)")

    def test_each_function_says_from_which_thread_it_may_be_called(self):
        header = PRESENT_HEADER.read_text(encoding="utf-8")
        found = functions_by_mark(header)
        self.assertEqual(found[False], [])
        self.assertEqual(len(found[True]), header.count(")("), "all of them are looked at")
        marked = "  /* [call] Removes a named entry."
        self.assertEqual(functions_by_mark(header.replace(marked, "  /* Removes a named entry."))[False], ["remove"])

    def changed(self, old, new):
        self.assertEqual(self.frozen.count(old), 1, old)
        return broken_declarations(self.frozen, self.frozen.replace(old, new))

    def test_a_change_would_be_seen(self):
        for old, new, name in (
            ("#define DH_E_LIMIT (-8)", "#define DH_E_LIMIT (-18)", "DH_E_LIMIT"),
            ("#define DH_ABI_MAJOR 1", "#define DH_ABI_MAJOR 2", "DH_ABI_MAJOR"),
            ("typedef int32_t dh_status;", "typedef int64_t dh_status;", "typedef int32_t dh_status"),
            ("int64_t retry_after_ms;", "int32_t retry_after_ms;", "struct dh_error"),
            ("  int32_t kind;\n", "", "struct dh_content"),
            ("  int32_t kind;\n", "  int32_t other;\n  int32_t kind;\n", "struct dh_content"),
            ("(*warn)(dh_call* call, dh_str text)", "(*warn)(dh_call* call, dh_bytes text)", "struct dh_call_1"),
            ("} dh_bytes;", "  int more;\n} dh_bytes;", "struct dh_bytes"),
            ("typedef struct dh_str {", "#pragma pack(push, 1)\ntypedef struct dh_str {", "directives"),
            ("typedef struct dh_str {", "  # undef DH_OK\ntypedef struct dh_str {", "directives"),
            ("typedef struct dh_str {", "#if 0\ntypedef struct dh_str {", "directives"),
            ("#define DH_OK 0", "#define DH_OK 0\n#define DH_E_NEW (-7)", "DH_E_TIMEOUT"),
            ("#define DH_OK 0", "#define DH_OK 0\n#define DH_TRY_AGAIN 2", "DH_REWIND"),
            ("#define DH_KIND_ACTION 1", "#define DH_KIND_TASK 3\n#define DH_KIND_ACTION 1", "DH_KIND_RESOURCE"),
        ):
            with self.subTest(new):
                self.assertIn(name, self.changed(old, new))

    def test_what_may_grow_may_grow(self):
        extension = "#define DH_KIND_TASK 4\ntypedef struct dh_task_1 { uint32_t size; } dh_task_1;\n"
        for old, new in (("} dh_digest_1;", "  dh_status (*reset)(dh_call* call, dh_handle digest);\n} dh_digest_1;"),
                         ("#define DH_ABI_MINOR 0", "#define DH_ABI_MINOR 3"),
                         ("} dh_content;", "  dh_str title;\n} dh_content;"),
                         ("typedef uint64_t dh_handle;", "typedef uint64_t dh_handle;\n" + extension)):
            with self.subTest(new):
                self.assertEqual(self.changed(old, new), [])


class Schema(unittest.TestCase):
    def setUp(self):
        self.frozen = json.loads((FROZEN / "manifest-1.schema.json").read_text(encoding="utf-8"))

    def test_what_was_valid_is_valid(self):
        self.assertEqual(narrowed(self.frozen, json.loads(PRESENT_SCHEMA.read_text(encoding="utf-8"))), [])

    def changed(self, path, value):
        present = json.loads(json.dumps(self.frozen))
        *folders, last = path.split("/")
        at = present
        for name in folders:
            at = at[name]
        if value is None:
            del at[last]
        else:
            at[last] = value
        return narrowed(self.frozen, present)

    def test_a_narrower_rule_would_be_seen(self):
        for path, value in (("required", ["manifest", "name", "version", "abi", "tools", "title"]),
                            ("definitions/effect/enum", ["read", "write"]),
                            ("definitions/line/maxLength", 100),
                            ("definitions/line/minLength", 1),
                            ("definitions/prose/pattern", "^[a-z]*$"),
                            ("definitions/tool/additionalProperties", False),
                            ("definitions/action/properties/title", None),
                            ("definitions/action/properties/idempotent/type", "string"),
                            ("definitions/parameter/properties/minimum/maximum", 9),
                            ("properties/tools/items/$ref", "#/definitions/setting"),
                            ("definitions/prompt/properties/arguments/items/required", ["name", "description"])):
            with self.subTest(path):
                self.assertTrue(self.changed(path, value))

    def test_a_wider_rule_is_none(self):
        for path, value in (("required", ["manifest", "name"]), ("definitions/line/maxLength", 300),
                            ("definitions/effect/enum", ["read", "write", "destructive", "unknown"]),
                            ("definitions/action/properties/icon", {"type": "string"}),
                            ("definitions/variable/pattern", None)):
            with self.subTest(path):
                self.assertEqual(self.changed(path, value), [])


if __name__ == "__main__":
    unittest.main()
