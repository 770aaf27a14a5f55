// dockerhub-plugin-host: a module in a process of its own (protocol.hpp).
#include <dockerhub/abi.h>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <dockerhub/build_info.hpp>
#include <exception>
#include <string>
#include <string_view>
#include <system_error>

#include "session.hpp"

namespace {

constexpr int kUsageError = 2;

constexpr const char* kHelp =
    "Usage: dockerhub-plugin-host MODULE_FILE\n"
    "\n"
    "Loads one module in a process of its own. It is started by programs, with a socket as "
    "descriptor 3\n"
    "that the module's calls come over, and ends when that is closed.\n"
    "\n"
    "  --version   version of the program and of the module interface\n"
    "  --help      this text\n";

bool is_socket(int descriptor) {
  struct stat status = {};
  return ::fstat(descriptor, &status) == 0 && S_ISSOCK(status.st_mode);
}

// Parameters and settings that the module gets may be secret: no core file, and no memory for other
// processes of the same user. The kernel has the same for servers (dockerhub/process.hpp); this program
// links none of it.
bool protect_memory() {
  const rlimit none = {0, 0};
  return ::setrlimit(RLIMIT_CORE, &none) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

int print_version() {
  const std::string text = "dockerhub-plugin-host " + std::string(dockerhub::kVersion) + " (ABI " +
                           std::to_string(DH_ABI_MAJOR) + "." + std::to_string(DH_ABI_MINOR) +
                           ", commit " + std::string(dockerhub::commit()) + ")\n";
  return std::fputs(text.c_str(), stdout) < 0 ? 1 : 0;
}

int refuse(const char* what) {
  std::fprintf(stderr, "dockerhub-plugin-host: %s\nTry: dockerhub-plugin-host --help\n", what);
  return kUsageError;
}

}  // namespace

int main(int count, char** words) {
  const std::string_view word = count == 2 ? words[1] : "";
  if (word == "--version") return print_version();
  if (word == "--help") return std::fputs(kHelp, stdout) < 0 ? 1 : 0;
  if (word.empty() || word.front() == '-') return refuse("it takes the file of one module");
  if (!is_socket(dockerhub::plugin_host::kSocket))
    return refuse("descriptor 3 is no socket: this program is started by others");
  if (!protect_memory()) {
    std::fprintf(stderr, "dockerhub-plugin-host: the memory cannot be protected: %s\n",
                 std::generic_category().message(errno).c_str());
    return 1;
  }
  // What the module starts has no part in it.
  ::fcntl(dockerhub::plugin_host::kSocket, F_SETFD, FD_CLOEXEC);
  try {
    dockerhub::plugin_host::Session(dockerhub::plugin_host::kSocket, std::string(word)).run();
    return 0;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "dockerhub-plugin-host: %s\n", exception.what());
    return 1;
  }
}
