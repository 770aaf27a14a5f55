// Content parts and errors of a call in the form of the protocol. Free functions; any thread.
#pragma once

#include <optional>
#include <string>

#include "client.hpp"
#include "dockerhub/kernel.hpp"
#include "json.hpp"
#include "message.hpp"
#include "reply.hpp"

namespace dockerhub::mcp {

// One element of the "content" of a tool result. A kind that the revision does not know becomes
// text.
void put_content(json::Writer& writer, const Content& part, const Revision& revision);

// {"uri", "mimeType"?, "text"|"blob"}: one element of the "contents" of resources/read.
void put_resource(json::Writer& writer, const Content& part);

// What no result of a method can say: questions, and errors of the protocol itself (no such tool, a
// state that is not its own, a module that is at fault, which no other arguments would help; from
// revision 2026-07-28 on also a capability that the client lacks). nullopt: the result says it.
std::optional<Reply> protocol_reply(const CallResult& result, const Revision& revision);

// What a request other than tools/call is answered with when the kernel refuses or fails it.
RpcError rpc_error(const Error& error);

}  // namespace dockerhub::mcp
