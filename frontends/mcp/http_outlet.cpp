#include "http_outlet.hpp"

#include <utility>

#include "message.hpp"

namespace dockerhub::mcp {

std::string event_text(std::string_view message, std::string_view name) {
  std::string text;
  if (!name.empty()) text.append("event: ").append(name).append("\n");
  const std::size_t begin = text.append("data: ").size();
  text.append(message);
  blank_line_ends(text, begin);
  text.append("\n\n");
  return text;
}

web::Response whole_answer(Answer answer) {
  // An answer that nobody wants any more is none.
  if (answer.message.empty()) return {web::status::kAccepted, {}, {}};
  return web::json_response(answer.http_status, std::move(answer.message));
}

web::Response stream_head() {
  return {web::status::kOk,
          {{"Content-Type", "text/event-stream"},
           {"Cache-Control", "no-store"},
           {"X-Accel-Buffering", "no"}},
          {}};
}

Outlet http_outlet(const std::shared_ptr<web::Responder>& responder, bool streams) {
  Outlet outlet;
  outlet.gone = responder->gone();
  outlet.answer = [responder](Answer answer) {
    const web::Response whole = whole_answer(std::move(answer));
    responder->complete(
        whole, [&whole] { return whole.body.empty() ? std::string() : event_text(whole.body); });
  };
  if (!streams) {
    outlet.send = [](std::string_view /*message*/) {};
    return outlet;
  }
  responder->offer_stream(stream_head());
  outlet.send = [responder](std::string_view message) { responder->event(event_text(message)); };
  outlet.open = [responder] { responder->begin_stream(); };
  return outlet;
}

}  // namespace dockerhub::mcp
