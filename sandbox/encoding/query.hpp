// The query of a URL, or a form body, taken apart (application/x-www-form-urlencoded); and the way
// back. A plain value; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dockerhub::sandbox {

class Query {
 public:
  // What cannot be decoded is taken as it stands.
  explicit Query(std::string_view text);

  // The first value of that name.
  std::optional<std::string> value(std::string_view name) const;
  std::string text(std::string_view name) const { return value(name).value_or(""); }
  std::vector<std::string> values(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& parameters() const { return parameters_; }

 private:
  std::vector<std::pair<std::string, std::string>> parameters_;
};

// nullopt for a text with a broken %-escape.
std::optional<std::string> percent_decode(std::string_view text);

// Everything escaped but the unreserved characters of RFC 3986 2.3.
std::string percent_encode(std::string_view text);

// A whole decimal number, or nullopt.
std::optional<std::int64_t> to_number(std::string_view text);

}  // namespace dockerhub::sandbox
