// A JSON or YAML text as JSON. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// JSON text of the document. `origin` is named in the error together with the line. YAML scalars
// are typed by its core schema; aliases are followed, up to 200,000 nodes and 128 levels in all.
Result<std::string> document_json(std::string_view text, std::string_view origin);

}  // namespace dockerhub::cli
