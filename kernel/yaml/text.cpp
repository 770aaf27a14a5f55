#include <yaml-cpp/emitter.h>
#include <yaml-cpp/emittermanip.h>

#include <algorithm>
#include <array>
#include <cctype>

#include "conversions.hpp"
#include "dockerhub/bounded_json.hpp"
#include "dockerhub/json_runs.hpp"

namespace dockerhub::yaml {

namespace {

std::string_view view(const rapidjson::Value& text) {
  return {text.GetString(), text.GetStringLength()};
}

bool is_letter_or_digit(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

// What YAML 1.1 and 1.2 read as a boolean or nothing.
bool is_word_of_yaml(std::string_view text) {
  constexpr std::array<std::string_view, 9> kWords = {"null", "true", "false", "yes", "no",
                                                      "on",   "off",  "y",     "n"};
  const auto same = [](char a, char b) { return a == std::tolower(static_cast<unsigned char>(b)); };
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(), same);
  });
}

bool is_plain(std::string_view text) {
  const bool begins = !text.empty() && std::isalpha(static_cast<unsigned char>(text.front())) != 0;
  return begins && !is_word_of_yaml(text) && std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter_or_digit(c) ||
                  std::string_view("_-./+").find(c) != std::string_view::npos;
         });
}

// The emitter would leave texts like yes and 1e3 without quotes.
void emit_text(YAML::Emitter& emitter, std::string_view text) {
  if (!is_plain(text)) emitter << YAML::DoubleQuoted;
  emitter << std::string(text);
}

// A number as JSON writes it, or true and false.
std::string number_text(const rapidjson::Value& value) {
  json_runs::Buffer buffer;
  json_runs::Writer writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

void emit(YAML::Emitter& emitter, const rapidjson::Value& value);

void emit_members(YAML::Emitter& emitter, const rapidjson::Value& object) {
  if (object.ObjectEmpty()) emitter << YAML::Flow;
  emitter << YAML::BeginMap;
  for (const auto& member : object.GetObject()) {
    emitter << YAML::Key;
    emit_text(emitter, view(member.name));
    emitter << YAML::Value;
    emit(emitter, member.value);
  }
  emitter << YAML::EndMap;
}

void emit(YAML::Emitter& emitter, const rapidjson::Value& value) {
  if (value.IsObject()) return emit_members(emitter, value);
  if (value.IsString()) return emit_text(emitter, view(value));
  if (value.IsNull()) {
    emitter << YAML::Null;
    return;
  }
  if (!value.IsArray()) {
    emitter << number_text(value);
    return;
  }
  if (value.Empty()) emitter << YAML::Flow;
  emitter << YAML::BeginSeq;
  for (const auto& item : value.GetArray()) emit(emitter, item);
  emitter << YAML::EndSeq;
}

}  // namespace

Read<std::string> text_of(std::string_view json) {
  bounded_json::Document value;
  if (const auto fault = bounded_json::parse(json, value))
    return tl::unexpected(Problem{0, {}, fault->text(), {}});
  try {
    YAML::Emitter emitter;
    emitter.SetNullFormat(YAML::LowerNull);
    emit(emitter, value);
    return std::string(emitter.c_str(), emitter.size()) + "\n";
  } catch (const std::exception& fault) {
    return tl::unexpected(Problem{0, {}, fault.what(), {}});
  }
}

}  // namespace dockerhub::yaml
