// sbom.
#include <string>

#include "actions.hpp"
#include "graphql.hpp"
#include "inventory.hpp"
#include "json_parts.hpp"
#include "rest.hpp"
#include "settings.hpp"
#include "stored_sbom.hpp"
#include "utc_time.hpp"

namespace dockerhub::scout {
namespace {

void tell_image(sdk::Context& ctx, const Located& located) {
  ctx.annotate("image", located.json());
}

// The document is the answer, as it is stored; what is known of it stands beside.
sdk::Status answer_stored(sdk::Context& ctx, const Located& located, const StoredSbom& sbom) {
  ctx.annotate("source", sbom.attached.source);
  ctx.annotate("format", format_name(sbom.format));
  ctx.annotate("predicate_type", text_or_null(sbom.document.predicate_type));
  ctx.annotate("digest", sbom.document.digest);
  ctx.annotate("manifest", sbom.attached.manifest);
  ctx.annotate("others", sdk::Json::array(sbom.others));
  ctx.annotate("signature", sbom.document.carries_signature ? "not checked" : "unsigned");
  tell_image(ctx, located);
  ctx.warn(sbom.document.carries_signature
               ? "The SBOM carries a signature, which was not checked here."
               : "The SBOM is unsigned: whoever may push to the repository may have written it.");
  if (!sbom.document.is_about_image)
    ctx.warn("The statement does not name this image's digest as its subject.");
  return ctx.answer(sdk::Json::raw(sbom.document.text));
}

sdk::Status no_sbom(sdk::Context& ctx, const Located& located, std::string_view format) {
  std::string message = located.image.text() + " has no SBOM";
  if (!format.empty()) message += " in the format " + std::string(format);
  constexpr int kNoDocument = 404;
  sdk::Failure failure;
  failure.type = "ParameterError";
  failure.message = message;
  failure.hint =
      "hub_scout attestations shows what is attached. docker buildx build --sbom=true attaches "
      "one.";
  failure.status_code = kNoDocument;
  return ctx.fail(failure);
}

// A minimal document from the packages that Docker Scout knows.
sdk::Status answer_derived(sdk::Context& ctx, const Located& located, std::string_view format) {
  const auto answer = ask(ctx, kPackagesQuery,
                          {{"ctx", context_of(located.image.organization)},
                           {"q",
                            {{"digest", located.digest},
                             {"hostName", located.image.host},
                             {"repoName", located.image.repository}}}},
                          sdk::Credential::surface, "No SBOM is attached to the image.");
  if (!answer) return answer.status();
  const sdk::Value* value = answer->value();
  const bool is_refused = value == nullptr && is_refusal(answer->problems);
  if (value == nullptr && !is_refused && !answer->problems.empty())
    return fail(ctx, answer->problems, answer->correlation_id);
  const Inventory inventory = value == nullptr ? Inventory() : read_image_packages(*value);
  if (is_refused || !inventory.is_conclusive) {
    warn(ctx, answer->problems);
    return no_sbom(ctx, located, format);
  }
  ctx.annotate("source", "derived");
  ctx.annotate("format", "spdx");
  tell_image(ctx, located);
  ctx.warn(
      "No SBOM is attached to the image: this one was derived from Docker Scout's list of "
      "packages.");
  return ctx.answer(
      spdx_of(inventory.packages, located.image.text(), located.digest, utc_now(kSecond)));
}

}  // namespace

sdk::Status sbom(sdk::Context& ctx) {
  const auto rest = uses_rest(ctx);
  if (!rest) return rest.status();
  if (*rest) return send_rest(ctx, kRestSbom);
  const auto located = located_parameter(ctx);
  if (!located) return located.status();
  const std::string_view format = ctx.params().text("sbom_format", {});
  const auto stored = stored_sbom(ctx, *located, format);
  // What is there and cannot be proved is not replaced by something else.
  if (!stored) return stored.status();
  if (*stored) return answer_stored(ctx, *located, **stored);
  if (format == "cyclonedx") return no_sbom(ctx, *located, format);
  return answer_derived(ctx, *located, format);
}

}  // namespace dockerhub::scout
