// The condition of `fail_on`: what makes a check fail. Pure; any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "finding.hpp"

namespace dockerhub::scout {

class Gate {
 public:
  // words: severities, "any", "fixable"; none: there is no condition.
  explicit Gate(const std::vector<std::string_view>& words);

  bool is_set() const { return is_set_; }
  // What met it, in a sentence; nullopt: nothing did. A finding that is excepted does not count.
  std::optional<std::string> met_by(const std::vector<Finding>& findings) const;

 private:
  bool meets(const Finding& finding) const;
  std::string condition(bool is_one) const;

  Severity mildest_ = Severity::unspecified;  // this or worse
  bool fixable_ = false;
  bool is_set_ = false;
};

}  // namespace dockerhub::scout
