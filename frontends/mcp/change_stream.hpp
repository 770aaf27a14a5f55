// One open subscriptions/listen: tells its client of what it asked for, and of nothing else. Any thread.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

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

  // How many resources a filter (an object) names.
  static std::size_t resources(const json::Value& filter);

  // Begins to listen and says, as the first message, to what. Waits for the modules of the resources that are
  // named. filter: an object. on_gone: called once when the client goes, perhaps before this returns.
  void begin(const json::Value& filter, std::function<void()> on_gone);
  // Nothing is sent any more, and begin() does not wait any longer.
  void close() { ending_.request_stop(); }
  // The same with the last answer.
  void end();

 private:
  ChangeFeed::Number listen(const json::Value& filter);
  std::vector<std::string> watch(ChangeFeed::Number listener, const json::Value& filter);
  void acknowledge(const json::Value& filter, const std::vector<std::string>& uris);
  void tell(const Change& change);

  ChangeFeed& feed_;
  const Id id_;
  const Outlet outlet_;
  std::stop_source ending_;
  std::mutex mutex_;  // the first message is the first
  bool acknowledged_ = false;
  std::set<std::pair<Change::Kind, std::string>> missed_;  // what changed before the first message
  std::optional<ChangeFeed::Number> listener_;             // until the end
  std::optional<std::stop_callback<std::function<void()>>> on_gone_;
};

}  // namespace dockerhub::mcp
