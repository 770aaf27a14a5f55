// Which findings a caller wants to see. Pure; any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "finding.hpp"

namespace dockerhub::scout {

struct Filter {
  std::set<Severity> severities;  // empty: all
  std::set<std::string> types;    // of packages, like apk or npm; empty: all
  bool fixable = false;           // only those with a fix
  bool cisa_exploited = false;    // only those that are exploited
  bool include_excepted = false;  // also those that do not count
  std::optional<double> epss_above;

  // From the parameters of a call, which have these names, or from a saved answer.
  static Filter of(const sdk::Value& parameters);
  // The members that are not as they are when nothing is said; of() reads them back.
  sdk::Json json() const;

  // The same without what a vulnerability may be given or lose with the days or with its package's version: a score of
  // EPSS, a fix.
  Filter lasting() const;

  bool matches(const Finding& finding) const;
  std::vector<Finding> select(const std::vector<Finding>& findings) const;
};

// What all of them choose.
std::vector<Finding> select(const std::vector<Filter>& filters, std::vector<Finding> findings);

}  // namespace dockerhub::scout
