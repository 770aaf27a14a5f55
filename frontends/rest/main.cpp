#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "arguments.hpp"
#include "dockerhub/kernel.hpp"
#include "dockerhub/process.hpp"
#include "dockerhub/shared_store.hpp"
#include "memory_state.hpp"
#include "redis_state.hpp"
#include "serve.hpp"
#include "server/make_authenticator.hpp"
#include "server/module_looks.hpp"
#include "server/plugin_watch.hpp"
#include "server/shared_budget_turns.hpp"
#include "server/start.hpp"
#include "settings.hpp"

namespace {

using dockerhub::Failure;
using dockerhub::Result;
using dockerhub::SharedStore;
using dockerhub::rest::Arguments;
using dockerhub::rest::MemoryState;
using dockerhub::rest::Notice;
using dockerhub::rest::RedisState;
using dockerhub::rest::Settings;
using dockerhub::rest::State;
using dockerhub::server::ModuleLooks;
using dockerhub::server::PluginWatch;
using dockerhub::server::WorkerPool;
using dockerhub::web::Descriptor;

constexpr int kBadConfiguration = 2;

// Calls that run at a time; one that waits for a server has a thread.
constexpr std::size_t kCallsOfAllClients = 256;

int print(const Notice& notice) {
  std::fputs(notice.text.c_str(), notice.exit_code == 0 ? stdout : stderr);
  return notice.exit_code;
}

void complain(const std::string& text) {
  std::fprintf(stderr, "dockerhub-rest: %s\n", dockerhub::visible(text, true).c_str());
}

int fail(const dockerhub::Error& error, int exit_code) {
  complain(error.hint.empty() ? error.message : error.message + "\n" + error.hint);
  return exit_code;
}

dockerhub::ConfigurationSources sources_of(const Arguments& arguments) {
  dockerhub::ConfigurationSources sources;
  sources.program = dockerhub::ConfigurationSources::Program::rest;
  sources.process_environment = true;
  sources.env_file = arguments.env_file;
  sources.dotenv = ".env";
  sources.flags = arguments.settings;
  return sources;
}

struct Program {
  const Settings& settings;
  dockerhub::Configuration configuration;
  const Descriptor& signals;
  bool watches_plugins = false;
  std::shared_ptr<SharedStore> shared;
};

std::shared_ptr<State> make_state(const std::shared_ptr<SharedStore>& shared) {
  if (shared == nullptr) return std::make_shared<MemoryState>();
  return std::make_shared<RedisState>(shared);
}

Result<int> serve(Program program) {
  const Settings& settings = program.settings;
  const auto state = make_state(program.shared);
  std::string advice = "The server is in read-only mode.";
  dockerhub::Hooks hooks = dockerhub::server::limiting_hooks(advice);
  hooks.used_states = state;
  if (program.shared)
    hooks.budget_turns = std::make_shared<dockerhub::server::SharedBudgetTurns>(program.shared);
  auto kernel = dockerhub::Kernel::create(std::move(program.configuration), std::move(hooks));
  if (!kernel) return Failure(kernel.error());
  WorkerPool workers(kCallsOfAllClients);
  ModuleLooks looks(workers, [&kernel] { (*kernel)->rescan(); });
  Result<std::unique_ptr<PluginWatch>> plugins;
  if (program.watches_plugins) {
    plugins =
        PluginWatch::start(PluginWatch::places_of(**kernel), [&looks] { return looks.begin(); });
  }
  if (!plugins) return Failure(plugins.error());
  const auto authenticator = dockerhub::server::make_authenticator(
      settings.reach, dockerhub::rest::kNames, {**kernel, workers, dockerhub::rest::kProgram});
  if (!authenticator) return Failure(authenticator.error());
  if (settings.most != dockerhub::Effect::read) advice = (*authenticator)->advice();
  const auto code = dockerhub::rest::serve(
      {**kernel, workers, *state, **authenticator, looks, program.shared.get()}, settings,
      program.signals);
  // A look may have begun after the server's end.
  plugins->reset();
  if (!workers.wait_idle(WorkerPool::kCancelGrace)) {
    std::_Exit(code ? *code : fail(code.error(), EXIT_FAILURE));
  }
  return code;
}

int run(const Arguments& arguments) {
  if (auto safe = dockerhub::protect_memory(); !safe) return fail(safe.error(), EXIT_FAILURE);
  const Descriptor signals = dockerhub::server::take_signals();
  auto configuration = dockerhub::Configuration::load(sources_of(arguments));
  if (!configuration) return fail(configuration.error(), kBadConfiguration);
  for (const std::string& warning : configuration->warnings()) complain("warning: " + warning);
  const auto settings = dockerhub::rest::read_settings(*configuration, arguments);
  if (!settings) return fail(settings.error(), kBadConfiguration);
  const auto shared =
      dockerhub::server::open_shared_store(*configuration, dockerhub::rest::kProgram);
  if (!shared) return fail(shared.error(), kBadConfiguration);
  const auto code = serve({*settings, *configuration, signals, arguments.watch_plugins, *shared});
  return code ? *code : fail(code.error(), EXIT_FAILURE);
}

}  // namespace

int main(int argc, char** argv) {
  const auto parsed = dockerhub::rest::read_arguments(argc, argv);
  if (const auto* notice = std::get_if<Notice>(&parsed)) return print(*notice);
  return run(std::get<Arguments>(parsed));
}
