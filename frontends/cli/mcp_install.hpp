// `dockerhub mcp install`: the entry that starts dockerhub-mcp, in the configuration file of a client.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "builtin.hpp"
#include "mcp_clients.hpp"

namespace dockerhub::cli {

// The text of a client's file with what is wanted in it; nullopt where it is there already. What is there stays,
// the path of the program is made the present one. Errors (configuration): a text that this program does not
// change, since it is no JSON (comments count) or of another form, or its entry of that name is another server's
// (it starts no dockerhub-mcp itself, or has an address); they name `origin`.
Result<std::optional<std::string>> with_client_document(const McpClient& client,
                                                        std::string_view text,
                                                        const json::Value& wanted,
                                                        const std::string& origin);

// The server that is installed beside this program.
Result<std::string> installed_server();

// `dry_run`: nothing is written. Gives the exit code.
Result<int> mcp_install(const ParsedOptions& parsed, bool dry_run, const Output& output);

}  // namespace dockerhub::cli
