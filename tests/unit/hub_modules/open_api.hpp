// Docker's OpenAPI document, as far as the coverage test looks at it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace dockerhub::test {

struct DocumentedField {
  std::string name;
  std::string type;  // "integer", "array"...; empty: the document does not say
  std::string item_type;
  bool is_required = false;
  std::vector<std::string> choices;
  std::optional<double> minimum, maximum;
  std::optional<std::size_t> min_length, max_length;
};

struct Operation {
  std::string method, path;
  std::vector<DocumentedField> in_path;  // in the order of the path
  std::vector<DocumentedField> query, headers, body;
};

// All operations of the document, in its order. Throws where it cannot be read.
std::vector<Operation> read_open_api(const std::string& file);

}  // namespace dockerhub::test
