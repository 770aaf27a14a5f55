#include "registry_call.hpp"

#include "hub/members.hpp"
#include "json_parts.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::string_view kTool = "hub_registry";

sdk::Status switched_off(sdk::Context& ctx, std::string_view action) {
  const std::string message = "this needs hub_registry " + std::string(action) +
                              ", which is not offered: the registry has to be asked";
  return ctx.fail("UnsupportedError", message,
                  "Switch hub_registry on (REGISTRYTOOL), or name the image by the digest of its "
                  "platform.");
}

sdk::Status unreadable(sdk::Context& ctx) {
  return ctx.fail("ModuleError", "hub_registry answered what cannot be read",
                  "This is a mistake in one of the modules: report it.");
}

}  // namespace

bool is_callers_mistake(const RegistryAnswer& answer) {
  const auto raw = raw_member(answer.envelope, "error");
  const auto error = raw ? sdk::parse_json(*raw) : std::nullopt;
  return error && hub::text_member(*error, "type") == "ParameterError" &&
         hub::member(*error, "status_code") == nullptr;
}

bool ends_call(sdk::Status status) {
  return status.suspended() || status == sdk::Status(DH_E_CANCELLED) ||
         status == sdk::Status(DH_E_TIMEOUT);
}

sdk::Status ask_registry(sdk::Context& ctx, std::string_view action, const sdk::Json& params,
                         RegistryAnswer& answer, const sdk::Json& options) {
  if (!ctx.offered(kTool, action)) return switched_off(ctx, action);
  sdk::CallOutcome outcome = ctx.run(kTool, action, params, options);
  answer.envelope = std::move(outcome.envelope);
  if (!outcome.status) return outcome.status;
  const auto data = raw_member(answer.envelope, "data");
  auto body = data ? sdk::parse_json(*data) : std::nullopt;
  if (!body) return unreadable(ctx);
  answer.data = *data;
  answer.body = *std::move(body);
  const auto extra = raw_member(answer.envelope, "extra");
  const auto noted = extra ? sdk::parse_json(*extra) : std::nullopt;
  if (noted) answer.digest = hub::text_member(*noted, "digest");
  return {};
}

}  // namespace dockerhub::scout
