// The manifest of a module file: read from the ELF section without loading the library, checked
// against manifest-1.schema.json, and turned into the catalogue's types.
//
// A manifest that breaks the schema refuses the module; an action that does (for instance an
// unknown key under `request`) refuses that action alone. Free functions; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/configuration_impl.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

struct Destination {
  std::string name, origin, origin_setting;
  std::string secret_setting, secret_as, secret_header;  // empty: nothing is attached
};

struct Manifest {
  std::string name, version, title, description, publisher, license, abi;
  std::vector<std::string> host_required, host_optional, extensions, requires_features;
  std::vector<std::string> toggles;  // variable first, then its aliases; empty: no toggle
  std::vector<ModuleSetting> settings;
  std::vector<Destination> destinations;
  std::vector<Tool> tools;
  std::vector<ResourceInfo> resources, resource_templates;
  std::vector<PromptInfo> prompts;
  std::vector<std::string> refused_actions;  // "tool.action: reason"
};

// The manifest's text from an ELF file that is open at `descriptor` (libelf; nothing is executed).
// Errors: not an ELF file, truncated, for another machine, no section, larger than DH_MANIFEST_MAX.
// The section may hold trailing NUL bytes; they are dropped.
Result<std::string> read_manifest_text(int descriptor);

// Checks and converts. `features` are the row features that this kernel has ("request/1"...): an
// action that requires another one is refused; a module that does is an error.
Result<Manifest> parse_manifest(std::string_view text, const std::vector<std::string>& features);

class KnownText;

// Converts the outline of a text that this very version has parsed before, with no action refused: what it found
// then is not looked at again. The rows of its tools are made of the text when somebody looks at them.
Result<Manifest> parse_known_manifest(std::shared_ptr<const KnownText> known,
                                      const std::vector<std::string>& features);

}  // namespace dockerhub
