#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "arguments.hpp"
#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/process.hpp"
#include "standard_streams.hpp"
#include "stdio_server.hpp"

namespace {

using dockerhub::mcp::Arguments;
using dockerhub::mcp::Descriptor;
using dockerhub::mcp::Notice;

constexpr int kBadConfiguration = 2;

// All threads that are made later inherit the mask: the signals are read, never handled.
Descriptor take_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigprocmask(SIG_BLOCK, &ending, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return Descriptor(signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
}

int print(const Notice& notice) {
  std::fputs(notice.text.c_str(), notice.exit_code == 0 ? stdout : stderr);
  return notice.exit_code;
}

void complain(const std::string& text) {
  std::fprintf(stderr, "dockerhub-mcp: %s\n", dockerhub::visible(text, true).c_str());
}

int fail(const dockerhub::Error& error, int exit_code) {
  complain(error.hint.empty() ? error.message : error.message + "\n" + error.hint);
  return exit_code;
}

dockerhub::ConfigurationSources sources_of(const Arguments& arguments) {
  dockerhub::ConfigurationSources sources;
  sources.program = dockerhub::ConfigurationSources::Program::server;
  sources.process_environment = true;
  sources.env_file = arguments.env_file;
  sources.dotenv = ".env";
  if (arguments.allow_destructive) sources.flags["safety.allow_destructive"] = "true";
  return sources;
}

int run(const Arguments& arguments) {
  if (auto safe = dockerhub::protect_memory(); !safe) return fail(safe.error(), EXIT_FAILURE);
  auto streams = dockerhub::mcp::take_standard_streams();
  if (!streams) return fail(streams.error(), EXIT_FAILURE);
  const Descriptor signals = take_signals();
  auto configuration = dockerhub::Configuration::load(sources_of(arguments));
  if (!configuration) return fail(configuration.error(), kBadConfiguration);
  for (const std::string& warning : configuration->warnings()) complain("warning: " + warning);
  auto kernel = dockerhub::Kernel::create(*configuration);
  if (!kernel) return fail(kernel.error(), EXIT_FAILURE);
  return dockerhub::mcp::serve_stdio(**kernel, std::move(*streams), signals);
}

}  // namespace

int main(int argc, char** argv) {
  const auto parsed = dockerhub::mcp::read_arguments(argc, argv);
  if (const auto* notice = std::get_if<Notice>(&parsed)) return print(*notice);
  return run(std::get<Arguments>(parsed));
}
