// The body of a request: one JSON object, or nothing. Any thread.
#pragma once

#include <optional>
#include <tl/expected.hpp>

#include "http/message.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {

// nullopt: none. Its text is wiped. Error: the refusal (400, 415).
tl::expected<std::optional<server::json::Document>, web::Response> take_body(web::Request& request);

}  // namespace dockerhub::rest
