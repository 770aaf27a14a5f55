// The requests of the client that are being worked on, by id, so that each can be cancelled and no
// id is used twice at a time. Any thread.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <stop_token>

#include "message.hpp"

namespace dockerhub::mcp {

class RunningRequests {
 public:
  // nullopt when a request with this id is running.
  std::optional<std::stop_token> begin(const Id& id);
  // True when the client still wants its answer.
  bool end(const Id& id);
  bool contains(const Id& id) const;
  std::size_t size() const;

  // The client takes its request back: no answer. Unknown ids are ignored.
  void cancel(const Id& id);
  // The server ends them: they are answered if they can be.
  void cancel_all();

 private:
  struct Request {
    std::stop_source stop;
    bool wanted = true;
  };
  std::optional<std::stop_source> unwanted(const Id& id);

  mutable std::mutex mutex_;
  std::map<Id, Request> requests_;
};

}  // namespace dockerhub::mcp
