#include "stored_sbom.hpp"

#include <utility>

namespace dockerhub::scout {
namespace {

// Without a predicate type only the blob itself tells.
bool may_be_sbom(const Attached& attached) {
  return attached.is_readable() && (attached.predicate_type.empty() || is_sbom(attached));
}

}  // namespace

sdk::Reply<std::optional<StoredSbom>> stored_sbom(sdk::Context& ctx, const Located& located,
                                                  std::string_view format) {
  const auto all = attached_in_registry(ctx, located);
  if (!all) return all.status();
  std::optional<StoredSbom> found;
  for (const Attached& attached : all->all) {
    if (!may_be_sbom(attached)) continue;
    if (found) {
      found->others.push_back(attached.digest);
      continue;
    }
    auto document = read_attached(ctx, located, attached);
    if (!document) return document.status();
    const auto json = sdk::parse_json(document->text);
    const SbomFormat is = json ? format_of(*json) : SbomFormat::other;
    const bool is_wanted = format.empty() ? is != SbomFormat::other : format_name(is) == format;
    if (is_wanted) found = StoredSbom{attached, *std::move(document), is, {}};
  }
  return found;
}

}  // namespace dockerhub::scout
