#include "modules/module_error.hpp"

#include <cerrno>
#include <system_error>

namespace dockerhub {

Failure refuse_file(const std::filesystem::path& file, std::string cause, std::string hint) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = file.string() + ": " + std::move(cause);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure refuse_file_by_system(const std::filesystem::path& file, const std::string& cause) {
  const std::string reason = std::generic_category().message(errno);
  return refuse_file(file, cause + ": " + reason, "Check the path and its permissions.");
}

Failure refuse_manifest(std::string cause, std::string hint) {
  Error error;
  error.kind = ErrorKind::module_fault;
  error.message = std::move(cause);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

}  // namespace dockerhub
