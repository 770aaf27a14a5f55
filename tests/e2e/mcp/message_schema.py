"""Checks messages of the server against the published schema of revision 2025-11-25, when the variable
DOCKERHUB_SPECS names the folder that holds it."""

import json
import os
import pathlib

FOLDER = os.environ.get("DOCKERHUB_SPECS")
FILE = "mcp-schema-2025-11-25.json"

RESULTS = {
    "initialize": "InitializeResult",
    "ping": "EmptyResult",
    "logging/setLevel": "EmptyResult",
    "tools/list": "ListToolsResult",
    "tools/call": "CallToolResult",
    "resources/list": "ListResourcesResult",
    "resources/templates/list": "ListResourceTemplatesResult",
    "resources/read": "ReadResourceResult",
    "prompts/list": "ListPromptsResult",
    "prompts/get": "GetPromptResult",
    "completion/complete": "CompleteResult",
}


def _validators():
    if not FOLDER:
        return None
    import jsonschema  # Debian: python3-jsonschema

    schema = json.loads((pathlib.Path(FOLDER) / FILE).read_text())
    names = {"JSONRPCMessage", "ServerNotification", "ServerRequest", *RESULTS.values()}
    return {name: jsonschema.Draft202012Validator({**schema, "$ref": "#/$defs/" + name})
            for name in names}


_VALIDATORS = _validators()


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
    _VALIDATORS["JSONRPCMessage"].validate(message)
    if "method" in message:
        kind = "ServerRequest" if "id" in message else "ServerNotification"
        _VALIDATORS[kind].validate(message)
    elif "result" in message and message["id"] in sent_methods:
        result = RESULTS[sent_methods[message["id"]]]
        _VALIDATORS[result].validate(message["result"])
