// The conversation with one client in the revisions that begin with `initialize`, whatever carries
// it: takes messages as text, answers through a function. Lists and the handshake are answered at
// once; requests that run modules go to worker threads, at most kMaxRunning at a time.
//
// receive() is called by one thread at a time; everything else by any.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "change_notices.hpp"
#include "client.hpp"
#include "client_requests.hpp"
#include "dockerhub/kernel.hpp"
#include "exchange.hpp"
#include "handlers.hpp"
#include "message.hpp"
#include "running_requests.hpp"
#include "worker_pool.hpp"

namespace dockerhub::mcp {

class Session {
 public:
  static constexpr std::size_t kMaxRunning = 64;

  // send: takes one message, on any thread, and may block. principal: who calls, for the policy and
  // the audit. The kernel outlives the session.
  Session(Kernel& kernel, std::string principal, Send send);

  // One message, or an array of them. Never fails: what is wrong is told to the client.
  void receive(std::string_view text);

  // A message that the transport did not take, told to the client.
  void refuse(const RpcError& error);

  // The client will not answer any more: open questions end.
  void client_gone();
  // All requests should end soon; they are answered if they can be.
  void cancel_all();

  bool idle() const { return workers_.idle(); }
  // Readable (poll) when the last request has ended and was answered.
  int idle_event() const { return workers_.idle_event(); }

 private:
  // Takes the answer to one message; an empty text when there is none.
  using Answer = std::function<void(const std::string& message)>;
  struct Method;

  static const Method* find_method(std::string_view name);

  void receive_batch(const json::Document& messages);
  void receive_one(json::Document body, const Answer& answer);
  void receive_notification(const Message& notification);
  void receive_request(Message request, const Answer& answer);
  void start(const Method& method, Message request, const Answer& answer);

  Reply initialize(const Message& request);
  Reply ping(const Message& request);
  Reply set_level(const Message& request);
  Reply list(const Method& method, const Message& request) const;

  Kernel& kernel_;
  const std::string principal_;
  const Send send_;
  std::optional<Client> client_;
  LogLevel log_level_ = LogLevel::info;
  ClientRequests client_requests_;
  RunningRequests running_;
  ChangeNotices change_notices_;
  WorkerPool workers_{kMaxRunning};  // last: its threads use the others
};

}  // namespace dockerhub::mcp
