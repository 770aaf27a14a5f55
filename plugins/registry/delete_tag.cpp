// delete_tag: one tag goes, the manifest and its other tags stay. Docker's registry has no such request, so its
// management API does it; elsewhere it is optional (OCI distribution-spec 1.1.1, "Deleting tags"), and a registry
// that does not offer it is left alone: deleting the manifest would take the other tags with it.
#include <string>

#include "actions.hpp"
#include "hub/composed.hpp"
#include "interruption.hpp"
#include "json_text.hpp"
#include "status_codes.hpp"
#include "target.hpp"

namespace dockerhub::registry {
namespace {

sdk::Status not_offered(Client& client, const Received& answer) {
  Fault fault;
  fault.type = "UnsupportedError";
  fault.status_code = answer.status_code;
  fault.request = answer.request;
  fault.message = hub::composed("{} does not delete a tag alone", {client.image().registry});
  fault.hint =
      "Nothing was changed. hub_registry delete_manifest deletes a manifest with all of its tags.";
  return fail(client.context(), fault);
}

// A deletion whose answer was lost is looked up, not repeated.
sdk::Status settle_unknown(Client& client, const Reference& tag, sdk::Status lost) {
  sdk::Context& ctx = client.context();
  const auto head = client.send("HEAD", manifests(tag), kManifestTypes);
  if (head && head->status_code == kNotFound) {
    ctx.warn("The registry did not confirm the deletion, but the tag is gone.");
    return ctx.answer(nullptr);
  }
  if (!head) return lost;
  return ctx.fail(
      "NetworkError", "the answer to the deletion was lost; the tag is still there",
      "It was not repeated. Look with hub_registry check_manifest before trying again.");
}

sdk::Status delete_at_registry(Client& client, const Reference& tag) {
  auto answer = client.send("DELETE", manifests(tag));
  if (!answer) {
    return is_interruption(answer.status()) ? settle_unknown(client, tag, answer.status())
                                            : answer.status();
  }
  if (answer->status_code == kBadRequest || answer->status_code == kMethodNotAllowed)
    return not_offered(client, *answer);
  if (!answer->good()) return client.reject(*answer);
  client.context().annotate("status_code", answer->status_code);
  return client.context().answer(nullptr);
}

sdk::Status tell_plan(Client& client, const Reference& tag) {
  auto head = client.send("HEAD", manifests(tag), kManifestTypes);
  if (!head) return head.status();
  if (!head->good()) return client.reject(*head);
  const auto digest = client.digest_of(*head, tag);
  if (!digest) return digest.status();
  const ImageName& image = client.image();
  return client.context().answer({{"would_delete",
                                   {{"registry", image.registry},
                                    {"repository", image.repository},
                                    {"tag", tag.text()},
                                    {"digest", digest->text()},
                                    {"request", hub::composed("DELETE /v2/{}/manifests/{}",
                                                              {image.repository, tag.text()})}}}});
}

sdk::Status no_hub_module(sdk::Context& ctx) {
  return ctx.fail("UnsupportedError",
                  "Docker's registry does not delete a tag alone; its management API does",
                  "Nothing was changed. Load the module hub_repos, whose delete_tag does it.");
}

sdk::Status delete_at_hub(Client& client, const Reference& tag) {
  sdk::Context& ctx = client.context();
  if (!ctx.offered("hub_repos", "delete_tag")) return no_hub_module(ctx);
  const std::string& name = client.image().repository;
  const std::size_t slash = name.find('/');
  const sdk::CallOutcome done = ctx.run("hub_repos", "delete_tag",
                                        {{"namespace", name.substr(0, slash)},
                                         {"repository", name.substr(slash + 1)},
                                         {"tag", tag.text()}});
  if (!done.status) return done.status;
  const auto envelope = parse_json(done.envelope);
  if (!envelope) return DH_E_INVALID;
  if (const sdk::Value* status = find_member(*envelope, "status_code"))
    ctx.annotate("status_code", *status);
  ctx.annotate("source", "hub_repos delete_tag");
  const sdk::Value* data = find_member(*envelope, "data");
  return ctx.answer(data);
}

}  // namespace

sdk::Status delete_tag(sdk::Context& ctx) {
  auto client = repository_client(ctx);
  if (!client) return client.status();
  const auto tag = Reference::parse("tag", ctx.params().text("tag"));
  if (!tag) return fail(ctx, tag.error());
  if (client->image().is_dockers) return delete_at_hub(*client, *tag);
  return ctx.dry_run() ? tell_plan(*client, *tag) : delete_at_registry(*client, *tag);
}

}  // namespace dockerhub::registry
