"""Checks messages of the server against the published schemas of revisions 2025-11-25 and 2026-07-28,
when the variable DOCKERHUB_SPECS names the folder that holds them."""

import json
import os
import pathlib

FOLDER = os.environ.get("DOCKERHUB_SPECS")
LEGACY, MODERN = "2025-11-25", "2026-07-28"

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
RESULTS = {
    LEGACY: {**COMMON, "initialize": "InitializeResult", "ping": "EmptyResult",
             "logging/setLevel": "EmptyResult", "resources/subscribe": "EmptyResult",
             "resources/unsubscribe": "EmptyResult"},
    MODERN: {**COMMON, "server/discover": "DiscoverResult",
             "subscriptions/listen": "SubscriptionsListenResult"},
}
OTHERS = {LEGACY: {"ServerRequest"}, MODERN: {"InputRequiredResult"}}


def _validators(revision):
    import jsonschema  # Debian: python3-jsonschema

    schema = json.loads((pathlib.Path(FOLDER) / f"mcp-schema-{revision}.json").read_text())
    names = {"JSONRPCMessage", "ServerNotification", *OTHERS[revision], *RESULTS[revision].values()}
    return {name: jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/" + name})
            for name in names}


_VALIDATORS = {revision: _validators(revision) for revision in (LEGACY, MODERN)} if FOLDER else None


def _revision(message):
    """Results of the newer revision have a type; so have the notices of its streams a name."""
    result = message.get("result")
    if isinstance(result, dict):
        return MODERN if "resultType" in result else LEGACY
    about = message.get("params", {}).get("_meta", {}) if "method" in message else {}
    return MODERN if "io.modelcontextprotocol/subscriptionId" in about else LEGACY


def check(message, sent_methods):
    """Raises jsonschema.ValidationError. sent_methods: id -> method of those requests
    of the client whose result is checked, too."""
    if isinstance(message, list):
        for each in message:
            check(each, sent_methods)
        return
    assert message["jsonrpc"] == "2.0", message
    if _VALIDATORS is None:
        return
    if "error" in message and message["id"] is None:
        # JSON-RPC 2.0 answers what it could not read with the id null, the schema with none.
        message = {key: value for key, value in message.items() if key != "id"}
    revision = _revision(message)
    validators = _VALIDATORS[revision]
    validators["JSONRPCMessage"].validate(message)
    if "method" in message:
        kind = "ServerRequest" if "id" in message else "ServerNotification"
        validators[kind].validate(message)
    elif "result" in message and message["id"] in sent_methods:
        result = RESULTS[revision].get(sent_methods[message["id"]])
        kind = message["result"].get("resultType")
        if kind == "input_required":
            result = "InputRequiredResult"
        elif kind == "task":
            result = None  # of an extension, which has no published schema here
        if result:
            validators[result].validate(message["result"])
