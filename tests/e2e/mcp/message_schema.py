"""Checks messages of the server against the published schema of the revision that they belong to, when the
variable DOCKERHUB_SPECS names the folder that holds the schemas. test_message_schema.py says where it does not."""

import json
import os
import pathlib
import re

FOLDER = pathlib.Path(os.environ.get("DOCKERHUB_SPECS") or "/nonexistent")
OLDER, LEGACY, MODERN = "2025-06-18", "2025-11-25", "2026-07-28"
VERSION = "io.modelcontextprotocol/protocolVersion"
SUBSCRIPTION = "io.modelcontextprotocol/subscriptionId"

COMMON = {
    "tools/list": "ListToolsResult",
    "tools/call": "CallToolResult",
    "resources/list": "ListResourcesResult",
    "resources/templates/list": "ListResourceTemplatesResult",
    "resources/read": "ReadResourceResult",
    "prompts/list": "ListPromptsResult",
    "prompts/get": "GetPromptResult",
    "completion/complete": "CompleteResult",
}
WITH_SESSION = {**COMMON, "initialize": "InitializeResult", "ping": "EmptyResult",
                "logging/setLevel": "EmptyResult", "resources/subscribe": "EmptyResult",
                "resources/unsubscribe": "EmptyResult"}
RESULTS = {
    OLDER: WITH_SESSION,
    LEGACY: WITH_SESSION,
    MODERN: {**COMMON, "server/discover": "DiscoverResult",
             "subscriptions/listen": "SubscriptionsListenResult"},
}
# Of the tasks extension, which has no published schema: what its methods answer, and what tells of a task.
TASK_METHODS = {"tasks/get", "tasks/update", "tasks/cancel"}
TASK = {"taskId": str, "status": str, "createdAt": str, "lastUpdatedAt": str, "ttlMs": int, "pollIntervalMs": int}
TASK_EXTRA = {"working": None, "cancelled": None, "input_required": "inputRequests", "completed": "result",
              "failed": "error"}
OTHERS = {OLDER: {"ServerRequest"}, LEGACY: {"ServerRequest"}, MODERN: {"InputRequiredResult"}}


def file_of(revision):
    return FOLDER / f"mcp-schema-{revision}.json"


def _validators(revision):
    import jsonschema  # Debian: python3-jsonschema

    schema = json.loads(file_of(revision).read_text())
    place = "$defs" if "$defs" in schema else "definitions"
    draft = jsonschema.validators.validator_for(schema)
    names = {"JSONRPCMessage", "ServerNotification", *OTHERS[revision], *RESULTS[revision].values()}
    return {name: draft({**schema, "$ref": f"#/{place}/{name}"}) for name in names}


_HAS_ALL = all(file_of(revision).exists() for revision in RESULTS)
_VALIDATORS = {revision: _validators(revision) for revision in RESULTS} if _HAS_ALL else None


class Sent:
    """What a client sent to one server or in one session: the server's messages are answers to it, and of its
    revision. A process may speak several revisions."""

    def __init__(self, revision=None):
        self.methods = {}         # id -> method of the requests
        self.revision = revision  # of what belongs to no request; None: of any that was spoken
        self.legacy = LEGACY      # what `initialize` agreed on
        self._modern = {}         # id or progress token -> whether its requests are of MODERN

    @classmethod
    def over_http(cls, body, headers):
        """Of one request that has no session."""
        version = {name.lower(): value for name, value in (headers or {}).items()}.get("mcp-protocol-version")
        sent = cls(MODERN if version == MODERN else None)
        if version and version != MODERN:
            sent.legacy = version
        sent.add(body)
        return sent

    def add(self, message):
        """A message of the client, or a batch; anything else is passed over."""
        for each in message if isinstance(message, list) else [message]:
            if not isinstance(each, dict) or "method" not in each or not isinstance(each.get("id"), (str, int)):
                continue
            about = each.get("params")
            about = about.get("_meta") if isinstance(about, dict) else None
            about = about if isinstance(about, dict) else {}
            if self.methods.setdefault(each["id"], each["method"]) != each["method"]:
                self.methods[each["id"]] = None  # an id that was used again
            self._modern.setdefault(("id", each["id"]), set()).add(VERSION in about)
            if isinstance(about.get("progressToken"), (str, int)):
                self._modern.setdefault(("token", about["progressToken"]), set()).add(VERSION in about)

    def revisions_of(self, message):
        """Those that a message of the server may be of."""
        params = message.get("params", {}) if "method" in message else {}
        if SUBSCRIPTION in params.get("_meta", {}):
            return {MODERN}
        key = ("token", params.get("progressToken")) if "method" in message else ("id", message.get("id"))
        eras = self._modern.get(key)
        if eras is None and self.revision:
            return {self.revision}
        if eras is None:
            eras = set().union(*self._modern.values()) or {False}
        return {MODERN if modern else self.legacy for modern in eras}


