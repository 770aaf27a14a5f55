"""Requests that an OpenAPI document describes: one that keeps to it, and those of which one value does not."""

import copy
import json
import re
import urllib.parse

# A value of each type, for where another one is wanted.
OTHER_TYPE = {"string": 7, "integer": "seven", "number": "seven", "boolean": "perhaps", "array": 7, "object": 7}
NO_SUCH_NAME = "no_such_parameter"


class Request:
    """values: name -> value, of all places; wrong: the name of the one that is wrong, and how."""

    def __init__(self, operation, values, wrong=None, how=""):
        self.operation = operation
        self.values = values
        self.wrong = wrong
        self.how = how

    @property
    def method(self):
        return self.operation.method

    def target(self):
        path, query = self.operation.path, []
        for name, value in self.values.items():
            place = self.operation.place(name)
            if place == "path":
                path = path.replace("{" + name + "}", urllib.parse.quote(_text(value), safe=""))
            elif place == "query":
                each = value if isinstance(value, list) else [value]
                query += [(name, _text(one)) for one in each]
        return path + ("?" + urllib.parse.urlencode(query) if query else "")

    def body(self):
        """What is in no other place, or None where the operation has no body."""
        if self.operation.body is None:
            return None
        return {name: value for name, value in self.values.items() if self.operation.place(name) == "body"}

    def __repr__(self):
        how = f"{self.wrong} {self.how}" if self.wrong else "as described"
        return f"{self.operation.id} {how}: {self.method} {self.target()} {self.body()}"


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)


class Operation:
    """One method of one path. schemas: name -> schema of each parameter in path, query and body."""

    def __init__(self, document, path, method, described):
        self.path = path
        self.method = method.upper()
        self.id = described["operationId"]
        self.tool = described["tags"][0]
        self.action = ".".join(self.id.split(".")[:2])
        self.effect = described.get("x-effect")
        self.places, self.schemas, self.required = {}, {}, set()
        for parameter in described.get("parameters", []):
            self._take_parameter(_resolved(document, parameter))
        self.body = _json_of(described["requestBody"]) if "requestBody" in described else None
        self.schemas.update((self.body or {}).get("schema", {}).get("properties", {}))
        self.required.update((self.body or {}).get("schema", {}).get("required", []))

    def _take_parameter(self, parameter):
        if parameter["in"] == "header":
            return
        name = parameter["name"]
        self.places[name] = parameter["in"]
        self.schemas[name] = parameter["schema"] if "schema" in parameter else _json_of(parameter)["schema"]
        if parameter["required"]:
            self.required.add(name)

    def place(self, name):
        return self.places.get(name, "query" if self.body is None else "body")

    def examples(self):
        return [one["value"] for one in (self.body or {}).get("examples", {}).values()]

    def as_described(self, example):
        """The example's values that this form takes, and what it needs besides."""
        absent = sorted(self.required - set(example))
        # What is in a path may stand for something else of the example, beside which it is one too many.
        taken = self.required if any(self.place(name) == "path" for name in absent) else self.schemas
        values = {name: value for name, value in example.items() if name in taken}
        for name in absent:
            values[name] = some_value(self.schemas[name])
        return Request(self, values)

    def each_wrong(self, right):
        """Requests like the right one, each with one wrong value; never in a way that makes another path."""
        for name, schema in self.schemas.items():
            for how, value in _wrong_values(schema, self.place(name)):
                yield Request(self, {**right.values, name: value}, name, how)
        yield Request(self, {**right.values, NO_SUCH_NAME: 1}, NO_SUCH_NAME, "unknown")
        for name in sorted(self.required):
            if self.place(name) != "path":
                rest = {key: value for key, value in right.values.items() if key != name}
                yield Request(self, rest, name, "absent")


def operations(document):
    return [Operation(document, path, method, described)
            for path, methods in document["paths"].items() for method, described in methods.items()]


def _resolved(document, value):
    while "$ref" in value:
        found = document
        for word in value["$ref"].removeprefix("#/").split("/"):
            found = found[word]
        value = found
    return value


def _json_of(described):
    return described["content"]["application/json"]


def some_value(schema):
    """The least that fits."""
    if "default" in schema or "enum" in schema:
        return schema.get("default", schema.get("enum", [None])[0])
    if schema.get("type") == "array":
        return [some_value(schema.get("items", {})) for _ in range(schema.get("minItems", 0))]
    least = {"string": "x" * max(1, schema.get("minLength", 0)), "integer": schema.get("minimum", 1),
             "number": schema.get("minimum", 1), "boolean": True}
    return least.get(schema.get("type"), {})


def _wrong_values(schema, place):
    """(how, value), each wrong in its own way."""
    kind = schema.get("type")
    # Text is what everything in an address is, and a list of one there.
    if kind in OTHER_TYPE and not (place != "body" and kind in ("string", "array")):
        yield "of another type", OTHER_TYPE[kind]
    yield from _out_of_range(schema, place)
    if "enum" in schema:
        yield "in no list", "no-such-value"
    if "pattern" in schema and not re.search(schema["pattern"], "\t~"):
        yield "against the pattern", "\t~" * max(1, schema.get("minLength", 0))
    if kind == "array":
        for how, value in _wrong_values(schema.get("items", {}), place):
            yield "with an item " + how, [value] * max(1, schema.get("minItems", 0))


def _out_of_range(schema, place):
    if "minimum" in schema:
        yield "too small", schema["minimum"] - 1
    if "maximum" in schema:
        yield "too large", schema["maximum"] + 1
    if schema.get("minLength", 0) > 0 and place != "path":
        yield "too short", "x" * (schema["minLength"] - 1)
    # A longer address is none.
    if schema.get("maxLength", 1 << 30) < (1 << 20 if place == "body" else 4096):
        yield "too long", "x" * (schema["maxLength"] + 1)
    if schema.get("minItems", 0) > 0 and place == "body":
        yield "with too few items", []
    if schema.get("maxItems", 1 << 30) < (10000 if place == "body" else 200):
        item = some_value(schema.get("items", {}))
        yield "with too many items", [copy.deepcopy(item) for _ in range(schema["maxItems"] + 1)]
