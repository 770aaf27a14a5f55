#include "linked_pages.hpp"

#include <utility>

#include "dockerhub/link_header.hpp"
#include "hub/composed.hpp"
#include "link.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostPages = 10'000;

}  // namespace

LinkedPages::LinkedPages(Client& client, Received first, std::string accept)
    : client_(client), page_(std::move(first)), accept_(std::move(accept)) {
  find_next();
}

void LinkedPages::find_next() {
  next_.reset();
  for (const std::string_view header : page_.headers.all("link")) {
    if (next_ = next_link_target(header); next_) break;
  }
  if (!next_) return;
  const char* problem = nullptr;
  if (!stays_at(*next_, client_.image().registry)) {
    problem = "leads to another server";
  } else if (seen_.size() == kMostPages) {
    problem = "comes after 10,000 pages";
  } else if (!seen_.insert(*next_).second) {
    problem = "was there before";
  }
  if (problem == nullptr) return;
  client_.context().warn(
      hub::composed("The list may go on: its next link {}, so it was not followed.", {problem}));
  next_.reset();
  is_cut_ = true;
}

sdk::Status LinkedPages::advance() {
  auto next = client_.follow(page_, next_.value(), accept_);
  if (!next) return next.status();
  page_ = *std::move(next);
  find_next();
  return {};
}

}  // namespace dockerhub::registry
