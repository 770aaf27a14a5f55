// What modules cost: finding them, the first load from the installation, and a load from a private
// copy (what a reload does).
#include <benchmark/benchmark.h>

#include "dockerhub/kernel.hpp"

namespace {

using namespace dockerhub;

std::unique_ptr<Kernel> make_kernel() {
  ConfigurationSources sources;
  sources.read_user_file = false;
  auto kernel = Kernel::create(*Configuration::load(sources));
  return std::move(*kernel);
}

void find_modules(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(make_kernel()->catalogue()->tools.size());
}
BENCHMARK(find_modules)->Unit(benchmark::kMicrosecond);

void load_from_installation(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    const auto kernel = make_kernel();
    state.ResumeTiming();
    if (!kernel->load("demo")) state.SkipWithError("demo does not load");
    state.PauseTiming();
    if (kernel->unload("demo", std::chrono::seconds(1)).value_or(UnloadOutcome::pinned) !=
        UnloadOutcome::unmapped) {
      state.SkipWithError("demo stays mapped");
    }
    state.ResumeTiming();
  }
}
BENCHMARK(load_from_installation)->Unit(benchmark::kMicrosecond);

void load_from_private_copy(benchmark::State& state) {
  const auto kernel = make_kernel();
  if (!kernel->load("demo")) state.SkipWithError("demo does not load");
  for (auto _ : state) {
    if (!kernel->reload("demo")) state.SkipWithError("demo does not load again");
  }
}
BENCHMARK(load_from_private_copy)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
