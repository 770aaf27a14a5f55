// The routes that look like resources, derived from what the rows of the actions say. Immutable; any thread.
//
// A row's route is METHOD and path of the upstream's API. Ours is /v1/TOOL and what is left of that path
// without
//   - "api" and versions ("v2", "2.0"),
//   - words that repeat the tool: that begin as its name does, without "hub_" and a last "s",
//   - the first word, where it is the plural of the parameter behind it ("namespaces/{namespace}").
// GET /v2/namespaces/{namespace}/repositories/{repository}/tags of hub_repos is so
// GET /v1/hub_repos/{namespace}/{repository}/tags. There is none for HEAD, for what is left empty, for a GET
// that is no read, for what needs a store, and where an earlier action has it already or has other names in it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/kernel.hpp"
#include "http/target.hpp"

namespace dockerhub::rest {

struct Segment {
  std::string text;  // a word, or the name of a parameter
  bool is_parameter = false;
};

struct Route {
  std::string method;
  std::vector<Segment> segments;  // behind /v1/TOOL
  std::string tool, action;

  // "/v1/hub_repos/{namespace}/{repository}/tags"
  std::string path() const;
};

// What is left of the path of a row; empty: nothing.
std::vector<Segment> resource_path(std::string_view tool, std::string_view row_path);

class Routes {
 public:
  explicit Routes(const Catalogue& catalogue);

  struct Match {
    const Route* route = nullptr;  // nullptr: none
    web::Pairs parameters;         // of the path
    std::string allowed;           // methods that fit the path, for Allow; empty: none
  };
  // path: the segments behind /v1, the tool first. Words are stronger than parameters, from the left.
  Match find(std::string_view method, const std::vector<std::string>& path) const;

  const std::vector<Route>& all() const { return routes_; }

 private:
  std::vector<Route> routes_;
};

}  // namespace dockerhub::rest
