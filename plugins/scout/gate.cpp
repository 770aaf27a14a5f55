#include "gate.hpp"

#include <algorithm>
#include <set>

namespace dockerhub::scout {

Gate::Gate(const std::vector<std::string_view>& words) : is_set_(!words.empty()) {
  std::optional<Severity> mildest;
  for (const std::string_view word : words) {
    if (word == "fixable") {
      fixable_ = true;
    } else {
      const Severity bound = severity_of(word).value_or(Severity::unspecified);
      mildest = std::max(mildest.value_or(bound), bound);
    }
  }
  mildest_ = mildest.value_or(Severity::unspecified);
}

bool Gate::meets(const Finding& finding) const {
  return finding.severity <= mildest_ && !finding.excepted &&
         (!fixable_ || !finding.fixed_by.empty());
}

std::string Gate::condition(bool is_one) const {
  std::string text;
  if (mildest_ != Severity::unspecified) {
    text = (is_one ? " that is " : " that are ") + std::string(severity_name(mildest_));
    if (mildest_ != Severity::critical) text += " or worse";
  }
  if (fixable_) text += text.empty() ? " that can be fixed" : " and can be fixed";
  return text;
}

std::optional<std::string> Gate::met_by(const std::vector<Finding>& findings) const {
  constexpr std::size_t kMostNamed = 5;
  std::set<std::string_view> cves;
  std::string names;
  for (const Finding& finding : findings) {
    if (!is_set_ || !meets(finding) || !cves.insert(finding.cve).second) continue;
    if (cves.size() <= kMostNamed) names += (names.empty() ? "" : ", ") + finding.cve;
  }
  if (cves.empty()) return std::nullopt;
  const bool is_one = cves.size() == 1;
  const std::string all =
      std::to_string(cves.size()) + (is_one ? " vulnerability" : " vulnerabilities");
  return all + condition(is_one) + ": " + names + (cves.size() > kMostNamed ? ", ..." : "") + ".";
}

}  // namespace dockerhub::scout
