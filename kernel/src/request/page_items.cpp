#include "request/page_items.hpp"

namespace dockerhub {
namespace {

constexpr int kMostStalePages = 3;

}  // namespace

void PageItems::begin_page() {
  stale_pages_ = has_news_ ? 0 : stale_pages_ + 1;
  has_news_ = false;
}

bool PageItems::is_new(const json::Value& item) {
  const json::Value* value = key_.empty() ? nullptr : json::find(item, key_);
  const bool is_told =
      value != nullptr && (value->IsNumber() || !json::text_of(item, key_).empty());
  const bool is_new = !is_told || seen_.insert(json::write(*value)).second;
  has_news_ = has_news_ || is_new;
  return is_new;
}

bool PageItems::stands_still() const {
  return !has_news_ && stale_pages_ + 1 >= kMostStalePages;
}

}  // namespace dockerhub
