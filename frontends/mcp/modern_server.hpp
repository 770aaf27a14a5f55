// Revision 2026-07-28: every request stands for itself and brings what it needs to be known of its
// client. Nothing is kept between two requests but the streams of changes that are open. Any thread. The service's
// workers have to be idle before it ends.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "exchange.hpp"
#include "handlers.hpp"
#include "message.hpp"
#include "outlet.hpp"
#include "request_meta.hpp"
#include "running_requests.hpp"
#include "server/principal.hpp"
#include "service.hpp"
#include "tasks.hpp"
#include "timer.hpp"

namespace dockerhub::mcp {

class ChangeStream;

class ModernServer {
 public:
  // What the transport says of a request besides its text; the error refuses it.
  using HeaderCheck = std::function<tl::expected<void, RpcError>(const Message&)>;

  enum class Connections {
    one,   // ids belong to one client, which takes requests back by notifications/cancelled
    many,  // each request has a connection, whose end takes it back
  };

  // Streams of changes of one client; among many its transport counts them.
  static constexpr std::size_t kMostStreams = 64;
  // Streams of one client whose modules have not said yet whether they can be watched: half of what may run.
  static constexpr std::size_t kMostWaitingOfOne = 32;
  static constexpr std::size_t kMostWaiting = 128;  // among many

  ModernServer(const Service& service, Connections connections);
  ~ModernServer();
  ModernServer(const ModernServer&) = delete;
  ModernServer& operator=(const ModernServer&) = delete;

  struct Sender {
    server::Principal principal;
    std::shared_ptr<const ToolView> tools;  // that it wants to see; nullptr: all of the server's
  };

  // One message. check_version: of the transport's headers, before the version is looked at;
  // check_names: afterwards. Both may be empty.
  void receive(json::Document body, const Sender& sender, const Outlet& outlet,
               const HeaderCheck& check_version, const HeaderCheck& check_names);
  // One message of a transport without headers.
  void receive(json::Document body, const server::Principal& principal, const Outlet& outlet) {
    receive(std::move(body), Sender{principal, nullptr}, outlet, {}, {});
  }

  // All streams of changes get their last answer.
  void end_streams();
  // All requests should end soon; they are answered if they can be. Streams tell nothing any more.
  void cancel_all();

 private:
  struct Method;
  using Streams = std::map<ChangeStream*, std::shared_ptr<ChangeStream>>;
  struct Request {
    Message message;
    RequestMeta meta;
    server::Principal principal;
    std::shared_ptr<const ToolView> tools;
  };

  static const Method* find_method(std::string_view name);

  void receive_notification(const Message& notification);
  void receive_request(Message message, const Sender& sender, const Outlet& outlet,
                       const HeaderCheck& check_version, const HeaderCheck& check_names);
  void dispatch(Request request, const Outlet& outlet);
  void start(const Method& method, Request request, const Outlet& outlet);
  void start_task(const Method& method, const Request& request, const Outlet& outlet);
  bool run_task(const Method& method, const std::shared_ptr<Task>& task, const Request& request);
  void listen(const Request& request, const Outlet& outlet);
  bool take_wait(const std::string& client);
  void end_wait(const std::string& client);
  bool open_stream(const std::shared_ptr<ChangeStream>& stream);
  void close_stream(const std::shared_ptr<ChangeStream>& stream);
  Streams open_streams() const;

  const ToolView& tools_of(const Request& request) const;
  Reply discover(const Request& request);
  Reply list_tools(const Request& request);
  Reply get_task(const Request& request);
  Reply update_task(const Request& request);
  Reply cancel_task(const Request& request);
  tl::expected<std::shared_ptr<Task>, RpcError> task_of(const Request& request) const;

  const Service service_;
  const Connections connections_;
  mutable std::mutex mutex_;
  RunningRequests running_;  // of one connection
  std::uint64_t last_number_ = 0;
  Streams streams_;
  std::map<std::string, std::size_t> waiting_;  // by client
  Tasks tasks_;
  Timer timer_;
};

}  // namespace dockerhub::mcp
