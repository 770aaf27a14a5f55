#include "fault.hpp"

#include <utility>

#include "dockerhub/sdk/context.hpp"
#include "hub/composed.hpp"
#include "registry_words.hpp"

namespace dockerhub::registry {

void FaultDeleter::operator()(Fault* fault) const noexcept {
  delete fault;
}

Failed failed(Fault fault) {
  return Failed(FaultPtr(new Fault(std::move(fault))));
}

Failed wrong_parameter(const char* parameter, std::string_view message, std::string_view hint) {
  Fault fault;
  fault.message.append("'").append(parameter).append("' ").append(message);
  fault.hint = hint;
  fault.parameter = parameter;
  return failed(std::move(fault));
}

Failed wrong_answer(std::string_view message, std::string_view hint) {
  Fault fault;
  fault.type = "ApiError";
  fault.message = message;
  fault.hint = hint;
  return failed(std::move(fault));
}

sdk::Status fail(sdk::Context& ctx, const Fault& fault) noexcept {
  sdk::Failure failure;
  failure.type = fault.type;
  failure.message = fault.message;
  failure.hint = fault.hint;
  failure.parameter = fault.parameter;
  failure.request = fault.request;
  failure.status_code = fault.status_code;
  return ctx.fail(failure);
}

sdk::Status fail(sdk::Context& ctx, const FaultPtr& fault) noexcept {
  return fail(ctx, *fault);
}

sdk::Status fail_as(sdk::Context& ctx, const char* parameter, const FaultPtr& fault) noexcept {
  fault->parameter = parameter;
  return fail(ctx, *fault);
}

sdk::Status refuse_parameter(sdk::Context& ctx, const char* parameter, std::string_view message,
                             std::string_view hint) {
  return fail(ctx, wrong_parameter(parameter, message, hint).value());
}

sdk::Status refuse_answer(sdk::Context& ctx, std::string_view message, std::string_view hint,
                          std::string_view request) {
  const Failed refused = wrong_answer(message, hint);
  refused.value()->request = request;
  return fail(ctx, refused.value());
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 80;
  return hub::composed("'{}{}",
                       {whole_characters(text, kMost), text.size() > kMost ? "...'" : "'"});
}

}  // namespace dockerhub::registry
