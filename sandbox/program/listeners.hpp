// The listeners of the sandbox, as a table: their names and the host behind each. Made and destroyed by
// one thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/reception.hpp"
#include "program/options.hpp"
#include "server/listener.hpp"
#include "world.hpp"

namespace dockerhub::sandbox {

bool is_listener(std::string_view name);
// For help: "hub, registry, ...".
std::string listener_names();

using Listeners = std::vector<std::unique_ptr<Listener>>;

// Opens all that the options ask for and writes their URLs into the world. World, reception and stop
// have to outlive the listeners.
Result<Listeners> open_listeners(World& world, Reception& reception, const Options& options,
                                 const std::optional<Tls>& tls, const StopSignal& stop);

}  // namespace dockerhub::sandbox
