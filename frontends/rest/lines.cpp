#include "lines.hpp"

#include <array>
#include <utility>

#include "problem.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

// Of an envelope, what the reader of its items has to know, too.
constexpr auto kRemarks = std::to_array<const char*>({"outcome", "warnings"});

web::Response head_of_lines() {
  return {web::status::kOk, {{"Content-Type", std::string(kLinesType)}, {"Vary", "Accept"}}, {}};
}

// Empty: it says nothing.
std::string remarks_of(const std::string& envelope_text) {
  const auto envelope = json::parse(envelope_text);
  bool any = false;
  std::string text = json::object([&](json::Writer& writer) {
    for (const char* name : kRemarks) {
      const json::Value* value = envelope ? json::find_present(*envelope, name) : nullptr;
      if (value == nullptr) continue;
      any = true;
      writer.Key(name);
      value->Accept(writer);
    }
  });
  return any ? text : std::string();
}

Error cut(bool too_slow) {
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = too_slow ? "the client reads too slowly: the list is not whole"
                           : "the client has gone, or the server ends: the list is not whole";
  error.hint = "Ask for less at once (_max_items), or read faster.";
  return error;
}

}  // namespace

// Only an item begins the stream: an error before it keeps its status.
Lines::Lines(std::shared_ptr<web::Responder> reply, std::stop_token stop, std::string instance,
             std::chrono::milliseconds patience)
    : reply_(std::move(reply)),
      stop_(std::move(stop)),
      instance_(std::move(instance)),
      patience_(patience) {}

Result<void> Lines::put(std::string_view item) {
  using Clock = std::chrono::steady_clock;
  if (!reply_->streamed()) reply_->offer_stream(head_of_lines());
  reply_->event(std::string(item) + '\n');
  const auto begin = Clock::now();
  const bool read = reply_->wait_read(kMostUnread, stop_, patience_);
  patience_ -= std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
  if (read) return {};
  broken_ = cut(patience_ <= std::chrono::milliseconds(0));
  return Failure(*broken_);
}

std::string Lines::last_line(const web::Response& answer) const {
  if (answer.status >= web::status::kBadRequest) return answer.body + '\n';
  if (broken_) return problem(*broken_, instance_).body + '\n';
  const std::string remarks = remarks_of(answer.body);
  return remarks.empty() ? remarks : remarks + '\n';
}

void Lines::end(const web::Response& answer) {
  reply_->complete(answer, [&] { return last_line(answer); });
}

}  // namespace dockerhub::rest
