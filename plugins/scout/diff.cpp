#include "diff.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "purl.hpp"

namespace dockerhub::scout {
namespace {

using Key = std::pair<std::string_view, std::string_view>;

Key key_of(const Finding& finding) {
  const std::string_view package =
      finding.purl.empty() ? std::string_view(finding.package) : without_version(finding.purl);
  return {finding.cve, package};
}

std::set<Key> keys_of(const Inventory& inventory) {
  std::set<Key> keys;
  for (const Finding& finding : inventory.findings) keys.insert(key_of(finding));
  return keys;
}

// The first finding of each key that `others` do not have.
std::vector<Finding> without(const Inventory& inventory, std::set<Key> others) {
  std::vector<Finding> found;
  for (const Finding& finding : inventory.findings) {
    if (others.insert(key_of(finding)).second) found.push_back(finding);
  }
  return found;
}

struct Versions {
  std::string_view name;
  std::set<std::string_view> base, target;
};

std::vector<PackageChange> package_changes(const Inventory& base, const Inventory& target) {
  std::map<std::string_view, Versions> all;
  const auto take = [&](const Inventory& side, std::set<std::string_view> Versions::*versions) {
    for (const Package& package : side.packages) {
      Versions& known = all[without_version(package.purl)];
      known.name = package.name;
      (known.*versions).insert(package.version);
    }
  };
  take(base, &Versions::base);
  take(target, &Versions::target);
  std::vector<PackageChange> changes;
  for (const auto& [purl, versions] : all) {
    if (versions.base == versions.target) continue;
    changes.push_back({std::string(purl),
                       std::string(versions.name),
                       {versions.base.begin(), versions.base.end()},
                       {versions.target.begin(), versions.target.end()}});
  }
  return changes;
}

}  // namespace

Diff diff(const Inventory& base, const Inventory& target) {
  const std::set<Key> before = keys_of(base);
  const std::set<Key> after = keys_of(target);
  Diff result;
  result.fixed = without(base, after);
  result.introduced = without(target, before);
  result.unchanged = before.size() - result.fixed.size();
  if (base.knows_packages && target.knows_packages) result.packages = package_changes(base, target);
  return result;
}

}  // namespace dockerhub::scout
