#include "bytes.hpp"

#include <cstdint>
#include <string>
#include <utility>

#include "server/base64.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

constexpr std::size_t kMilliseconds = 1000;  // of a second

web::Response head_of_bytes() {
  return {web::status::kOk, {{"Content-Type", std::string(kBytesType)}, {"Vary", "Accept"}}, {}};
}

std::optional<std::string> bytes_in(const json::Value& piece) {
  if (json::text_of(&piece, "encoding") != "base64") return std::nullopt;
  const json::Value* data = json::find_present(piece, "data");
  if (data == nullptr || !data->IsString()) return std::nullopt;
  return server::from_base64(json::view(*data));
}

std::optional<std::uint64_t> size_in(const json::Value& piece) {
  const json::Value* size = json::find_present(piece, "size");
  if (size == nullptr || !size->IsUint64()) return std::nullopt;
  return size->GetUint64();
}

Failure ended(ErrorKind kind, const char* message) {
  Error error;
  error.kind = kind;
  error.message = message;
  return Failure(std::move(error));
}

}  // namespace

// Only a piece begins the stream: an error before it keeps its status.
Bytes::Bytes(std::shared_ptr<web::Responder> reply, std::stop_token stop, bool is_head,
             std::chrono::milliseconds patience)
    : reply_(std::move(reply)), stop_(std::move(stop)), is_head_(is_head), patience_(patience) {}

Failure Bytes::break_off(ErrorKind kind, const char* message) {
  broken_ = true;
  return ended(kind, message);
}

Result<void> Bytes::put(std::string_view item) {
  using Clock = std::chrono::steady_clock;
  const auto piece = json::parse(item);
  const auto bytes = piece ? bytes_in(*piece) : std::nullopt;
  if (!bytes) return break_off(ErrorKind::module_fault, "an item is no piece of bytes");
  if (!reply_->streamed()) reply_->offer_stream(head_of_bytes(), size_in(*piece));
  reply_->event(*bytes);
  if (is_head_) return ended(ErrorKind::cancelled, "the client wants no byte");
  patience_ += std::chrono::milliseconds(bytes->size() * kMilliseconds / kSlowest);
  const auto begin = Clock::now();
  const bool read = reply_->wait_read(kMostUnread, stop_, patience_);
  patience_ -= std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  if (read) return {};
  return break_off(ErrorKind::cancelled,
                   "the client has gone or reads too slowly, or the server ends");
}

void Bytes::end(const web::Response& answer) {
  const bool failed = reply_->streamed() && answer.status >= web::status::kBadRequest;
  if (broken_ || failed) return reply_->cut();
  reply_->complete(answer, [] { return std::string(); });
}

}  // namespace dockerhub::rest
