// What every server does at its start and end. Free functions.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "dockerhub/shared_store.hpp"
#include "http/address.hpp"
#include "http/descriptor.hpp"
#include "reach.hpp"

namespace dockerhub::server {

// Exit code of a server that a signal has ended, less the number of the signal.
inline constexpr int kSignalled = 128;

// A signalfd for SIGTERM, SIGINT and SIGHUP, which are blocked in this thread and all that are made later.
web::Descriptor take_signals();

// nullptr: plain HTTP. program: as complaints about files that changed begin.
Result<std::unique_ptr<ServerTls>> make_tls(const Reach& reach, std::string_view program);

// What the copies of the server share; nullptr: nothing. Says on standard error where it cannot be used now: reads
// go on without it. Errors (configuration): a wrong setting, or a log-in that is refused.
Result<std::shared_ptr<SharedStore>> open_shared_store(const Configuration& configuration,
                                                       std::string_view program);

// Says on standard error where the server listens. path: below that, "/mcp" or empty.
void announce(const web::Listener& listener, const Reach& reach, std::string_view program,
              std::string_view path);

// The policy of every call, as a server's hooks: nobody does more than the caller may. advice: what one that
// may not is told; outlives the hooks.
Hooks limiting_hooks(const std::string& advice);

}  // namespace dockerhub::server
