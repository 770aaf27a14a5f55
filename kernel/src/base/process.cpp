#include "dockerhub/process.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <cerrno>
#include <system_error>

namespace dockerhub {
namespace {

Failure refused_by_system(std::string what) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(what);
  error.hint = "The system says: " + std::generic_category().message(errno) + '.';
  return Failure(std::move(error));
}

}  // namespace

Result<void> protect_memory() {
  const rlimit none = {0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0)
    return refused_by_system("core files cannot be switched off");
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return refused_by_system("the memory cannot be hidden from other processes");
  return {};
}

}  // namespace dockerhub
