#include "paging.hpp"

namespace dockerhub::mcp {

tl::expected<void, RpcError> check_cursor(const Message& request) {
  if (json::find_present(request.params(), "cursor") == nullptr) return {};
  return tl::unexpected(
      RpcError{code::kInvalidParams, "unknown cursor: the list has one page", {}});
}

}  // namespace dockerhub::mcp
