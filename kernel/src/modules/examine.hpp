// Looking at one module file, without loading it: permissions, manifest, ABI, host extensions,
// trust. Free functions; any thread.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "modules/known_manifests.hpp"
#include "modules/places.hpp"
#include "modules/slot.hpp"
#include "modules/trust.hpp"

namespace dockerhub {

struct ExamineRules {
  const std::vector<std::string>& host_extensions;
  const std::vector<std::string>& features;
  const Result<TrustRecords>& trust;  // an error: nothing outside the installation is trusted
  CheckedFolders& folders;            // of this look at files
  KnownManifests* known = nullptr;    // asked and told, where given
};

// Never fails: a file that cannot be used is a slot that is refused, with the reason.
std::shared_ptr<Slot> examine(const FoundFile& found, const ExamineRules& rules);

// The reason, with the file's name in front, as an error (module_fault).
Error refusal(const Slot& slot);

// Marks the slot as refused.
void refuse(Slot& slot, std::string reason);

}  // namespace dockerhub
