#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>
#include <yaml-cpp/null.h>

#include "openapi.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

// In quotes whatever they are: the emitter would leave texts like yes and 1e3 without.
void emit_quoted(YAML::Emitter& emitter, std::string_view text) {
  emitter << YAML::DoubleQuoted << std::string(text);
}

void emit(YAML::Emitter& emitter, const json::Value& value) {
  if (value.IsObject()) {
    if (value.ObjectEmpty()) emitter << YAML::Flow;
    emitter << YAML::BeginMap;
    for (const auto& member : value.GetObject()) {
      emitter << YAML::Key;
      emit_quoted(emitter, json::view(member.name));
      emitter << YAML::Value;
      emit(emitter, member.value);
    }
    emitter << YAML::EndMap;
  } else if (value.IsArray()) {
    if (value.Empty()) emitter << YAML::Flow;
    emitter << YAML::BeginSeq;
    for (const auto& item : value.GetArray()) emit(emitter, item);
    emitter << YAML::EndSeq;
  } else if (value.IsString()) {
    emit_quoted(emitter, json::view(value));
  } else if (value.IsNull()) {
    emitter << YAML::Null;
  } else {
    // A number keeps its digits; true and false are the same words.
    emitter << json::write(value);
  }
}

}  // namespace

std::string yaml_of(const std::string& json_text) {
  const auto document = json::parse(json_text);
  if (!document) return {};
  YAML::Emitter emitter;
  emitter.SetNullFormat(YAML::LowerNull);
  emit(emitter, *document);
  return std::string(emitter.c_str(), emitter.size()) + "\n";
}

}  // namespace dockerhub::rest
