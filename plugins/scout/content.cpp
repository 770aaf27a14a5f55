#include "content.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "graphql.hpp"
#include "hub/members.hpp"
#include "inventory.hpp"
#include "json_parts.hpp"
#include "registry_call.hpp"
#include "settings.hpp"
#include "stored_sbom.hpp"
#include "utc_time.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::string_view kNoSbom = "No SBOM of use is attached to the image.";

sdk::Json image_query(const Located& located) {
  return {{"digest", located.digest},
          {"hostName", located.image.host},
          {"repoName", located.image.repository},
          {"includeExcepted", true}};
}

// What works where Docker Scout does not: nothing of it is asked for an attached SBOM.
std::string sbom_instead(const Located& located) {
  constexpr std::string_view kUsualPlatform = "linux/amd64";
  std::string command =
      "dockerhub -o data scout sbom " + located.image.in_registry + " " + located.image.reference;
  const bool is_chosen = !located.index_digest.empty() && located.platform != kUsualPlatform;
  if (is_chosen) command += " --platform " + located.platform;
  return "What the image has in it is known without Docker Scout, from the SBOM attached to it: `" +
         command + "`.";
}

// No value: there is no SBOM to look up.
sdk::Reply<std::optional<Inventory>> derived(sdk::Context& ctx, const Located& located,
                                             const Wanted& wanted) {
  auto sbom = stored_sbom(ctx, located, {});
  if (!sbom && ends_call(sbom.status())) return sbom.status();
  if (!sbom) ctx.warn("The image's own SBOM could not be read from the registry.");
  if (!sbom || !*sbom) return std::optional<Inventory>();
  const auto document = sdk::parse_json((*sbom)->document.text);
  std::vector<Package> packages = document ? packages_in(*document) : std::vector<Package>();
  if (packages.empty() || !(*sbom)->document.is_about_image) {
    ctx.warn("The image's own SBOM is of no use: it names no packages, or another image.");
    return std::optional<Inventory>();
  }
  Inventory inventory;
  inventory.digest = located.digest;
  inventory.source = "derived";
  inventory.observed_at = utc_now(kSecond);
  inventory.is_conclusive = true;
  inventory.packages = std::move(packages);
  std::vector<std::string> purls;
  for (const Package& package : inventory.packages) purls.push_back(package.purl);
  auto findings = look_up(ctx, purls, wanted, sbom_instead(located));
  if (!findings) return findings.status();
  inventory.findings = *std::move(findings);
  return std::optional<Inventory>(std::move(inventory));
}

// Of what Docker Scout says of the image; nothing where it does not know it.
Inventory of_answer(const Located& located, const GraphqlAnswer& answer) {
  const sdk::Value* value = answer.value();
  Inventory inventory;
  if (value != nullptr && value->IsObject()) inventory = read_image_packages(*value);
  inventory.digest = located.digest;
  inventory.source = "graphql";
  inventory.observed_at = utc_now(kSecond);
  // What failed beside the data may be what is missing there.
  inventory.is_conclusive = inventory.is_conclusive && answer.problems.empty();
  return inventory;
}

// Of this account and this question; nullopt: it is not known whose the answer would be.
std::optional<std::string> question_key(sdk::Context& ctx, const sdk::Json& variables) {
  const auto identity = ctx.identity();
  const auto path = graphql_path(ctx);
  if (!identity || !path) return std::nullopt;
  const std::string_view name = hub::text_member(*identity, "name");
  if (flag_member(*identity, "authenticated") && name.empty()) return std::nullopt;
  const sdk::Json key = {{"kind", hub::text_member(*identity, "kind")},
                         {"name", name},
                         {"path", *path},
                         {"variables", variables}};
  return std::string(key.text());
}

}  // namespace

