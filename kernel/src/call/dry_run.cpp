#include "base/json.hpp"
#include "call/steps.hpp"

namespace dockerhub {

std::optional<std::string> dry_run_answer(const Target& target, const ValidParams& params) {
  const Action& action = *target.action;
  if (action.request || action.dry_run_by_handler || action.worst_effect() == Effect::read)
    return std::nullopt;
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("would_run");
  json::put(writer, target.tool->name + " " + action.name);
  writer.Key("effect");
  json::put(writer, effect_name(params.effect));
  writer.Key("params");
  json::put_raw(writer, params.public_json);
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize());
}

}  // namespace dockerhub
