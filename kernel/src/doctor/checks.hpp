// The checks of the diagnosis. Those of the network end with their Control; those of files may hang in the
// system and get all that they need by value. Free functions; any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "call/services.hpp"
#include "dockerhub/kernel.hpp"
#include "http/control.hpp"
#include "trail/trail.hpp"

namespace dockerhub {

using Findings = std::vector<Finding>;

// Warnings of the configuration, and switches that make destruction or eavesdropping easier.
Findings check_configuration(const Configuration& configuration);

Findings check_modules(const std::vector<ModuleInfo>& modules);

// One of the hosts that requests go to.
struct Api {
  std::string_view name;     // "hub"
  std::string_view url_key;  // its setting
  std::string_view path;     // of a harmless GET, below the base URL
  std::string_view query;
  bool needed = true;  // it is a problem when it does not answer, else a warning
};

// What a host answered.
struct ApiReport {
  Findings findings;                                      // dns, tls and api, as far as it came
  std::optional<std::chrono::milliseconds> clock_offset;  // the server's clock minus ours
};
std::vector<Api> apis();
ApiReport check_api(const Services& services, const Api& api, const http::Control& control);

// From the offsets of all hosts that told their time: the smallest one counts, since one server's clock may
// be wrong as well.
Findings check_clock(const std::vector<std::chrono::milliseconds>& offsets);

// Who is logged in; with `network` whether the log-in is accepted.
Findings check_credential(const Services& services, bool network, const http::Control& control);

// The files with log-ins for registries: whether they can be read, whom else they show them to, whether the
// helpers that they name are there. No helper is asked.
Findings check_logins(const Configuration& configuration);

// A folder that is written to: whose it is, whether it can be written and how much room there is.
Findings check_folder_place(std::string name, const std::filesystem::path& folder);

// nullptr: no trail is kept.
Findings check_trail_chain(const std::shared_ptr<Trail>& trail, const std::stop_token& stop);

}  // namespace dockerhub
