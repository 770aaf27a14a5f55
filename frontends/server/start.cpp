#include "start.hpp"

#include <sys/signalfd.h>

#include <csignal>
#include <cstdio>
#include <utility>

#include "principal.hpp"

namespace dockerhub::server {
namespace {

constexpr std::string_view kPlain = "http://";

}  // namespace

// All threads that are made later inherit the mask: the signals are read, never handled.
web::Descriptor take_signals() {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  sigaddset(&ending, SIGHUP);
  sigprocmask(SIG_BLOCK, &ending, nullptr);
  signal(SIGPIPE, SIG_IGN);
  // Who started this may ignore it, and then how a credential helper ended is not told.
  signal(SIGCHLD, SIG_DFL);
  return web::Descriptor(signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK));
}

Result<std::unique_ptr<ServerTls>> make_tls(const Reach& reach, std::string_view program) {
  if (!reach.tls) return nullptr;
  return ServerTls::create(*reach.tls, [name = std::string(program)](const Error& error) {
    std::fprintf(
        stderr, "%s: warning: the certificate and key from before stay in use: %s\n", name.c_str(),
        visible(error.hint.empty() ? error.message : error.message + ". " + error.hint).c_str());
  });
}

Result<std::shared_ptr<SharedStore>> open_shared_store(const Configuration& configuration,
                                                       std::string_view program) {
  auto store = SharedStore::create(configuration);
  if (!store) return Failure(store.error());
  std::shared_ptr<SharedStore> shared = std::move(*store);
  if (shared == nullptr) return shared;
  const auto usable = shared->check();
  if (usable) return shared;
  const Error& error = usable.error();
  if (error.kind == ErrorKind::configuration) return Failure(error);
  std::fprintf(stderr, "%s: warning: %s\n", std::string(program).c_str(),
               visible(error.message + ". " + error.hint).c_str());
  return shared;
}

void announce(const web::Listener& listener, const Reach& reach, std::string_view program,
              std::string_view path) {
  std::string name = listener.name();
  if (reach.tls && name.compare(0, kPlain.size(), kPlain) == 0) name.insert(kPlain.find(':'), "s");
  std::fprintf(stderr, "%s: listening on %s%s\n", std::string(program).c_str(), name.c_str(),
               std::string(path).c_str());
}

Hooks limiting_hooks(const std::string& advice) {
  Hooks hooks;
  hooks.policy = [&advice](const CallView& view) { return check_limit(view, advice); };
  return hooks;
}

}  // namespace dockerhub::server
