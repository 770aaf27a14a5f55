// The kernel with the configuration that the global options ask for. Options may stand after the
// action, where only the catalogue can tell them from parameters: then a preliminary kernel, which
// leaves the process's environment alone, shows the catalogue first. One thread.
#pragma once

#include <memory>
#include <string>

#include "dockerhub/kernel.hpp"
#include "global_options.hpp"

namespace dockerhub::cli {

// What a command reads its settings from, and these settings. The second takes the secrets out of the
// process's environment: later configurations have none from there.
ConfigurationSources configuration_sources(const GlobalOptions& options);
Result<Configuration> load_configuration(const GlobalOptions& options);
// The same settings, for a look before that: the environment is left alone.
Result<Configuration> preliminary_configuration(const GlobalOptions& options);

class KernelSession {
 public:
  // May be called with `preliminary` as often as need be, and then once without.
  Result<void> open(const GlobalOptions& options, bool preliminary);
  // A preliminary one that also starts no program: a credential helper may ask the user for a password.
  Result<void> open_unattended(const GlobalOptions& options);

  bool opened() const { return kernel_ != nullptr; }
  bool preliminary() const { return preliminary_; }
  Kernel& kernel() const { return *kernel_; }

 private:
  Result<void> start(ConfigurationSources sources, bool preliminary);

  std::unique_ptr<Kernel> kernel_;
  bool preliminary_ = false;
};

}  // namespace dockerhub::cli
