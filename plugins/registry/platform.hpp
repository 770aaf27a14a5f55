// Platforms: "os/architecture[/variant]", their many spellings, and the choice among those that an
// index offers. Sources: OCI image-spec 1.1.1, image-index.md, "platform"; the spellings of uname
// and of Docker's clients. Pure; any thread.
#pragma once

#include <list>
#include <optional>
#include <string>
#include <string_view>

#include "fault.hpp"

namespace dockerhub::registry {

struct Platform {
  std::string os, architecture;
  std::string variant;     // empty: not stated
  std::string os_version;  // of Windows; empty: not stated

  // "os/architecture[/variant]", "?" for what is not stated, parts cut after 40 bytes.
  std::string text() const;
  // One spelling, and the variant that an architecture has when none is stated.
  Platform normalised() const;

  // "os[(version)]/architecture[/variant]" of the parameter `platform`.
  static Checked<Platform> parse(std::string_view text);
};

// The place of the best among `offered`; nullopt: none fits. Equal os and architecture; of variants
// the equal one, else the highest below the wanted one; the first of equals.
std::optional<std::size_t> choose_platform(const std::list<Platform>& offered,
                                           const Platform& wanted);

}  // namespace dockerhub::registry
