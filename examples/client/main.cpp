// A program with the kernel inside: reads the configuration like the programs of the project, runs
// actions of the module `demo` with progress on stderr, and prints the envelopes.
#include <dockerhub/kernel.hpp>

#include <iostream>
#include <memory>
#include <utility>

namespace {

int report(const dockerhub::Error& error) {
  std::cerr << dockerhub::type_name(error.kind) << ": " << error.message << '\n';
  if (!error.hint.empty()) std::cerr << error.hint << '\n';
  return 1;
}

void show_progress(const dockerhub::Progress& progress) {
  if (!progress.track.empty()) std::cerr << progress.track << ' ';
  std::cerr << progress.done << '/' << progress.total << ' ' << progress.unit << '\n';
}

int run(dockerhub::Kernel& kernel, const char* action, const char* params) {
  dockerhub::CallRequest request;
  request.tool = "demo";
  request.action = action;
  request.params = params;

  dockerhub::Caller caller;
  caller.progress = show_progress;

  const dockerhub::CallResult result = kernel.call(request, caller);
  if (result.error) return report(*result.error);
  std::cout << result.envelope << '\n';
  return 0;
}

}  // namespace

int main() {
  dockerhub::ConfigurationSources sources;
  sources.process_environment = true;
  dockerhub::Result<dockerhub::Configuration> configuration =
      dockerhub::Configuration::load(sources);
  if (!configuration) return report(configuration.error());

  dockerhub::Result<std::unique_ptr<dockerhub::Kernel>> kernel =
      dockerhub::Kernel::create(*std::move(configuration));
  if (!kernel) return report(kernel.error());

  if (const int status = run(**kernel, "echo", R"({"text": "hello"})"); status != 0) return status;
  return run(**kernel, "slow", R"({"steps": 3, "milliseconds": 1})");
}
