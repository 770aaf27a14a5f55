// Messages of any client: what is taken has the form that the methods rely on, and what is refused gets an
// answer that is JSON and carries the id, if there is one.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "message.hpp"
#include "request_meta.hpp"

namespace {

namespace mcp = dockerhub::mcp;
namespace json = dockerhub::mcp::json;

// The id of an answer is the one that was sent, number or text.
void check_answer(const std::string& answer, const mcp::Id& id) {
  const auto parsed = json::parse(answer);
  if (!parsed) std::abort();
  const json::Value* its_id = json::find(*parsed, "id");
  if (its_id == nullptr || json::write(*its_id) != id) std::abort();
}

void look_at(const mcp::Message& message) {
  const bool has_id = message.kind != mcp::Message::Kind::notification;
  if (has_id == message.id.empty()) std::abort();
  if (message.params() != nullptr && !message.params()->IsObject()) std::abort();
  if (has_id) {
    check_answer(mcp::result_message(message.id, "{}"), message.id);
    check_answer(mcp::error_message(message.id, {mcp::code::kInternal, message.method, "{}"}),
                 message.id);
  }
  if (message.kind != mcp::Message::Kind::request) return;
  static_cast<void>(mcp::names_modern_version(message.body));
  const auto about = mcp::read_request_meta(message);
  if (about) static_cast<void>(mcp::check_version(about->version));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto body = json::parse({reinterpret_cast<const char*>(data), size});
  if (!body) return 0;
  const auto message = mcp::read_message(std::move(*body));
  if (message) {
    look_at(*message);
  } else {
    check_answer(mcp::error_message(message.error().id, message.error().error), message.error().id);
  }
  return 0;
}
