// The manifest of a module as it was built, read as the kernel reads it.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include "modules/manifest.hpp"
#include "modules/manifest_text.hpp"

namespace dockerhub::test {

// Those for Docker's management API.
inline constexpr std::array<const char*, 6> kHubModules = {"hub_auth",  "hub_repos", "hub_org",
                                                           "hub_teams", "hub_audit", "hub_scim"};

inline Manifest read_built_manifest(const std::string& module) {
  const std::string file =
      std::string(DOCKERHUB_BUILD_DIR "/lib/dockerhub/plugins/") + module + ".so";
  std::ifstream stream(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
  const auto text = read_manifest_text(std::string_view(bytes));
  if (!text) throw std::runtime_error(file + ": " + text.error().message);
  auto manifest = parse_manifest(*text, {"request/1", "items/1", "store/1"});
  if (!manifest) throw std::runtime_error(file + ": " + manifest.error().message);
  return *std::move(manifest);
}

// Read once in a process, since that takes a while under sanitizers. One thread.
inline const Manifest& built_manifest(const std::string& module) {
  static std::map<std::string, Manifest> kept;
  const auto found = kept.find(module);
  if (found != kept.end()) return found->second;
  return kept.emplace(module, read_built_manifest(module)).first->second;
}

}  // namespace dockerhub::test
