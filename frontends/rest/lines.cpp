#include "lines.hpp"

#include <string>
#include <utility>

namespace dockerhub::rest {
namespace {

web::Response head() {
  return {web::status::kOk, {{"Content-Type", std::string(kLinesType)}}, {}};
}

}  // namespace

// Only an item begins the stream: an error before it keeps its status.
Lines::Lines(std::shared_ptr<web::Responder> reply, std::stop_token stop)
    : reply_(std::move(reply)), stop_(std::move(stop)) {}

Result<void> Lines::put(std::string_view item) {
  if (!reply_->streamed()) reply_->offer_stream(head());
  reply_->event(std::string(item) + '\n');
  if (reply_->wait_read(kMostUnread, stop_)) return {};
  Error error;
  error.kind = ErrorKind::cancelled;
  error.message = "the client has gone, or the server ends";
  return Failure(std::move(error));
}

void Lines::end(const web::Response& answer) {
  const bool failed = answer.status >= web::status::kBadRequest;
  const web::Response empty = head();
  reply_->complete(failed ? answer : empty, failed ? answer.body + '\n' : std::string());
}

}  // namespace dockerhub::rest
