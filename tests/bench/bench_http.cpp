// What a request costs over loopback, against a server that only sends ready bytes.
#include <benchmark/benchmark.h>

#include "../unit/http/scripted_server.hpp"
#include "http/client.hpp"

namespace {

using namespace dockerhub::http;

constexpr std::size_t kBodySize = 5000;

void fetch_once(benchmark::State& state, Client& client, const Url& url) {
  Request request;
  request.url = url;
  const auto answer = client.fetch(request, {}, kBodySize);
  if (!answer) state.SkipWithError(answer.error().message.c_str());
}

void get_over_a_kept_connection(benchmark::State& state) {
  ScriptedServer server({ok(std::string(kBodySize, 'x'))});
  Client client(ClientOptions{});
  for (auto round : state) fetch_once(state, client, server.url());
}
BENCHMARK(get_over_a_kept_connection)->Unit(benchmark::kMicrosecond)->UseRealTime();

void get_over_a_kept_tls_connection(benchmark::State& state) {
  const Certificate certificate("IP:127.0.0.1");
  ScriptedServer server({ok(std::string(kBodySize, 'x'))}, &certificate);
  ClientOptions options;
  options.ca_file = certificate.file();
  Client client(options);
  for (auto round : state) fetch_once(state, client, server.url());
}
BENCHMARK(get_over_a_kept_tls_connection)->Unit(benchmark::kMicrosecond)->UseRealTime();

void get_over_a_new_connection(benchmark::State& state) {
  ScriptedServer server({ok(std::string(kBodySize, 'x'), "Connection: close\r\n")});
  Client client(ClientOptions{});
  for (auto round : state) fetch_once(state, client, server.url());
}
// Each one leaves a thread of the server behind until the end.
BENCHMARK(get_over_a_new_connection)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime()
    ->Iterations(2000);

void get_over_a_new_tls_connection(benchmark::State& state) {
  const Certificate certificate("IP:127.0.0.1");
  ScriptedServer server({ok(std::string(kBodySize, 'x'), "Connection: close\r\n")}, &certificate);
  ClientOptions options;
  options.ca_file = certificate.file();
  Client client(options);
  for (auto round : state) fetch_once(state, client, server.url());
}
BENCHMARK(get_over_a_new_tls_connection)
    ->Unit(benchmark::kMicrosecond)
    ->UseRealTime()
    ->Iterations(500);

}  // namespace

BENCHMARK_MAIN();
