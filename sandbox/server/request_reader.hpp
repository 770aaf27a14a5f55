// A request of Poco's turned into ours, with its whole body.
#pragma once

#include <Poco/Net/HTTPServerRequest.h>

#include <optional>

#include "exchange/message.hpp"

namespace dockerhub::sandbox {

enum class ReadOutcome { whole, too_large, broken };

// `scheme` is that of the listener. `broken`: the body ended early.
ReadOutcome read_request(Poco::Net::HTTPServerRequest& from, const std::string& scheme,
                         Request& to);

}  // namespace dockerhub::sandbox
