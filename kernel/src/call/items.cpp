#include "call/items.hpp"

#include "base/json.hpp"
#include "call/fields.hpp"
#include "call/redact.hpp"

namespace dockerhub {
namespace {

dh_status collect(RunningCall& call, std::string_view item) {
  if (!json::is_valid(item)) return call.invalid("an item is not JSON");
  if (!call.charge(item.size())) return too_large(call);
  call.answers().items.emplace_back(item);
  return DH_OK;
}

}  // namespace

dh_status too_large(RunningCall& call) {
  Error error;
  error.kind = ErrorKind::api;
  error.message = "the answer is larger than one call may hold in memory";
  error.hint = "Ask for less at once, or use a frontend that takes items one by one.";
  return call.fail(std::move(error), DH_E_LIMIT);
}

dh_status deliver_item(RunningCall& call, std::string_view json) {
  if (const dh_status status = call.alive(); status != DH_OK) return status;
  const auto& most = call.frame().request.options.max_items;
  if (most && call.answers().item_count >= *most) return DH_E_RECEIVER;
  // What a nested call gives stays within the outer one, which gets it again when it runs again.
  if (call.frame().depth == 0) call.conversation().act();
  ++call.answers().item_count;
  const auto& receiver = call.frame().caller.item;
  if (!receiver) return collect(call, json);
  const auto clean = redact_item(call.redaction(), call.frame().row, json);
  if (!clean) return call.invalid("an item: " + clean.error().message);
  const auto& fields = call.frame().request.options.fields;
  return receiver(fields.empty() ? *clean : keep_fields(*clean, fields)) ? DH_OK : DH_E_RECEIVER;
}

}  // namespace dockerhub
