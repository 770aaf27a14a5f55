#include "tag_pages.hpp"

#include <utility>

#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostPageBytes = 16 * 1024 * 1024;
constexpr std::string_view kAccept = "application/json";

sdk::Json query_of(std::optional<std::int64_t> n, const std::string& last) {
  sdk::Json query = sdk::Json::raw("{}");
  if (n) query = {{"n", *n}};
  return last.empty() ? query : with(query, {{"last", last}});
}

}  // namespace

sdk::Reply<TagPages> TagPages::open(Client& client, std::optional<std::int64_t> n,
                                    const std::string& last) {
  auto first = client.send("GET", registry::tags(), kAccept, query_of(n, last));
  if (!first) return first.status();
  TagPages pages(client, LinkedPages(client, *std::move(first), std::string(kAccept)));
  if (const sdk::Status done = pages.read(); !done) return done;
  if (!pages.next()) page_locally(pages.tags_, last);
  return pages;
}

sdk::Status TagPages::read() {
  Received& answer = pages_.page();
  if (!answer.good()) return client_->reject(answer);
  const auto text = client_->text(answer, kMostPageBytes);
  if (!text) return text.status();
  auto page = parse_tag_page(*text);
  if (!page) {
    page.error()->request = answer.request;
    return fail(client_->context(), page.error());
  }
  tags_ = std::move(page->tags);
  return {};
}

sdk::Reply<bool> TagPages::advance() {
  if (!pages_.next()) return false;
  const std::vector<std::string> before = std::move(tags_);
  if (const sdk::Status done = pages_.advance(); !done) return done;
  if (const sdk::Status done = read(); !done) return done;
  // A server could send the same, or nothing, behind ever new links.
  return !tags_.empty() && tags_ != before;
}

}  // namespace dockerhub::registry
