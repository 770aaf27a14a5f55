"""Calls over MCP that ask before they do something."""

from mcp_process import Home, Server


def asked(case, tool, params, options=()):
    """A running sync of a HubTest, over a server with these options: (server, request, its first question)."""
    folder = Home()
    case.addCleanup(folder.remove)
    server = Server(folder, options, case.environment)
    case.addCleanup(server.__exit__)
    server.initialize(capabilities={"elicitation": {}})
    request = server.begin_call("sync", params, tool)
    return server, request, server.question("elicitation/create")
