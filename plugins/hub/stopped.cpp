#include "stopped.hpp"

#include <string>

namespace dockerhub::hub {
namespace {

bool may_have_been_made(sdk::Status status) {
  return status == sdk::Status(DH_E_CANCELLED) || status == sdk::Status(DH_E_TIMEOUT) ||
         status == sdk::Status(DH_E_NETWORK) || status == sdk::Status(DH_E_LIMIT);
}

}  // namespace

sdk::Status stopped(sdk::Context& ctx, sdk::Status status, const Stop& stop,
                    const sdk::Json& summary) {
  if (status.suspended() || (stop.done == 0 && !may_have_been_made(status))) return status;
  std::string text = "Stopped after " + std::to_string(stop.done) + " of " +
                     std::to_string(stop.all) + " changes, at ";
  text.append(stop.at).append(": it may or may not have been made. Run it again.");
  ctx.outcome(sdk::Outcome::partial, text);
  return ctx.answer(summary);
}

}  // namespace dockerhub::hub
