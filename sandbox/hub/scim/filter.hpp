// The filter language of SCIM (RFC 7644 3.4.2.2) as Docker documents it: eq ne co sw, and or not, and
// parentheses. Names, operators and values are compared without regard to case. Immutable; any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"

namespace dockerhub::sandbox {

class ScimFilter {
 public:
  // The texts of an attribute; nullopt: there is no such attribute.
  using Lookup = std::function<std::optional<std::vector<std::string>>(std::string_view attribute)>;

  // The error (parameter) says what is wrong and where.
  static Result<ScimFilter> parse(std::string_view text);

  // Whether a resource fits; an attribute that it lacks fits nothing but `ne`.
  bool fits(const Lookup& lookup) const;

  struct Node;

 private:
  explicit ScimFilter(std::shared_ptr<const Node> root) : root_(std::move(root)) {}

  std::shared_ptr<const Node> root_;
};

}  // namespace dockerhub::sandbox
