// The answer to one HTTP request as the way out for its messages: JSON when nothing but the answer is
// sent, an event stream otherwise. Free functions; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "http/responder.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

// One message as an event. name: of the event, or empty.
std::string event_text(std::string_view message, std::string_view name = {});

// The head of an event stream that nothing on the way holds back.
web::Response stream_head();

// An answer that is no stream.
web::Response whole_answer(Answer answer);

// streams: the client reads event streams; otherwise it gets the answer alone.
Outlet http_outlet(const std::shared_ptr<web::Responder>& responder, bool streams);

}  // namespace dockerhub::mcp
