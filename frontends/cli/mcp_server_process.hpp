// A server of the Model Context Protocol that runs as a child process, spoken to over its standard streams, in
// revision 2025-11-25 or the one that it answers with. Its standard error is ours. The process is ended with the
// object: by the end of its streams, and when that is not enough by signals. One thread.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "child_process.hpp"
#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"
#include "interruption.hpp"
#include "json.hpp"
#include "mcp_server.hpp"

namespace dockerhub::cli {

class McpServerProcess : public McpServer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // `words`: the program (looked for as run_program does) and its arguments. Where it is not our own server it
  // gets no variable that holds a secret of ours. Nothing is waited for beyond `deadline`.
  static Result<std::unique_ptr<McpServerProcess>> start(const std::vector<std::string>& words,
                                                         const Interruption& interruption,
                                                         Time deadline);
  ~McpServerProcess() override;
  McpServerProcess(const McpServerProcess&) = delete;
  McpServerProcess& operator=(const McpServerProcess&) = delete;

  Result<json::Document> request(std::string_view method, std::string_view params) override;
  Result<void> notify(std::string_view method) override;

 private:
  McpServerProcess(pid_t child, Descriptor input, Descriptor output,
                   const Interruption& interruption, Time deadline);

  Result<void> send(std::string_view message);
  Result<void> wait_for(int descriptor, short events) const;
  Result<std::string> next_line();
  Result<json::Document> next_message();
  bool has_ended_within(std::chrono::milliseconds time) const;

  ChildProcess child_;
  Descriptor input_, output_;
  const Interruption& interruption_;
  Time deadline_;
  std::string buffer_;
  std::int64_t last_id_ = 0;
};

}  // namespace dockerhub::cli
