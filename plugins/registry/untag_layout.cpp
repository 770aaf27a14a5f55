// untag_layout: one name of an image layout goes; the manifest, its other names and all blobs stay.
#include <string>

#include "actions.hpp"
#include "json_text.hpp"
#include "oci_layout.hpp"

namespace dockerhub::registry {

sdk::Status untag_layout(sdk::Context& ctx) {
  if (ctx.params().text("store").empty()) {
    return refuse_parameter(ctx, "store", "names no tag", "Write it like oci:DIR:TAG.");
  }
  auto layout = OciLayout::open(ctx, "store", true);
  if (!layout) return layout.status();
  const std::string tag = layout->tag();
  const auto removed = layout->remove(tag);
  if (!removed) return removed.status();
  const sdk::Json told = {
      {"tag", tag}, {"digest", removed->digest}, {"tags", sdk::Json::array(layout->tags())}};
  if (ctx.dry_run()) return ctx.answer({{"would_remove", told}});
  if (const sdk::Status finished = layout->finish(); !finished) return finished;
  ctx.outcome(sdk::Outcome::ok,
              "The manifest and its blobs stay in the layout: garbage is not collected.");
  return ctx.answer(told);
}

}  // namespace dockerhub::registry
