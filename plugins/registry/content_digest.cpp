#include "content_digest.hpp"

#include <utility>

namespace dockerhub::registry {

sdk::Reply<DigestName> digest_of(sdk::Context& ctx, std::string_view bytes,
                                 std::string_view algorithm) {
  auto digest = ctx.digest(algorithm);
  if (!digest) return digest.status();
  if (const sdk::Status updated = digest->update(bytes); !updated) return updated;
  const auto text = digest->finish();
  if (!text) return text.status();
  auto name = DigestName::parse(*text);
  if (!name) return sdk::Status(DH_E_INVALID);
  return *std::move(name);
}

}  // namespace dockerhub::registry
