// The errors of the audit log: {"code", "message", "details"}, the document's "rpcStatus". Free function.
#pragma once

#include <string_view>

#include "exchange/message.hpp"

namespace dockerhub::sandbox {

Answer audit_error(int status, std::string_view message);

}  // namespace dockerhub::sandbox
