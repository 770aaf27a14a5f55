#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "descriptor.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/process.hpp"
#include "serve_http.hpp"
#include "server/make_authenticator.hpp"
#include "server/module_looks.hpp"
#include "server/plugin_watch.hpp"
#include "server/shared_budget_turns.hpp"
#include "server/shared_used_states.hpp"
#include "server/start.hpp"
#include "server_settings.hpp"
#include "session.hpp"
#include "standard_streams.hpp"
#include "stdio_server.hpp"

namespace {

using dockerhub::mcp::Arguments;
using dockerhub::mcp::ChangeFeed;
using dockerhub::mcp::Descriptor;
using dockerhub::mcp::Notice;
using dockerhub::mcp::ServerSettings;
using dockerhub::mcp::ToolView;
using dockerhub::server::ModuleLooks;
using dockerhub::server::PluginWatch;
using dockerhub::server::WorkerPool;

constexpr int kBadConfiguration = 2;

// Calls that run at a time; one that waits for a server or a person has a thread.
constexpr std::size_t kCallsOfOneClient = dockerhub::mcp::Session::kMaxRunning;
constexpr std::size_t kCallsOfAllClients = 256;

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
  sources.flags = arguments.settings;
  return sources;
}

struct Program {
  const ServerSettings& settings;
  dockerhub::Configuration configuration;
  const Descriptor& signals;
  bool watches_plugins = false;
  std::shared_ptr<dockerhub::SharedStore> shared;
};

dockerhub::Result<int> serve_over_http(const Program& program,
                                       const dockerhub::mcp::Service& service, ModuleLooks& looks,
                                       std::string& advice) {
  const auto authenticator =
      dockerhub::server::make_authenticator(program.settings.reach, program.settings.names(),
                                            {service.kernel, service.workers, "dockerhub-mcp"});
  if (!authenticator) return dockerhub::Failure(authenticator.error());
  advice = (*authenticator)->advice();
  return serve_http(service, program.settings,
                    {**authenticator, looks, program.signals, program.shared.get()});
}

dockerhub::Result<int> serve(Program program, dockerhub::mcp::StandardStreams streams) {
  using Transport = ServerSettings::Transport;
  const ServerSettings& settings = program.settings;
  const bool stdio = settings.transport == Transport::stdio;
  std::string advice = settings.filter.most == dockerhub::Effect::read
                           ? "The server is in read-only mode."
                           : "The server does nothing destructive.";
  dockerhub::Hooks hooks = dockerhub::server::limiting_hooks(advice);
  if (program.shared) {
    hooks.used_states = std::make_shared<dockerhub::server::SharedUsedStates>(program.shared);
    hooks.budget_turns = std::make_shared<dockerhub::server::SharedBudgetTurns>(program.shared);
  }
  auto kernel = dockerhub::Kernel::create(std::move(program.configuration), std::move(hooks));
  if (!kernel) return dockerhub::Failure(kernel.error());
  const ToolView tools(settings.tool_mode, settings.filter, settings.max_result_tokens);
  WorkerPool workers(stdio ? kCallsOfOneClient : kCallsOfAllClients);
  ChangeFeed changes(**kernel, workers);
  const dockerhub::mcp::Service service{**kernel, tools, changes, workers, settings.page_rows};
  ModuleLooks looks(workers, [&service] {
    service.kernel.rescan();
    service.changes.renew();
  });
  dockerhub::Result<std::unique_ptr<PluginWatch>> plugins;
  if (program.watches_plugins) {
    plugins =
        PluginWatch::start(PluginWatch::places_of(**kernel), [&looks] { return looks.begin(); });
  }
  if (!plugins) return dockerhub::Failure(plugins.error());
  const dockerhub::server::Principal client{"stdio", settings.filter.most};
  const auto code = stdio ? serve_stdio(service, client, std::move(streams), program.signals)
                          : serve_over_http(program, service, looks, advice);
  // A look may have begun after the server's end.
  plugins->reset();
  changes.close();
  if (!workers.wait_idle(WorkerPool::kCancelGrace)) {
    std::_Exit(code ? *code : fail(code.error(), EXIT_FAILURE));
  }
  return code;
}

int run(const Arguments& arguments) {
  if (auto safe = dockerhub::protect_memory(); !safe) return fail(safe.error(), EXIT_FAILURE);
  // Before any descriptor is opened, and so before it is known whether they are needed.
  auto streams = dockerhub::mcp::take_standard_streams();
  const Descriptor signals = dockerhub::server::take_signals();
  auto configuration = dockerhub::Configuration::load(sources_of(arguments));
  if (!configuration) return fail(configuration.error(), kBadConfiguration);
  for (const std::string& warning : configuration->warnings()) complain("warning: " + warning);
  const auto settings = dockerhub::mcp::read_server_settings(*configuration, arguments);
  if (!settings) return fail(settings.error(), kBadConfiguration);
  const bool stdio = settings->transport == ServerSettings::Transport::stdio;
  if (stdio && !streams) return fail(streams.error(), EXIT_FAILURE);
  dockerhub::mcp::StandardStreams taken;
  if (streams) taken = std::move(*streams);
  const auto shared = dockerhub::server::open_shared_store(*configuration, "dockerhub-mcp");
  if (!shared) return fail(shared.error(), kBadConfiguration);
  const auto code = serve({*settings, *configuration, signals, arguments.watch_plugins, *shared},
                          std::move(taken));
  return code ? *code : fail(code.error(), EXIT_FAILURE);
}

}  // namespace

int main(int argc, char** argv) {
  const auto parsed = dockerhub::mcp::read_arguments(argc, argv);
  if (const auto* notice = std::get_if<Notice>(&parsed)) return print(*notice);
  return run(std::get<Arguments>(parsed));
}
