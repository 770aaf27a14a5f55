#include "stream_counts.hpp"

#include <utility>

namespace dockerhub::web {

struct StreamCounts::Place {
  Place(std::shared_ptr<Counts> all, std::string who)
      : counts(std::move(all)), client(std::move(who)) {}
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    const std::lock_guard lock(counts->mutex);
    const auto found = counts->open.find(client);
    if (--found->second == 0) counts->open.erase(found);
  }

  const std::shared_ptr<Counts> counts;
  const std::string client;
};

std::shared_ptr<void> StreamCounts::take(const std::string& client) {
  {
    const std::lock_guard lock(counts_->mutex);
    std::size_t& open = counts_->open[client];
    if (most_ != 0 && open >= most_) return nullptr;
    ++open;
  }
  return std::make_shared<Place>(counts_, client);
}

}  // namespace dockerhub::web
