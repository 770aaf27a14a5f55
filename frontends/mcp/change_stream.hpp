// One open subscriptions/listen: tells its client of what it asked for, and of nothing else. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "change_feed.hpp"
#include "json.hpp"
#include "message.hpp"
#include "outlet.hpp"

namespace dockerhub::mcp {

class ChangeStream {
 public:
  // id: of the request that opened it, which is also the name of the subscription.
  ChangeStream(ChangeFeed& feed, Id id, Outlet outlet);
  ~ChangeStream();
  ChangeStream(const ChangeStream&) = delete;
  ChangeStream& operator=(const ChangeStream&) = delete;

  const Id& id() const { return id_; }

  // Begins to listen and says, as the first message, to what. filter: an object. on_gone: called once
  // when the client goes, perhaps before this returns.
  void begin(const json::Value& filter, std::function<void()> on_gone);
  // The last answer.
  void end();

 private:
  ChangeFeed& feed_;
  const Id id_;
  const Outlet outlet_;
  std::mutex mutex_;  // the first message is the first
  std::optional<ChangeFeed::Number> listener_;
  std::optional<std::stop_callback<std::function<void()>>> on_gone_;
};

}  // namespace dockerhub::mcp
