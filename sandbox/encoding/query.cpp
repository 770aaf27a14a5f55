#include "encoding/query.hpp"

#include <Poco/Exception.h>
#include <Poco/URI.h>

#include <algorithm>
#include <charconv>

namespace dockerhub::sandbox {
namespace {

std::string form_decode(std::string_view text) {
  std::string plain(text);
  std::replace(plain.begin(), plain.end(), '+', ' ');
  return percent_decode(plain).value_or(plain);
}

}  // namespace

Query::Query(std::string_view text) {
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find('&'));
    text.remove_prefix(std::min(part.size() + 1, text.size()));
    if (part.empty()) continue;
    const std::size_t equals = std::min(part.find('='), part.size());
    const std::string_view value = part.substr(std::min(equals + 1, part.size()));
    parameters_.emplace_back(form_decode(part.substr(0, equals)), form_decode(value));
  }
}

std::optional<std::string> Query::value(std::string_view name) const {
  for (const auto& [key, value] : parameters_) {
    if (key == name) return value;
  }
  return std::nullopt;
}

std::vector<std::string> Query::values(std::string_view name) const {
  std::vector<std::string> found;
  for (const auto& [key, value] : parameters_) {
    if (key == name) found.push_back(value);
  }
  return found;
}

std::optional<std::string> percent_decode(std::string_view text) {
  try {
    std::string plain;
    Poco::URI::decode(std::string(text), plain);
    return plain;
  } catch (const Poco::Exception&) {
    return std::nullopt;
  }
}

std::string percent_encode(std::string_view text) {
  std::string escaped;
  Poco::URI::encode(std::string(text), "!#$&'()*+,/:;=?@[]", escaped);
  return escaped;
}

std::optional<std::int64_t> to_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace dockerhub::sandbox
