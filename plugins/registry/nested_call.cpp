#include "nested_call.hpp"

#include "hub/flight.hpp"
#include "json_text.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::string_view kThisModule = "hub_registry";

}  // namespace

NestedCall::NestedCall(sdk::Context& ctx, std::string_view action, const sdk::Json& params,
                       const sdk::Json& options) {
  const sdk::CallOutcome outcome = ctx.run(kThisModule, action, params, options);
  status_ = outcome.status;
  envelope_ = parse_json(outcome.envelope);
  is_over_ = !status_ && (outcome.envelope.empty() || hub::ends_call(ctx, status_));
}

const sdk::Value* NestedCall::part(std::string_view name) const {
  return envelope_ ? find_member(*envelope_, name) : nullptr;
}

std::string NestedCall::error() const {
  const sdk::Value* error = part("error");
  const std::string_view message =
      error == nullptr ? std::string_view() : text_member(*error, "message");
  return message.empty() ? "it could not be done" : std::string(message);
}

std::string_view NestedCall::error_type() const {
  const sdk::Value* error = part("error");
  return error == nullptr ? std::string_view() : text_member(*error, "type");
}

int NestedCall::error_code() const {
  const sdk::Value* error = part("error");
  const sdk::Value* code = error == nullptr ? nullptr : find_member(*error, "status_code");
  return code != nullptr && code->IsInt() ? code->GetInt() : 0;
}

}  // namespace dockerhub::registry
