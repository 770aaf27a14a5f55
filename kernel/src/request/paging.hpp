// How a list goes on behind its page: which query gets the next one. Four styles of servers, told by
// the row ("page", "page_without_total", "start_index", "link"). A next URL of the server is used for
// its query only: it never leads to another place. Belongs to one call.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json.hpp"
#include "http/message.hpp"

namespace dockerhub {

class Paging {
 public:
  using Query = std::vector<std::pair<std::string, std::string>>;

  // The row's paging object; nullopt: none, or a style that this kernel does not know.
  static std::optional<Paging> from_row(const std::string& paging_json);
  // A list that comes in one answer.
  static Paging whole(std::string items_key) { return {Style::whole, std::move(items_key)}; }
  bool is_whole() const { return style_ == Style::whole; }

  const std::string& items_key() const { return items_key_; }
  // The page in an answer's body: Docker's document draws one of them as an array of one page.
  static const json::Value& page_in(const json::Value& body);
  // The items of a page, or nullptr. SCIM writes their key in either case of its first letter, and
  // leaves it out of an empty list.
  const json::Value* items_of(const json::Value& page) const;
  // What a page says beside its items, without the ways to other pages.
  std::string summary_of(const json::Value& page) const;
  // How many items all pages have together, as this one says; nullopt: it does not say.
  static std::optional<std::uint64_t> total_of(const json::Value& page);
  // Larger pages where the caller did not choose: fewer requests for the same list.
  void prefer_large_pages(Query& query, std::optional<std::uint64_t> most_items) const;
  // The query of the page behind this one; nullopt: it was the last. items: on this page.
  std::optional<Query> next(const Query& query, const http::Response& response,
                            const json::Value& page, std::size_t items) const;

 private:
  std::string items_key_in(const json::Value& page) const;
  enum class Style { page, page_without_total, start_index, link, whole };

  Paging(Style style, std::string items_key) : style_(style), items_key_(std::move(items_key)) {}

  Style style_;
  std::string items_key_;
};

}  // namespace dockerhub
