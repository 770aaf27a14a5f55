// Two images, or two states of one: what became better and what worse. A vulnerability is the same on
// both sides when its name and its package are, whatever the package's version. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "filter.hpp"
#include "finding.hpp"

namespace dockerhub::scout {

// A package by its URL without version; a side without it has no versions.
struct PackageChange {
  std::string purl, name;
  std::vector<std::string> base_versions, target_versions;
};

struct Diff {
  std::vector<Finding> fixed;       // in base alone
  std::vector<Finding> introduced;  // in target alone
  std::size_t unchanged = 0;
  std::vector<PackageChange> packages;
};

// Both sides have to be conclusive: what a side does not know would look like what it does not have. shown: only what
// all of these choose is told, of `unchanged` as the target has it; the other side has a vulnerability whether they
// choose it there or not.
Diff diff(const Inventory& base, const Inventory& target, const std::vector<Filter>& shown = {});

}  // namespace dockerhub::scout
