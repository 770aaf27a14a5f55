#include "named_digest.hpp"

#include "json_text.hpp"
#include "nested_call.hpp"

namespace dockerhub::registry {

sdk::Reply<NamedDigest> named_digest(sdk::Context& ctx, const std::string& repository,
                                     const std::string& tag) {
  const NestedCall looked(ctx, "resolve_digest", {{"repo", repository}, {"reference", tag}});
  if (looked.is_over()) return looked.status();
  NamedDigest found;
  if (!looked) {
    found.error = looked.error();
  } else if (looked.data() != nullptr) {
    found.digest = DigestName::parse(text_member(*looked.data(), "digest"));
  }
  return found;
}

}  // namespace dockerhub::registry
