#include "fault.hpp"

#include <utility>

#include "dockerhub/sdk/context.hpp"
#include "registry_words.hpp"

namespace dockerhub::registry {

Failed wrong_parameter(std::string parameter, std::string message, std::string hint) {
  Fault fault;
  fault.message = "'" + parameter + "' " + std::move(message);
  fault.hint = std::move(hint);
  fault.parameter = std::move(parameter);
  return Failed(std::move(fault));
}

Failed wrong_answer(std::string message, std::string hint) {
  Fault fault;
  fault.type = "ApiError";
  fault.message = std::move(message);
  fault.hint = std::move(hint);
  return Failed(std::move(fault));
}

sdk::Status fail(sdk::Context& ctx, const Fault& fault) {
  sdk::Failure failure;
  failure.type = fault.type;
  failure.message = fault.message;
  failure.hint = fault.hint;
  failure.parameter = fault.parameter;
  failure.request = fault.request;
  failure.status_code = fault.status_code;
  return ctx.fail(failure);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMost = 80;
  return "'" + std::string(whole_characters(text, kMost)) + (text.size() > kMost ? "...'" : "'");
}

}  // namespace dockerhub::registry
