// The conversation with one client in the revisions that begin with `initialize`, whatever carries it.
// Lists and the handshake are answered at once; requests that run modules go to worker threads, at most
// kMaxRunning at a time.
//
// receive() is called by one thread at a time; everything else by any.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "client.hpp"
#include "client_requests.hpp"
#include "exchange.hpp"
#include "handlers.hpp"
#include "message.hpp"
#include "outlet.hpp"
#include "running_requests.hpp"
#include "server/principal.hpp"
#include "service.hpp"

namespace dockerhub::mcp {

class Session : public std::enable_shared_from_this<Session> {
 public:
  static constexpr std::size_t kMaxRunning = 64;
  // Messages in one array; they are answered on the thread of receive().
  static constexpr std::size_t kMostInBatch = kMaxRunning;

  // notices: takes what belongs to no request (changes). principal: who calls, for the policy and the
  // audit. tools: that the client wants to see; nullptr: all of the server's.
  static std::shared_ptr<Session> create(const Service& service, server::Principal principal,
                                         Send notices,
                                         std::shared_ptr<const ToolView> tools = nullptr);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  const server::Principal& principal() const { return principal_; }
  // That both speak; nullptr before the handshake. Thread of receive().
  const Revision* revision() const { return client_ ? client_->revision : nullptr; }

  // One message, or an array of them. Never fails: what is wrong is told to the client.
  void receive(json::Document message, const Outlet& outlet);

  // The client will not answer any more: open questions end.
  void client_gone();
  // All requests should end soon; they are answered if they can be.
  void cancel_all();

  std::size_t running() const { return running_.size(); }

 private:
  struct Method;

  Session(const Service& service, server::Principal principal, Send notices,
          std::shared_ptr<const ToolView> tools);
  static const Method* find_method(std::string_view name);

  void receive_batch(const json::Document& messages, const Outlet& outlet);
  void receive_one(json::Document body, const Outlet& outlet);
  void receive_notification(const Message& notification);
  void receive_request(Message request, const Outlet& outlet);
  void start(const Method& method, Message request, const Outlet& outlet);

  Reply initialize(const Message& request);
  Reply ping(const Message& request);
  Reply set_level(const Message& request);
  Reply work(const Method& method, const Exchange::Connection& connection, const Message& request,
             const std::stop_token& stop);
  Reply subscribe(const Message& request, const std::stop_token& stop);
  Reply unsubscribe(const Message& request);
  Reply list_tools(const Message& request);
  Reply list(const Method& method, const Message& request) const;
  ChangeFeed::Number listener();

  const std::shared_ptr<const ToolView> own_tools_;  // before service_, which may refer to it
  const Service service_;
  const server::Principal principal_;
  const Send notices_;
  std::optional<Client> client_;
  LogLevel log_level_ = LogLevel::info;
  std::optional<ChangeFeed::Number> listener_;
  ClientRequests client_requests_;
  RunningRequests running_;
};

}  // namespace dockerhub::mcp
