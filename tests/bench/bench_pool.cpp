// 10,000 small requests through one client and its pool, by one thread and by eight, against the server
// at DOCKERHUB_BENCH_URL (http_pool.py starts one); nothing without it.
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "http/client.hpp"

namespace {

using namespace dockerhub::http;

constexpr int kRequests = 10'000;
constexpr std::size_t kMost = 64 * 1024;

void small_requests(benchmark::State& state, Client& client, const Url& url) {
  for (auto round : state) {
    Request request;
    request.url = url;
    const auto answer = client.fetch(std::move(request), {}, kMost);
    if (!answer || answer->response.status_code != 200) {
      state.SkipWithError(answer ? "another status than 200" : answer.error().message.c_str());
      break;
    }
  }
  state.SetItemsProcessed(state.iterations());
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  const char* text = std::getenv("DOCKERHUB_BENCH_URL");
  if (text == nullptr) return EXIT_SUCCESS;
  const auto url = parse_url(text);
  if (!url) return EXIT_FAILURE;
  Client client(ClientOptions{});
  for (const int threads : {1, 8}) {
    benchmark::RegisterBenchmark(
        "small_requests", [&](benchmark::State& state) { small_requests(state, client, *url); })
        ->Threads(threads)
        ->Iterations(kRequests / threads)
        ->UseRealTime()
        ->Unit(benchmark::kMicrosecond);
  }
  benchmark::RunSpecifiedBenchmarks();
  return EXIT_SUCCESS;
}
