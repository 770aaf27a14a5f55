#include "program/listeners.hpp"

#include <array>
#include <utility>

#include "control/control_host.hpp"
#include "hub/hub_host.hpp"
#include "registry/cdn_host.hpp"
#include "registry/registry_host.hpp"
#include "scout/scout_host.hpp"
#include "tokens/token_host.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kControl = "control";
constexpr std::string_view kSecond = "second";

Answer answer_registry(World& world, const Request& request) {
  return answer_registry_request(world, world.store, kRegistryService, request);
}

Answer answer_second(World& world, const Request& request) {
  return answer_registry_request(world, world.second_store, kSecondService, request);
}

struct Row {
  std::string_view name;
  Answer (*host)(World& world, const Request& request);  // nullptr: control
  bool takes_cut_bodies = false;
};
constexpr std::array<Row, 7> kRows = {{
    {"hub", &answer_hub_request},
    {"registry", &answer_registry, true},
    {"auth", &answer_token_request},
    {"cdn", &answer_cdn_request},
    {"scout", &answer_scout_request},
    {kSecond, &answer_second, true},
    {kControl, nullptr},
}};

std::function<Reply(const Request&)> receiver(const Row& row, World& world, Reception& reception) {
  if (row.host == nullptr) {
    return [&world, &reception](const Request& request) {
      const Host host = [&](const Request& one) {
        return answer_control_request(world, reception, one);
      };
      Reply reply;
      reply.answer = reception.receive_control(request, host);
      return reply;
    };
  }
  return [&world, &reception, host = row.host](const Request& request) {
    return reception.receive(request, [&](const Request& one) { return host(world, one); });
  };
}

}  // namespace

bool is_listener(std::string_view name) {
  for (const Row& row : kRows) {
    if (row.name == name) return true;
  }
  return false;
}

std::string listener_names() {
  std::string names;
  for (const Row& row : kRows) names += (names.empty() ? "" : ", ") + std::string(row.name);
  return names;
}

Result<Listeners> open_listeners(World& world, Reception& reception, const Options& options,
                                 const std::optional<Tls>& tls, const StopSignal& stop) {
  // Nobody is answered before every host knows where the others are.
  const auto hold = reception.hold();
  Listeners listeners;
  for (const Row& row : kRows) {
    if (row.name == kSecond && !options.second_registry) continue;
    Listener::Options wanted;
    wanted.name = row.name;
    const auto port = options.ports.find(row.name);
    if (port != options.ports.end()) wanted.port = port->second;
    if (row.name != kControl) wanted.tls = tls;
    wanted.receive = receiver(row, world, reception);
    wanted.takes_cut_bodies = row.takes_cut_bodies;
    Result<std::unique_ptr<Listener>> listener = Listener::open(std::move(wanted), stop);
    if (!listener) return Failure(std::move(listener.error()));
    world.urls[std::string(row.name)] = (*listener)->url();
    listeners.push_back(*std::move(listener));
  }
  return listeners;
}

}  // namespace dockerhub::sandbox
