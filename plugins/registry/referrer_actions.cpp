// list_referrers.
#include <cstdint>

#include "actions.hpp"
#include "referrers.hpp"
#include "target.hpp"

namespace dockerhub::registry {

sdk::Status list_referrers(ReferrersSupport& support, sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto subject = digest_parameter(ctx);
  if (!subject) return subject.status();
  std::uint64_t count = 0;
  const ReferrerQuery query{*client, *subject, ctx.params().text("artifact_type", ""),
                            ctx.list_options().all_pages, [&] { ctx.progress({count}); }};
  const auto source =
      visit_referrers(support, query, [&](const sdk::Value& descriptor) -> sdk::Reply<bool> {
        const sdk::Status sent = ctx.item(descriptor);
        if (sent.value() == DH_E_RECEIVER) return false;
        ++count;
        return sent ? sdk::Reply<bool>(true) : sdk::Reply<bool>(sent);
      });
  if (!source) return source.status();
  ctx.annotate("source", *source);
  return ctx.answer(
      {{"schemaVersion", 2}, {"mediaType", kOciIndex}, {"manifests", sdk::kGivenItems}});
}

}  // namespace dockerhub::registry
