// What a registry token is good for: "repository:NAME:pull,push", several separated by blanks
// (docs/credentials.md, "Registry tokens"). A set of resources with a set of actions each, so that the
// order in which a server writes them does not matter. At most 64 resources and 32 actions each; what
// is above that is left out. Plain value; any thread.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

class Scopes {
 public:
  Scopes() = default;
  // Split at blanks, each part at its first and its last colon: a name may hold "host:port". A part
  // without two colons is kept as it is.
  explicit Scopes(std::string_view text);

  bool empty() const { return resources_.empty(); }
  bool operator==(const Scopes&) const = default;

  // Adds what the other one has.
  void unite(const Scopes& other);
  // A token for this serves a request that needs `other`. The action "*" stands for every one.
  bool covers(const Scopes& other) const;

  // "type:name:action,action" of each resource; resources and actions sorted.
  std::vector<std::string> parts() const;
  // The same, separated by blanks.
  std::string text() const;

 private:
  using Actions = std::set<std::string>;

  void add(const std::string& resource, const Actions& actions);

  std::map<std::string, Actions> resources_;  // by "type:name", or by the whole part
};

}  // namespace dockerhub
