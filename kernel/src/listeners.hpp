// Who is told of changes of the catalogue. A listener is called outside any lock and may be removed
// while it is being called; it is removed when its handle is dropped. Any thread.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

class Listeners {
 public:
  using Listener = std::function<void(const Change&)>;

  std::shared_ptr<void> add(Listener listener);
  void tell(const Change& change);

 private:
  std::mutex mutex_;
  std::vector<std::weak_ptr<Listener>> listeners_;
};

}  // namespace dockerhub
