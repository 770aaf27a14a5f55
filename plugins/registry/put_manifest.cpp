// put_manifest: bytes as they are given; an object is written once and stays those bytes.
#include <string>

#include "actions.hpp"
#include "content_digest.hpp"
#include "hub/composed.hpp"
#include "manifest_upload.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

std::string given_bytes(const sdk::Params& params) {
  if (params.has("manifest_text")) return std::string(params.text("manifest_text"));
  const sdk::Value& given = params.value("manifest");
  return given.IsString() ? std::string(sdk::view(given)) : sdk::Json(given).text();
}

sdk::Status wrong_manifest(sdk::Context& ctx, std::string_view message, std::string_view hint) {
  return refuse_parameter(ctx, "manifest", message, hint);
}

// By its own digest it can go under that one alone.
sdk::Status check_reference(sdk::Context& ctx, const Reference& reference,
                            const DigestName& digest) {
  if (!reference.digest() || *reference.digest() == digest) return {};
  return wrong_manifest(
      ctx, hub::composed("has the digest {}, and 'reference' is another one", {digest.text()}),
      "Name a tag, or that digest.");
}

}  // namespace

sdk::Status put_manifest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  const std::string bytes = given_bytes(ctx.params());
  const std::string_view media_type = ctx.params().text("media_type");
  const auto manifest = parse_manifest(bytes, media_type);
  if (!manifest) {
    return wrong_manifest(ctx, hub::composed("is refused: {}", {manifest.error()->message}),
                          "Give the manifest's text, or an object, of the stated media_type.");
  }
  const auto& wanted = target->reference.digest();
  const bool is_named = wanted && wanted->is_verifiable();
  const auto digest = digest_of(ctx, bytes, is_named ? wanted->algorithm() : "sha256");
  if (!digest) return digest.status();
  if (const sdk::Status fits = check_reference(ctx, target->reference, *digest); !fits) return fits;
  const auto answer =
      put_manifest_bytes(target->client, target->reference, bytes, media_type, *digest);
  if (!answer) return answer.status();
  if (const sdk::Status noted =
          note_referrer(target->client, *answer, *manifest, *digest, bytes.size());
      !noted) {
    return noted;
  }
  annotate(ctx, answer->received.status_code, answer->received.headers);
  ctx.annotate("digest", digest->text());
  return ctx.answer(nullptr);
}

}  // namespace dockerhub::registry
