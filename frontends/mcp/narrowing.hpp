// What a client over HTTP wants to see less than it may, by headers of its requests: X-MCP-Readonly,
// X-MCP-Toolsets and X-MCP-Exclude-Tools, named as in GitHub's MCP server. They only take away from what the
// server offers. Belongs to one thread; the views to any.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tl/expected.hpp>

#include "http/message.hpp"
#include "message.hpp"
#include "tool_view.hpp"

namespace dockerhub::mcp {

class Narrowing {
 public:
  using View = std::shared_ptr<const ToolView>;

  static constexpr std::size_t kMostNames = 256;  // in one header
  // Views, each with its tools, which a client with the same headers would else have made with every request.
  static constexpr std::size_t kMostKept = 16;

  // all: what the server offers; outlives this and all views.
  explicit Narrowing(const ToolView& all) : all_(all) {}

  // nullptr: the request wants nothing less. most: that its caller may do, who is told no other names. Errors
  // (HTTP 400) name the header: a name of nothing in the catalogue, a value of another form, a header sent twice.
  tl::expected<View, RpcError> view_of(const web::Request& request, const Catalogue& catalogue,
                                       Effect most);

 private:
  struct Kept {
    std::uint64_t version;  // of the catalogue in which the names were found
    View view;
  };

  const ToolView& all_;
  std::map<std::string, Kept> kept_;  // by the values of the headers
  std::set<std::string> names_;       // of all that is in the catalogue of this version
  std::optional<std::uint64_t> names_version_;
};

}  // namespace dockerhub::mcp
