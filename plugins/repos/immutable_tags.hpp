// Which tags of a repository cannot be moved or deleted now. Inside a call with the parameters `namespace`
// and `repository`, on its thread.
#pragma once

#include <dockerhub/sdk/context.hpp>
#include <set>
#include <string>

namespace dockerhub::repos {

struct ImmutableTags {
  bool is_known = true;  // false: this account is not told
  bool all = false;
  std::set<std::string, std::less<>> names;

  bool holds(std::string_view tag) const { return all || names.count(tag) > 0; }
};

sdk::Reply<ImmutableTags> immutable_tags(sdk::Context& ctx);

}  // namespace dockerhub::repos
