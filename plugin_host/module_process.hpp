// A process that loads one module file: dockerhub-plugin-host, started and ended. It is in a session of its
// own: what a terminal sends to its programs reaches the kernel's process alone. hang_up() may be called
// from any thread, also while another is in ended().
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace dockerhub::plugin_host {

class ModuleProcess {
 public:
  // Starts `program` for the file. It gets these variables ("NAME=value") and no others, no descriptor of
  // ours but its end of the socket pair, nothing to read, and our standard error, where we have one, for
  // both outputs. The error is what went wrong, a sentence without its end.
  static tl::expected<ModuleProcess, std::string> start(
      const std::filesystem::path& program, const std::filesystem::path& module,
      const std::vector<std::string>& environment);
  ModuleProcess(ModuleProcess&& other) noexcept;
  ModuleProcess& operator=(ModuleProcess&&) = delete;
  // Closes the descriptors. ended() has to have been called.
  ~ModuleProcess();

  int socket() const { return socket_; }
  pid_t id() const { return id_; }
  // Readable when the process has ended; -1 where the system has no such descriptors.
  int end() const { return end_; }

  // Ends what goes over the socket, in both directions, for good; the descriptor stays ours.
  void hang_up() const;
  // Kills the process, unless it is leaving by itself already, and waits for its end: "exited with status
  // 0", "was ended by signal 9". Once.
  std::string ended();

 private:
  ModuleProcess(pid_t id, int end, int socket) : id_(id), end_(end), socket_(socket) {}
  void kill() const;

  pid_t id_;
  int end_;
  int socket_;
};

}  // namespace dockerhub::plugin_host
