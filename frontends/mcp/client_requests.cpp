#include "client_requests.hpp"

namespace dockerhub::mcp {
namespace {

Failure failure(ErrorKind kind, std::string message, std::string hint) {
  Error error;
  error.kind = kind;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<json::Document> result_of(std::string_view method, const json::Document& answer) {
  const json::Value* result = json::find(answer, "result");
  if (result != nullptr && result->IsObject()) return json::copy(*result);
  const std::string_view words = json::text_of(json::find(answer, "error"), "message");
  return failure(ErrorKind::unsupported,
                 "the client did not answer " + std::string(method) + ": " +
                     (words.empty() ? "its answer holds no result" : visible(words)),
                 "Use a client that supports " + std::string(method) + ".");
}

std::string take_back(std::string_view id) {
  return notification_message("notifications/cancelled", json::object([&](json::Writer& writer) {
                                writer.Key("requestId");
                                json::put_raw(writer, id);
                                json::put_member(writer, "reason",
                                                 "The call that asked has ended.");
                              }));
}

}  // namespace

Id ClientRequests::begin() {
  Id id = std::to_string(++last_id_);
  waiting_.emplace(id, Waiting{});
  return id;
}

Result<json::Document> ClientRequests::ask(const Send& send, std::string_view method,
                                           std::string_view params, const std::stop_token& stop,
                                           Clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  if (closed_) {
    return failure(ErrorKind::cancelled, "the client has gone before it was asked",
                   "Connect again.");
  }
  const Id id = begin();
  // Map nodes stay where they are while others come and go.
  Waiting& mine = waiting_.at(id);
  lock.unlock();
  send(request_message(id, method, params));
  lock.lock();
  answered_.wait_until(lock, stop, deadline, [&] { return mine.answer || closed_; });

  const bool gone = closed_;
  const std::optional<json::Document> answer = std::move(mine.answer);
  waiting_.erase(id);
  lock.unlock();
  if (answer) return result_of(method, *answer);
  if (gone)
    return failure(ErrorKind::cancelled, "the client has gone without answering", "Connect again.");
  send(take_back(id));
  if (stop.stop_requested()) {
    return failure(ErrorKind::cancelled, "cancelled while the client was asked", "Call again.");
  }
  return failure(ErrorKind::timeout,
                 "the client did not answer " + std::string(method) + " in time",
                 "Call again and answer the question, or give a larger timeout_ms.");
}

void ClientRequests::receive(Message response) {
  const std::lock_guard lock(mutex_);
  const auto found = waiting_.find(response.id);
  if (found == waiting_.end()) return;
  found->second.answer = std::move(response.body);
  answered_.notify_all();
}

void ClientRequests::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  answered_.notify_all();
}

}  // namespace dockerhub::mcp
