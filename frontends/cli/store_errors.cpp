#include "store_errors.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

namespace dockerhub::cli {

Failure store_failed(const std::string& what, const std::filesystem::path& path, int number) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "Cannot " + what + " " + visible(path.string()) + ": " +
                  std::generic_category().message(number) + ".";
  error.hint = "Check the folder, its permissions and the room on the disk.";
  return Failure(std::move(error));
}

Failure no_such_entry(const std::filesystem::path& path) {
  constexpr int kNotFound = 404;
  Failure failure = store_failed("open", path, ENOENT);
  failure.value().status_code = kNotFound;
  return failure;
}

Failure no_entry_name(std::string_view name) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "\"" + visible(name) + "\" is no name of an entry.";
  error.hint = "This is a mistake in the module: report it to its publisher.";
  return Failure(std::move(error));
}

Failure unusable_store(const std::filesystem::path& path, const std::string& why,
                       std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "Cannot use " + visible(path.string()) + ": " + visible(why) + ".";
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

}  // namespace dockerhub::cli
