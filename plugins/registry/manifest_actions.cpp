// get_manifest, check_manifest, resolve_digest.
#include <string>

#include "actions.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

// What resolve_digest does not answer as "not there": who asks may not know, or nobody can tell.
bool is_no_answer(int status_code) {
  return status_code < 200 || (status_code >= 300 && status_code < 400) ||
         status_code == kUnauthorized || status_code == kForbidden ||
         status_code == kTooManyRequests || status_code >= kServerError;
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
  auto head = target->client.send({"HEAD", manifests(target->reference), kManifestTypes});
  if (!head) return head.status();
  if (!head->good() && head->status_code != kNotFound) return target->client.reject(*head);
  annotate(ctx, head->status_code, head->headers);
  ctx.annotate("exists", head->good());
  return ctx.answer(nullptr);
}

sdk::Status resolve_digest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  auto head = target->client.send({"HEAD", manifests(target->reference), kManifestTypes});
  if (!head) return head.status();
  if (is_no_answer(head->status_code)) return target->client.reject(*head);
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
