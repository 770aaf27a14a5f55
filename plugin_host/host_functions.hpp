// The kernel's side of the host functions: a request of the module's process becomes a call of the
// kernel's own function, through abi.h alone. Free functions; serve() on the thread that abi.h demands.
#pragma once

#include <string_view>
#include <vector>

#include "wire.hpp"

namespace dockerhub::plugin_host {

// Ids of the extensions that this host has, among those that can be sent as messages: all of abi.h.
std::vector<std::string_view> extensions_of(const dh_host* host);

// Runs the function and writes its reply. call: nullptr under kHostId, where only the functions without a
// call are served. False when the request breaks the protocol; nothing was run then.
bool serve(const dh_host* host, dh_call* call, const Message& request, FieldWriter& reply);

}  // namespace dockerhub::plugin_host
