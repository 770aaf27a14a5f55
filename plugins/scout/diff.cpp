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

std::set<Key> keys_of(const std::vector<Finding>& findings) {
  std::set<Key> keys;
  for (const Finding& finding : findings) keys.insert(key_of(finding));
  return keys;
}

// The first finding of each key that `others` do not have.
std::vector<Finding> without(const std::vector<Finding>& findings, std::set<Key> others) {
  std::vector<Finding> found;
  for (const Finding& finding : findings) {
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

Diff diff(const Inventory& base, const Inventory& target, const std::vector<Filter>& shown) {
  const std::vector<Finding> now = select(shown, target.findings);
  Diff result;
  result.fixed = without(select(shown, base.findings), keys_of(target.findings));
  result.introduced = without(now, keys_of(base.findings));
  result.unchanged = keys_of(now).size() - result.introduced.size();
  if (base.knows_packages && target.knows_packages) result.packages = package_changes(base, target);
  return result;
}

}  // namespace dockerhub::scout