def check(message, sent):
    """Raises when the message is not of the published form. sent: what the client sent."""
    if isinstance(message, list):
        assert message, "an empty batch"
        for each in message:
            check(each, sent)
        return
    assert message["jsonrpc"] == "2.0", message
    method = sent.methods.get(message.get("id")) if "method" not in message else None
    if method == "initialize" and "result" in message:
        sent.legacy = message["result"]["protocolVersion"]
    if _VALIDATORS is None:
        return
    faults = []
    for revision in sorted(sent.revisions_of(message)):
        # Of the two revisions before OLDER there is no schema; what they have is in its.
        fault = _fault(message, method, revision if revision in _VALIDATORS else OLDER)
        if fault is None:
            return
        faults.append(fault)
    raise faults[0]


def _fault(message, method, revision):
    try:
        _check_as(message, method, revision)
    except Exception as fault:  # of the validator, or an assertion
        return fault
    return None


def _check_as(message, method, revision):
    validators = _VALIDATORS[revision]
    if "error" in message and message["id"] is None:
        # JSON-RPC 2.0 answers what it could not read with the id null, the schemas with none, or with any.
        message = {key: value for key, value in message.items() if key != "id"}
        if revision == OLDER:
            message["id"] = 0
    validators["JSONRPCMessage"].validate(message)
    if "method" in message and "id" in message:
        assert revision != MODERN, f"the server asks nothing in {MODERN}: {message}"
        validators["ServerRequest"].validate(message)
    elif "method" in message:
        validators["ServerNotification"].validate(message)
    elif "result" in message:
        _check_result(message["result"], method, revision, validators)


def _check_result(result, method, revision, validators):
    kind = result.get("resultType")
    assert (kind is not None) == (revision == MODERN), f"{revision}: {result}"
    name = RESULTS[revision].get(method)
    if kind == "input_required":
        name = "InputRequiredResult"
    elif kind == "task":
        assert method == "tools/call", f"{method} is answered with a task"
        _check_task(result)
        name = None
    elif method in TASK_METHODS:
        assert kind == "complete", result
        _check_task_answer(result, method, validators)
    if name:
        validators[name].validate(result)


def _check_task_answer(result, method, validators):
    if method != "tasks/get":
        assert set(result) <= {"resultType", "_meta"}, result
        return
    _check_task(result)
    for status, name in TASK_EXTRA.items():
        if name:
            assert (name in result) == (result["status"] == status), result
    if "result" in result:
        validators["CallToolResult"].validate(result["result"])
    if "inputRequests" in result:
        validators["InputRequiredResult"].validate(
            {"resultType": "input_required", "inputRequests": result["inputRequests"]})
    if "error" in result:
        validators["JSONRPCMessage"].validate({"jsonrpc": "2.0", "id": 1, "error": result["error"]})


def _check_task(task):
    for name, kind in TASK.items():
        assert type(task.get(name)) is kind, f"{name} of {task}"
    assert task["status"] in TASK_EXTRA, task
    for name in ("createdAt", "lastUpdatedAt"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", task[name]), task
    assert task["ttlMs"] > 0 and task["pollIntervalMs"] > 0, task
