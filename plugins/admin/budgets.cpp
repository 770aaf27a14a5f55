// What is left of the budgets: as the servers said last, or asked now where they have said nothing yet.
#include <string>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/flight.hpp"
#include "hub/latest_budget.hpp"
#include "hub/members.hpp"

namespace dockerhub::admin {
namespace {

using sdk::Json;
using sdk::Value;

// Pulls are counted on this repository's own terms: reading its head costs nothing.
constexpr std::string_view kPreview = "ratelimitpreview/test";

// A refusal alone leaves a budget of which only the moment is known when it ends.
bool tells_limit(const Value& budgets, std::string_view api) {
  const Value* budget = hub::latest_budget(budgets, api);
  return budget != nullptr && hub::member(*budget, "limit") != nullptr;
}

sdk::Reply<sdk::Document> known(sdk::Context& ctx) {
  auto budgets = ctx.limits();
  if (budgets && !budgets->IsArray()) return sdk::Status(DH_E_INVALID);
  return budgets;
}

// For whom a budget is counted: as the server says, else the account that asked; empty: nobody says.
std::string_view source_of(const Value& budget) {
  const std::string_view told = hub::text_member(budget, "source");
  return told.empty() ? hub::text_member(budget, "account") : told;
}

Json budget_or_null(const Value& budgets, std::string_view api) {
  const Value* budget = hub::latest_budget(budgets, api);
  if (budget == nullptr) return nullptr;
  return Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (auto it = budget->MemberBegin(); it != budget->MemberEnd(); ++it) {
      if (it->name == "source") continue;
      it->name.Accept(json);
      it->value.Accept(json);
    }
    sdk::put_key(json, "source");
    const std::string_view source = source_of(*budget);
    if (source.empty()) {
      json.Null();
    } else {
      sdk::put(json, source);
    }
    json.EndObject();
  });
}

// Any answer of Docker Hub's API tells its budget.
sdk::Status ask_hub(sdk::Context& ctx) {
  sdk::Request request;
  request.method = "HEAD";
  request.path = "/v2/namespaces/library/repositories/hello-world";
  return hub::send(ctx, request).status();
}

sdk::Status ask_registry(sdk::Context& ctx) {
  sdk::Request request;
  request.method = "HEAD";
  request.surface = "registry";
  request.path = "/v2/{repository}/manifests/latest";
  request.path_params = Json{{"repository", kPreview}};
  request.headers = Json{{"Accept",
                          "application/vnd.docker.distribution.manifest.v2+json, "
                          "application/vnd.oci.image.manifest.v1+json"}};
  return hub::send(ctx, request).status();
}

// One of two hosts that does not answer leaves what the other says.
sdk::Status unless_it_ends(sdk::Context& ctx, sdk::Status asked, std::string_view host) {
  if (asked || hub::ends_call(ctx, asked)) return asked;
  ctx.warn("The budget was not told by " + std::string(host) +
           ": it could not be asked, or refused.");
  return {};
}

}  // namespace

sdk::Status rate_limit(sdk::Context& ctx) {
  const auto budgets = known(ctx);
  if (!budgets) return budgets.status();
  const Value* hub = hub::latest_budget(*budgets, "hub");
  const auto of_hub = [&](std::string_view name) {
    return hub == nullptr ? nullptr : hub::member(*hub, name);
  };
  return ctx.answer({{"limit", of_hub("limit")},
                     {"remaining", of_hub("remaining")},
                     {"reset", of_hub("reset")},
                     {"budgets", *budgets}});
}

sdk::Status limits(sdk::Context& ctx) {
  const auto before = known(ctx);
  if (!before) return before.status();
  if (!tells_limit(*before, "hub")) {
    if (const sdk::Status asked = unless_it_ends(ctx, ask_hub(ctx), "Docker Hub"); !asked)
      return asked;
  }
  if (const sdk::Status asked = unless_it_ends(ctx, ask_registry(ctx), "the registry"); !asked)
    return asked;
  const auto now = known(ctx);
  if (!now) return now.status();
  return ctx.answer(
      {{"api", budget_or_null(*now, "hub")}, {"pulls", budget_or_null(*now, "registry")}});
}

}  // namespace dockerhub::admin
