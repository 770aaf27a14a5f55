// get_manifest, check_manifest, resolve_digest.
#include <string>

#include "actions.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// What resolve_digest answers as "not there": no such manifest, or no such name can be. Anything else says
// that who asks may not know, or that nobody can tell.
bool is_not_there(int status_code) {
  return status_code == kNotFound || status_code == kBadRequest;
}

}  // namespace

sdk::Status get_manifest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const std::string accept(ctx.params().text("accept", kManifestTypes));
  const auto read = target->client.manifest(target->reference, {}, accept);
  if (!read) return read.status();
  ctx.annotate("headers", read->headers.shown());
  ctx.annotate("digest", read->body.digest);
  // The digest is that of these bytes.
  return ctx.answer(sdk::Json::raw(read->body.bytes));
}

sdk::Status check_manifest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  auto head = target->client.send("HEAD", manifests(target->reference), kManifestTypes);
  if (!head) return head.status();
  if (!head->good() && head->status_code != kNotFound) return target->client.reject(*head);
  annotate(ctx, head->status_code, head->headers);
  ctx.annotate("exists", head->good());
  return ctx.answer(nullptr);
}

sdk::Status resolve_digest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  auto head = target->client.send("HEAD", manifests(target->reference), kManifestTypes);
  if (!head) return head.status();
  if (!head->good() && !is_not_there(head->status_code)) return target->client.reject(*head);
  std::string digest;
  if (head->good()) {
    const auto name = target->client.digest_of(*head, target->reference);
    if (!name) return name.status();
    digest = name->text();
  }
  annotate(ctx, head->status_code, head->headers);
  const std::string media_type =
      head->good() ? bare_media_type(head->headers.find("content-type")) : std::string();
  return ctx.answer({{"reference", target->reference.text()},
                     {"digest", text_or_null(digest)},
                     {"media_type", text_or_null(media_type)},
                     {"exists", head->good()}});
}

}  // namespace dockerhub::registry
