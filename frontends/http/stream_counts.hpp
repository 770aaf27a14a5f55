// How many event streams, or calls, each client has open. Any thread.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace dockerhub::web {

class StreamCounts {
 public:
  // 0: no limit.
  explicit StreamCounts(std::size_t most) : most_(most), counts_(std::make_shared<Counts>()) {}

  // One more of this client, until what is given back is dropped (of a stream Responder::hold), which may
  // outlive this; nullptr: it has as many as it may have.
  std::shared_ptr<void> take(const std::string& client);

 private:
  struct Counts {
    std::mutex mutex;
    std::map<std::string, std::size_t> open;
  };
  struct Place;

  const std::size_t most_;
  const std::shared_ptr<Counts> counts_;
};

}  // namespace dockerhub::web
