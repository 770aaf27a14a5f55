// delete_manifest. A registry deletes a manifest with all of its tags; so a tag is resolved first, and
// whatever else would go is named before anything goes. Sources: OCI distribution-spec 1.1.1, "Deleting
// Manifests"; Docker's registry API reference, "Delete Image Manifest".
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/composed.hpp"
#include "hub/plan_text.hpp"
#include "manifest_upload.hpp"
#include "sibling_tags.hpp"
#include "status_codes.hpp"
#include "target.hpp"
#include "verified_body.hpp"

namespace dockerhub::registry {
namespace {

// What one deletion takes with it.
struct Deletion {
  DigestName digest;
  std::vector<std::string> tags;  // known ones
  bool knows_all_tags = true;
};

std::string full_name(const ImageName& image) {
  return hub::composed("{}/{}", {image.registry, image.repository});
}

// What takes one tag alone, where a module offers it: at Docker's the management API does.
std::string single_tag_hint(const Client& client) {
  const std::string tool = client.image().is_dockers ? "hub_repos" : "hub_registry";
  if (!client.context().offered(tool, "delete_tag")) return {};
  return hub::composed(" {} delete_tag takes one tag alone.", {tool});
}

sdk::Status refuse_siblings(Client& client, const std::string& tag, const Deletion& deletion) {
  const std::vector<std::string> others(deletion.tags.begin() + 1, deletion.tags.end());
  std::string message =
      hub::composed("the tag {} names {}, and deleting that takes every tag of it",
                    {tag, deletion.digest.text()});
  if (!others.empty()) message.append(": also ").append(hub::joined(others));
  if (!deletion.knows_all_tags) message += "; not every tag of the repository could be looked at";
  return hub::wrong_parameter(
      client.context(), "all_tags", message,
      hub::composed("Nothing was deleted. Set all_tags to delete them all.{}",
                    {single_tag_hint(client)}));
}

// A tag becomes the digest that it names now.
sdk::Reply<Deletion> resolve(Client& client, const Reference& reference) {
  if (reference.digest()) return Deletion{*reference.digest(), {}, true};
  auto head = client.send("HEAD", manifests(reference), kManifestTypes);
  if (!head) return head.status();
  if (!head->good()) return client.reject(*head);
  auto digest = client.digest_of(*head, reference);
  if (!digest) return digest.status();
  const auto siblings = sibling_tags(client, *digest, reference.text());
  if (!siblings) return siblings.status();
  Deletion deletion{*std::move(digest), {reference.text()}, siblings->is_complete};
  deletion.tags.insert(deletion.tags.end(), siblings->tags.begin(), siblings->tags.end());
  return deletion;
}

std::string described(const ImageName& image, const Deletion& deletion) {
  std::string text = hub::composed("Delete {} of {}", {deletion.digest.text(), full_name(image)});
  if (!deletion.tags.empty())
    text += hub::composed(" with the tags {}", {hub::joined(deletion.tags)});
  if (!deletion.knows_all_tags) text += " and every other tag of it, which could not be listed";
  return text;
}

// The row's own question names one tag. Where more goes, that has to be consented to as well.
sdk::Status ask_for_the_rest(Client& client, const Deletion& deletion) {
  if (deletion.tags.size() <= 1 && deletion.knows_all_tags) return {};
  return client.context().ask().approve(sdk::destructive, described(client.image(), deletion),
                                        client.image().repository);
}

// Only a deletion by digest is meant for a manifest without a tag, as an index lists them.
void warn_of_indexes(sdk::Context& ctx, const Deletion& deletion, std::string_view verb) {
  if (!deletion.tags.empty()) return;
  ctx.warn(hub::composed(
      "An index that lists this manifest {} broken; whether there is one was not looked for.",
      {verb}));
}

sdk::Status tell_plan(sdk::Context& ctx, const ImageName& image, const Deletion& deletion) {
  warn_of_indexes(ctx, deletion, "would be");
  return ctx.answer({{"would_delete",
                      {{"registry", image.registry},
                       {"repository", image.repository},
                       {"digest", deletion.digest.text()},
                       {"tags", sdk::Json::array(deletion.tags)},
                       {"request", hub::composed("DELETE /v2/{}/manifests/{}",
                                                 {image.repository, deletion.digest.text()})}}}});
}

sdk::Status tell_done(sdk::Context& ctx, int status_code, const Deletion& deletion) {
  warn_of_indexes(ctx, deletion, "is");
  ctx.annotate("status_code", status_code);
  ctx.annotate("deleted",
               {{"digest", deletion.digest.text()}, {"tags", sdk::Json::array(deletion.tags)}});
  return ctx.answer(nullptr);
}

// A deletion whose outcome nobody told is never repeated: whether the manifest is still there decides
// what it came to. nullopt: that cannot be found out either.
std::optional<bool> is_gone(Client& client, const Deletion& deletion) {
  const Reference reference = Reference::of(deletion.digest);
  const auto head = client.send("HEAD", manifests(reference), kManifestTypes);
  if (!head || (!head->good() && head->status_code != kNotFound)) return std::nullopt;
  return head->status_code == kNotFound;
}

sdk::Status settle_unknown(Client& client, const Deletion& deletion, int status_code) {
  sdk::Context& ctx = client.context();
  const auto gone = is_gone(client, deletion);
  if (gone && *gone) {
    ctx.warn("The registry did not confirm the deletion, but the manifest is gone.");
    return tell_done(ctx, kAccepted, deletion);
  }
  Fault fault;
  fault.type = status_code == 0 ? "NetworkError" : "ApiError";
  fault.status_code = status_code;
  fault.request = hub::composed("DELETE /v2/{}/manifests/{}",
                                {client.image().repository, deletion.digest.text()});
  fault.message =
      (status_code == 0 ? std::string("the answer to the deletion was lost")
                        : hub::composed("HTTP {} for the deletion", {status_code})) +
      (gone ? "; the manifest is still there" : "; whether the manifest is still there is unknown");
  fault.hint =
      "It was not repeated: a registry may go on deleting in the background. Look with "
      "hub_registry check_manifest before deleting again.";
  return fail(ctx, fault);
}

bool is_lost(sdk::Status status) {
  return status.value() == DH_E_NETWORK || status.value() == DH_E_TIMEOUT;
}

// The manifest, where the fallback tag of another one lists it: with it its entry has to go.
sdk::Reply<std::optional<Manifest>> referrer_that_goes(Client& client, const Deletion& deletion) {
  const Reference reference = Reference::of(deletion.digest);
  auto answer = client.send("GET", manifests(reference), kManifestTypes);
  if (!answer) return answer.status();
  // What cannot be read, or is not there, is no reason not to delete it.
  if (!answer->good()) return std::optional<Manifest>();
  auto read = client.read_manifest(*std::move(answer), reference, {});
  if (!read || !read->manifest.subject) return std::optional<Manifest>();
  return std::optional<Manifest>(std::move(read->manifest));
}

sdk::Status carry_out(Client& client, const Deletion& deletion) {
  const auto referrer = referrer_that_goes(client, deletion);
  if (!referrer) return referrer.status();
  auto answer = client.send("DELETE", manifests(Reference::of(deletion.digest)));
  if (!answer) {
    return is_lost(answer.status()) ? settle_unknown(client, deletion, 0) : answer.status();
  }
  if (answer->status_code >= kServerError)
    return settle_unknown(client, deletion, answer->status_code);
  if (!answer->good()) return client.reject(*answer);
  if (*referrer && !forget_referrer(client, **referrer, deletion.digest)) {
    client.context().warn(hub::composed(
        "The manifest is gone, but its entry among the referrers of {} could not be taken out.",
        {quoted((*referrer)->subject->digest)}));
  }
  return tell_done(client.context(), answer->status_code, deletion);
}

}  // namespace

sdk::Status delete_manifest(sdk::Context& ctx) {
  auto target = reference_target(ctx);
  if (!target) return target.status();
  Client& client = target->client;
  const auto deletion = resolve(client, target->reference);
  if (!deletion) return deletion.status();
  const bool takes_more = deletion->tags.size() > 1 || !deletion->knows_all_tags;
  if (takes_more && !ctx.params().flag("all_tags"))
    return refuse_siblings(client, target->reference.text(), *deletion);
  if (ctx.dry_run()) return tell_plan(ctx, client.image(), *deletion);
  if (const sdk::Status consent = ask_for_the_rest(client, *deletion); !consent) return consent;
  return carry_out(client, *deletion);
}

}  // namespace dockerhub::registry
