#include "narrowing.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
#include <vector>

#include "server/reach.hpp"

namespace dockerhub::mcp {
namespace {

struct WantedLess {
  std::string read_only, toolsets, excluded;  // as sent; empty: not at all

  bool is_nothing() const { return read_only.empty() && toolsets.empty() && excluded.empty(); }
  // No value of a header has a line end.
  std::string key() const { return read_only + "\n" + toolsets + "\n" + excluded; }
};

struct NarrowingHeader {
  const char* name;
  std::string WantedLess::*value;
};

constexpr NarrowingHeader kReadOnlyHeader = {"X-MCP-Readonly", &WantedLess::read_only};
constexpr NarrowingHeader kToolsetsHeader = {"X-MCP-Toolsets", &WantedLess::toolsets};
constexpr NarrowingHeader kExcludedHeader = {"X-MCP-Exclude-Tools", &WantedLess::excluded};

struct FlagValue {
  std::string_view text;
  bool on;
};

constexpr auto kFlagValues = std::to_array<FlagValue>({{"", false},
                                                       {"true", true},
                                                       {"false", false},
                                                       {"1", true},
                                                       {"0", false},
                                                       {"yes", true},
                                                       {"no", false},
                                                       {"on", true},
                                                       {"off", false}});

tl::unexpected<RpcError> refused_header(const NarrowingHeader& header, const std::string& why) {
  return tl::unexpected(http_error(web::status::kBadRequest, code::kInvalidRequest,
                                   "the header " + std::string(header.name) + " " + why));
}

// Of a second header that is passed over the client would see what it does not want to.
tl::expected<WantedLess, RpcError> wanted_less(const web::Request& request) {
  WantedLess wanted;
  for (const NarrowingHeader& header : {kReadOnlyHeader, kToolsetsHeader, kExcludedHeader}) {
    const std::string* value = request.header(header.name);
    if (value == nullptr) continue;
    if (request.count(header.name) > 1) return refused_header(header, "was sent twice");
    wanted.*header.value = *value;
  }
  return wanted;
}

struct KnownNames {
  const std::set<std::string>& names;  // of the whole catalogue
  const ToolView& all;
  const Catalogue& catalogue;
  Effect most;
};

tl::expected<std::vector<std::string>, RpcError> names_in(const NarrowingHeader& header,
                                                          const WantedLess& wanted,
                                                          const KnownNames& known) {
  std::vector<std::string> names = server::comma_items(wanted.*header.value);
  if (names.size() > Narrowing::kMostNames) {
    return refused_header(header,
                          "has more than " + std::to_string(Narrowing::kMostNames) + " names");
  }
  const auto strange = std::find_if_not(names.begin(), names.end(), [&](const std::string& name) {
    return known.names.find(name) != known.names.end();
  });
  if (strange == names.end()) return names;
  const std::string near = likely(*strange, known.all.filter_names(known.catalogue, known.most));
  return refused_header(header, "names '" + visible(*strange) +
                                    "', which is no tool, module or action (tool.action) here" +
                                    (near.empty() ? std::string(": tools/list names them")
                                                  : ": did you mean `" + near + "`?"));
}

tl::expected<ToolFilter, RpcError> filter_of(const WantedLess& wanted, const KnownNames& known) {
  ToolFilter filter;
  const auto flag = std::find_if(
      kFlagValues.begin(), kFlagValues.end(),
      [&](const FlagValue& each) { return web::same_name(each.text, wanted.read_only); });
  if (flag == kFlagValues.end()) return refused_header(kReadOnlyHeader, "has to be true or false");
  if (flag->on) filter.most = Effect::read;
  auto enabled = names_in(kToolsetsHeader, wanted, known);
  if (!enabled) return tl::unexpected(enabled.error());
  auto disabled = names_in(kExcludedHeader, wanted, known);
  if (!disabled) return tl::unexpected(disabled.error());
  filter.enabled = std::move(*enabled);
  filter.disabled = std::move(*disabled);
  return filter;
}

}  // namespace

tl::expected<Narrowing::View, RpcError> Narrowing::view_of(const web::Request& request,
                                                           const Catalogue& catalogue,
                                                           Effect most) {
  const auto wanted = wanted_less(request);
  if (!wanted) return tl::unexpected(wanted.error());
  if (wanted->is_nothing()) return View();
  const std::string key = wanted->key();
  const auto found = kept_.find(key);
  if (found != kept_.end() && found->second.version == catalogue.version) return found->second.view;
  if (names_version_ != catalogue.version) {
    names_ = all_filter_names(catalogue.tools);
    names_version_ = catalogue.version;
  }
  auto filter = filter_of(*wanted, {names_, all_, catalogue, most});
  if (!filter) return tl::unexpected(filter.error());
  View view = all_.narrowed(std::move(*filter));
  if (kept_.size() >= kMostKept) kept_.clear();
  kept_.insert_or_assign(key, Kept{catalogue.version, view});
  return view;
}

}  // namespace dockerhub::mcp
