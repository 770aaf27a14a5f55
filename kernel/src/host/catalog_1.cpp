#include "base/json.hpp"
#include "call/pipeline.hpp"
#include "call/steps.hpp"
#include "host/host.hpp"
#include "host/status_of_error.hpp"

namespace dockerhub {
namespace {

dh_status offered(dh_call* call, dh_str tool, dh_str action) {
  return guarded(call, [&](RunningCall& running) {
    CallRequest request;
    request.tool = view(tool);
    request.action = view(action);
    // As a call would find it (Passage::teller).
    const Caller* teller = running.frame().row == nullptr ? &running.frame().caller : nullptr;
    return resolve(running.services(), request, teller) ? DH_OK : DH_E_NOT_FOUND;
  });
}

// Kernel options of a nested call; unknown ones are a mistake, not something to pass over.
Result<CallOptions> options_from(dh_str text) {
  CallOptions options;
  if (text.size == 0) return options;
  const auto document = json::parse(view(text));
  if (!document) return Failure(document.error());
  Error error;
  error.message =
      "catalog/1: options are an object of dry_run and all_pages (boolean), timeout_ms and "
      "max_items (integer)";
  if (!document->IsObject()) return Failure(std::move(error));
  for (const auto& member : document->GetObject()) {
    const std::string_view name = json::view(member.name);
    if (name == "dry_run" && member.value.IsBool()) {
      options.dry_run = member.value.GetBool();
    } else if (name == "all_pages" && member.value.IsBool()) {
      options.all_pages = member.value.GetBool();
    } else if (name == "max_items" && member.value.IsUint64()) {
      options.max_items = member.value.GetUint64();
    } else if (name == "timeout_ms" && member.value.IsInt64()) {
      options.timeout = std::chrono::milliseconds(member.value.GetInt64());
    } else {
      return Failure(std::move(error));
    }
  }
  return options;
}

dh_status call_action(dh_call* call, dh_str tool, dh_str action, dh_str params, dh_str options,
                      dh_str* envelope) {
  return guarded(call, [&](RunningCall& running) -> dh_status {
    if (const dh_status status = running.alive(); status != DH_OK) return status;
    const Result<CallOptions> parsed = options_from(options);
    if (!parsed) return running.invalid(parsed.error().message);
    CallRequest request;
    request.tool = view(tool);
    request.action = view(action);
    request.params = params.size == 0 ? "{}" : std::string(view(params));
    request.options = *parsed;
    request.trace = running.frame().request.trace;
    request.request_id = running.frame().view.request_id;
    CallResult result = running.services().pipeline->run_nested(request, running);
    if (result.suspended) {
      running.suspend();
      return DH_SUSPENDED;
    }
    *envelope = running.lend("catalog", std::move(result.envelope));
    if (!result.error) return DH_OK;
    return fail_with(running, std::move(*result.error));
  });
}

}  // namespace

const dh_catalog_1 kCatalog1 = {sizeof(dh_catalog_1), 0, offered, call_action};

}  // namespace dockerhub
