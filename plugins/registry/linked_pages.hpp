// A list in pages that are chained by Link headers (RFC 8288, relation "next"). Only links that stay at
// the registry are followed, none twice, and at most 10,000 in all; what stops the walk early is told
// as a warning. Memory: one page, and the links seen. Lives as long as its Client. Errors are put on
// the call.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "client.hpp"

namespace dockerhub::registry {

class LinkedPages {
 public:
  // first: the answer of the first page; accept: of the requests for the others.
  LinkedPages(Client& client, Received first, std::string accept);

  Received& page() { return page_; }
  // The link to the page after this one, when there is one that may be followed.
  const std::optional<std::string>& next() const { return next_; }
  // Whether the last page had a link that may not be followed: what comes after it is unknown.
  bool is_cut() const { return is_cut_; }
  // Goes there; only when next() has one. The page may be no success.
  sdk::Status advance();

 private:
  void find_next();

  Client& client_;
  Received page_;
  std::string accept_;
  std::optional<std::string> next_;
  std::set<std::string> seen_;
  bool is_cut_ = false;
};

}  // namespace dockerhub::registry
