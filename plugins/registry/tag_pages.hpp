// The tags of a repository, page by page. Memory: two pages. Lives as long as its Client. Errors are
// put on the call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "linked_pages.hpp"
#include "tag_page.hpp"

namespace dockerhub::registry {

class TagPages {
 public:
  // n: wanted on a page; last: the tag after which to begin, or empty.
  static sdk::Reply<TagPages> open(Client& client, std::optional<std::int64_t> n,
                                   const std::string& last);

  const std::vector<std::string>& tags() const { return tags_; }
  // The link to more, or nothing.
  const std::optional<std::string>& next() const { return pages_.next(); }
  // After the last page: whether the registry said that nothing comes after it.
  bool is_complete() const { return !pages_.next() && !pages_.is_cut(); }
  // Goes to the next page; false: there is none, or none with news.
  sdk::Reply<bool> advance();

 private:
  TagPages(Client& client, LinkedPages pages) : client_(&client), pages_(std::move(pages)) {}
  sdk::Status read();

  Client* client_;
  LinkedPages pages_;
  std::vector<std::string> tags_;
};

}  // namespace dockerhub::registry
