#include "yaml_text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace dockerhub::cli {

namespace {

constexpr std::size_t kYamlIndent = 2;

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

std::string scalar(const json::Value& value) {
  if (value.IsString() && is_plain(json::view(value))) return std::string(json::view(value));
  return json::write(value);
}

bool is_block(const json::Value& value) {
  return (value.IsObject() && !value.ObjectEmpty()) || (value.IsArray() && !value.Empty());
}

void write(const json::Value& value, std::size_t indent, std::string& text);

// What stands behind "key:" or "-"; `inner` is where a block's lines begin.
void write_behind(const json::Value& value, std::size_t inner, bool in_line, std::string& text) {
  if (!is_block(value)) {
    text += " " + scalar(value) + "\n";
  } else if (in_line) {
    std::string block;
    write(value, inner, block);
    text += " " + block.substr(inner);
  } else {
    text += "\n";
    write(value, inner, text);
  }
}

void write(const json::Value& value, std::size_t indent, std::string& text) {
  const std::string margin(indent, ' ');
  if (value.IsArray()) {
    for (const auto& item : value.GetArray()) {
      text += margin + "-";
      write_behind(item, indent + kYamlIndent, true, text);
    }
    return;
  }
  for (const auto& member : value.GetObject()) {
    text += margin + scalar(member.name) + ":";
    write_behind(member.value, indent + kYamlIndent, false, text);
  }
}

}  // namespace

std::string yaml_text(const json::Value& value) {
  if (!is_block(value)) return scalar(value) + "\n";
  std::string text;
  write(value, 0, text);
  return text;
}

}  // namespace dockerhub::cli
