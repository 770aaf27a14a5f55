// What the pipeline costs: a local action with a small JSON argument, from Kernel::call to its
// envelope, beside the handler's own share (parsing and writing the same texts).
#include <benchmark/benchmark.h>
#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "dockerhub/kernel.hpp"

namespace {

using namespace dockerhub;

std::unique_ptr<Kernel> make_kernel(std::map<std::string, std::string> variables) {
  ConfigurationSources sources;
  sources.environment = std::move(variables);
  sources.read_user_file = false;
  auto kernel = Kernel::create(*Configuration::load(sources));
  return std::move(*kernel);
}

CallRequest echo() {
  CallRequest request;
  request.tool = "demo";
  request.action = "echo";
  request.params = R"({"text": "a small argument", "times": 1})";
  return request;
}

void call_local_action(benchmark::State& state) {
  const auto kernel = make_kernel({});
  const CallRequest request = echo();
  const Caller caller;
  for (auto _ : state) {
    const CallResult result = kernel->call(request, caller);
    if (result.error) state.SkipWithError(result.error->message.c_str());
    benchmark::DoNotOptimize(result.envelope.data());
  }
}
BENCHMARK(call_local_action);

void call_local_action_with_secrets(benchmark::State& state) {
  const auto kernel =
      make_kernel({{"DOCKER_HUB_USER", "someone"},
                   {"DOCKER_HUB_TOKEN", "dckr_pat_0123456789abcdef"},
                   {"DOCKERHUB_JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"}});
  const CallRequest request = echo();
  for (auto _ : state) benchmark::DoNotOptimize(kernel->call(request, Caller()).envelope.data());
}
BENCHMARK(call_local_action_with_secrets);

// The floor: one parse and one write of the same argument.
void parse_and_write_json(benchmark::State& state) {
  const CallRequest request = echo();
  for (auto _ : state) {
    rapidjson::Document document;
    document.Parse(request.params.data(), request.params.size());
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    document.Accept(writer);
    benchmark::DoNotOptimize(buffer.GetString());
  }
}
BENCHMARK(parse_and_write_json);

void stream_10000_items(benchmark::State& state) {
  const auto kernel = make_kernel({});
  CallRequest request;
  request.tool = "demo";
  request.action = "list";
  request.params = R"({"count": 10000})";
  Caller caller;
  std::size_t bytes = 0;
  caller.item = [&](std::string_view item) -> Result<void> {
    bytes += item.size();
    return {};
  };
  for (auto _ : state) benchmark::DoNotOptimize(kernel->call(request, caller).items);
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 10000);
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}
BENCHMARK(stream_10000_items);

}  // namespace

BENCHMARK_MAIN();
