#include "config/yaml_file.hpp"

#include "config/values.hpp"
#include "yaml/yaml_library.hpp"

namespace dockerhub::yaml {

Result<Node> parse(std::string_view text, std::string_view file) {
  const auto library = load_library();
  if (!library) {
    Error error = library.error();
    error.message.insert(0, std::string(file) + ": ");
    return Failure(std::move(error));
  }
  Read<Node> root = (*library)->nodes(text);
  if (root) return std::move(*root);
  const Problem& problem = root.error();
  const std::string name = problem.name.empty() ? "" : shown(problem.name) + " ";
  return refused(
      std::string(file) + ":" + std::to_string(problem.line) + ": " + name + visible(problem.what),
      problem.hint);
}

}  // namespace dockerhub::yaml
