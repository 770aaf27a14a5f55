// The headers of an answer (abi.h, dh_response: names in lower case, a repeated one as an array),
// and those of them that stand beside an answer's data. Any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/sdk/json.hpp"

namespace dockerhub::registry {

class Headers {
 public:
  // `json`: an object; anything else is no headers.
  explicit Headers(std::string_view json);

  // The first value of that name (in lower case), empty without one.
  std::string_view find(std::string_view name) const;
  std::vector<std::string_view> all(std::string_view name) const;

  // What a reader of the answer gets to see, under the names that the specification uses.
  sdk::Json shown() const;

 private:
  sdk::Document document_;
};

}  // namespace dockerhub::registry