sdk::Reply<Inventory> content_of(KeptContents& kept, sdk::Context& ctx, const Located& located,
                                 const Wanted& wanted) {
  const sdk::Json variables = {{"ctx", context_of(located.image.organization)},
                               {"q", image_query(located)},
                               {"epss", wanted.epss},
                               {"details", wanted.details}};
  const auto key = question_key(ctx, variables);
  auto known = key ? kept.find(*key) : std::nullopt;
  if (known) return *std::move(known);
  const std::string instead = sbom_instead(located);
  const auto answer = ask(ctx, kCvesQuery, variables, sdk::Credential::surface, instead);
  if (!answer) return answer.status();
  Inventory inventory = of_answer(located, *answer);
  const bool has_failed = answer->value() == nullptr && !answer->problems.empty();
  if (has_failed && !is_refusal(answer->problems))
    return fail(ctx, answer->problems, answer->correlation_id, instead);
  if (!has_failed) warn(ctx, answer->problems);
  if (inventory.is_conclusive && key) kept.keep(*key, inventory, answer->bytes);
  if (inventory.is_conclusive) return inventory;
  auto other = derived(ctx, located, wanted);
  const bool is_refused = !other && has_failed && !ends_call(other.status());
  if (!other && !is_refused) return other.status();
  if (other && *other) {
    (*other)->sbom_state = inventory.sbom_state;
    ctx.warn(not_conclusive(inventory) +
             " The packages of the image's own SBOM were looked up instead.");
    return *std::move(*other);
  }
  if (has_failed)
    return fail(ctx, answer->problems, answer->correlation_id,
                is_refused ? std::string_view(instead) : kNoSbom);
  return inventory;
}

sdk::Reply<std::vector<Finding>> look_up(sdk::Context& ctx, const std::vector<std::string>& purls,
                                         const Wanted& wanted, std::string_view instead) {
  constexpr std::size_t kAtOnce = 200;
  std::vector<Finding> findings;
  for (std::size_t first = 0; first < purls.size(); first += kAtOnce) {
    const auto begin = purls.begin() + static_cast<std::ptrdiff_t>(first);
    const auto end =
        purls.begin() + static_cast<std::ptrdiff_t>(std::min(first + kAtOnce, purls.size()));
    const auto answer = ask(ctx, kCvesByPurlQuery,
                            {{"ctx", sdk::Json::raw("{}")},
                             {"purls", sdk::Json::array(std::vector<std::string>(begin, end))},
                             {"epss", wanted.epss},
                             {"details", wanted.details}},
                            sdk::Credential::none, instead);
    if (!answer) return answer.status();
    const sdk::Value* value = answer->value();
    // Half an answer would look like half the vulnerabilities.
    if (value == nullptr || !answer->problems.empty())
      return fail(ctx, answer->problems, answer->correlation_id, instead);
    add_package_vulnerabilities(*value, findings);
    ctx.progress({std::min(first + kAtOnce, purls.size()), purls.size(), "package"});
  }
  sort_findings(findings);
  return findings;
}

std::string not_conclusive(const Inventory& inventory) {
  if (inventory.sbom_state.empty())
    return "Docker Scout does not know this image, or does not tell this account of it.";
  if (inventory.sbom_state == "INDEXED")
    return "Docker Scout's answer is not whole: that something is not listed does not mean that it "
           "is "
           "not there.";
  return "Docker Scout has not indexed this image (" + inventory.sbom_state +
         "): that nothing is listed does not mean that there is nothing.";
}

sdk::Status not_known(sdk::Context& ctx, const Located& located, const Inventory& inventory,
                      std::string_view so) {
  const std::string message = "the vulnerabilities of " + located.image.text() +
                              " are not known, " + std::string(so) + ". " +
                              not_conclusive(inventory);
  return ctx.fail(
      "ApiError", message,
      "Push the image with an SBOM attached (docker buildx build --sbom=true), or have "
      "Docker Scout analyse the repository; `org` asks for an organization's own images.");
}

}  // namespace dockerhub::scout
