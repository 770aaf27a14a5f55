// The diagnosis: what works, what does not, and what to do about it. Each check is a function in a file of
// its subject; this part runs them within their time and puts their findings in order. Free functions; any
// thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "call/services.hpp"
#include "dockerhub/kernel.hpp"

namespace dockerhub {

// Folders that the programs write to; empty: there is none.
struct DiagnosisPlaces {
  std::filesystem::path cache, trail;
};

// All findings, redacted. `modules`: what was found of them.
std::vector<Finding> diagnose(const Services& services, const DiagnosisPlaces& places,
                              const std::vector<ModuleInfo>& modules,
                              const DiagnosisOptions& options);

}  // namespace dockerhub
