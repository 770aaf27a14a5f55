// list_tags.
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

#include "actions.hpp"
#include "json_text.hpp"
#include "link.hpp"
#include "tag_pages.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// Hands tags to whoever takes them.
class Handing {
 public:
  explicit Handing(sdk::Context& ctx) : ctx_(ctx) {}

  // At most `most` of a page. False: not all of them went out.
  sdk::Reply<bool> page(const std::vector<std::string>& tags, std::size_t most) {
    for (std::size_t i = 0; i < tags.size(); ++i) {
      if (i == most) return false;
      const sdk::Status sent = ctx_.item(tags[i]);
      if (sent.value() == DH_E_RECEIVER) return false;
      if (!sent) return sent;
      last_ = tags[i];
      ++count_;
    }
    return true;
  }
  void tell_progress() { ctx_.progress({count_}); }
  const std::string& last() const { return last_; }

 private:
  sdk::Context& ctx_;
  std::string last_;
  std::uint64_t count_ = 0;
};

std::optional<std::int64_t> page_size(sdk::Context& ctx) {
  if (!ctx.params().has("n")) return std::nullopt;
  return ctx.params().integer("n");
}

// The parameters of the call that goes on after `last`.
void tell_rest(sdk::Context& ctx, const std::string& last) {
  sdk::Json next = {{"repo", ctx.params().text("repo")}, {"last", last}};
  if (const auto n = page_size(ctx)) next = with(next, {{"n", *n}});
  ctx.annotate("next", next);
}

void tell_link(sdk::Context& ctx, const std::string& link) {
  const auto last = query_parameter(link, "last");
  if (last && !last->empty()) return tell_rest(ctx, *last);
  ctx.warn("There are more tags; the option all_pages gets them all.");
}

// Hands out one page, or all; tells how to get what was left out.
sdk::Status hand_out(sdk::Context& ctx, TagPages& pages, std::size_t most, bool wants_all) {
  Handing handing(ctx);
  while (true) {
    const auto is_whole = handing.page(pages.tags(), most);
    if (!is_whole) return is_whole.status();
    if (!*is_whole) {
      if (!handing.last().empty()) tell_rest(ctx, handing.last());
      return {};
    }
    if (!wants_all) {
      if (pages.next()) tell_link(ctx, *pages.next());
      return {};
    }
    handing.tell_progress();
    const auto more = pages.advance();
    if (!more) return more.status();
    if (*more) continue;
    // Who deletes by the list has to know.
    if (!pages.is_complete()) ctx.annotate("complete", false);
    return {};
  }
}

}  // namespace

// The tags go out one by one, so that a list of any length needs the memory of a page; where nobody
// takes them so, the kernel puts them into the answer, which then is {"name", "tags"}.
sdk::Status list_tags(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const bool wants_all = ctx.list_options().all_pages;
  const auto n = page_size(ctx);
  auto pages = TagPages::open(*client, n, std::string(ctx.params().text("last", "")));
  if (!pages) return pages.status();
  // A server that does not page answers more than it was asked for.
  const std::size_t most =
      n && !wants_all ? static_cast<std::size_t>(*n) : std::numeric_limits<std::size_t>::max();
  if (const sdk::Status done = hand_out(ctx, *pages, most, wants_all); !done) return done;
  return ctx.answer({{"name", client->image().repository}, {"tags", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
