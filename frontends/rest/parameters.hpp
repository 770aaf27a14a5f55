// The parameters and options of a call, from the path, the query and the body of its request. Free functions;
// any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"
#include "http/target.hpp"
#include "server/json.hpp"

namespace dockerhub::rest {

namespace json = server::json;

// How options of the kernel are told from parameters: "_dry_run".
namespace option {
inline constexpr std::string_view kDryRun = "_dry_run";
inline constexpr std::string_view kFields = "_fields";
inline constexpr std::string_view kMaxItems = "_max_items";
inline constexpr std::string_view kAllPages = "_all_pages";
}  // namespace option

struct Sources {
  web::Pairs path, query;
  const json::Value* body = nullptr;  // an object, or nullptr for none
};

// Most parameters of one call; no action has nearly as many.
inline constexpr std::size_t kMostParameters = 256;

struct Input {
  std::string params = "{}";  // JSON object
  CallOptions options;
};

// Texts of path and query become what the row wants: a list from one name that stands there several times,
// booleans, objects from JSON; what does not fit stays a text, which the kernel refuses by name. action:
// nullptr where none is known. Errors (parameter): given twice, a secret in the query, a wrong option, too many.
Result<Input> read_input(const Action* action, const Sources& sources);

}  // namespace dockerhub::rest
