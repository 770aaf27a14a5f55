// Parameters from anybody against rows of every kind: never a crash, and what is accepted stays
// accepted in its canonical form.
#include <cstdlib>

#include "call/steps.hpp"

namespace {

using dockerhub::Action;
using dockerhub::Parameter;
using dockerhub::ParameterType;

Action every_kind() {
  Action action;
  action.name = "fuzz";
  for (int type = 0; type <= static_cast<int>(ParameterType::store); ++type) {
    Parameter parameter;
    parameter.type = static_cast<ParameterType>(type);
    parameter.name = dockerhub::parameter_type_name(parameter.type);
    parameter.aliases = {parameter.name.substr(0, 1)};
    action.parameters.push_back(std::move(parameter));
  }
  action.parameters[0].pattern = "[a-z]{1,8}(-[a-z]+)*";
  action.parameters[0].max_length = 20;
  action.parameters[1].minimum = -5;
  action.parameters[1].maximum = 5;
  action.at_most_one = {{"number", "boolean"}};
  action.effect_conditions = {{"boolean", "false", dockerhub::Effect::destructive}};
  return action;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Action kAction = every_kind();
  const auto valid = dockerhub::validate(kAction, {reinterpret_cast<const char*>(data), size});
  if (valid) {
    const auto again = dockerhub::validate(kAction, valid->json);
    if (!again || again->json != valid->json || again->effect != valid->effect) std::abort();
  }
  return 0;
}
