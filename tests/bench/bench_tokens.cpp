// What a request pays for its token when one is at hand: in this process, and in the files of another one.
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>

#include "credentials/token_cache.hpp"

namespace {

using namespace dockerhub;

const TokenKey kKey{"https://auth.docker.io/token\nregistry.docker.io\n0123456789abcdef",
                    Scopes("repository:library/alpine:pull")};

TokenCache::Mint mint(SecretBook& book) {
  return [&book]() -> Result<MintedToken> {
    return MintedToken{book.learn(std::string(2000, 't')), std::chrono::minutes(5)};
  };
}

void token_at_hand(benchmark::State& state) {
  SecretBook book;
  TokenCache cache{Clocks()};
  // As many as a run over many repositories has.
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    const TokenKey other{kKey.issuer, Scopes("repository:other/r" + std::to_string(i) + ":pull")};
    benchmark::DoNotOptimize(cache.get(other, {}, mint(book)));
  }
  benchmark::DoNotOptimize(cache.get(kKey, {}, mint(book)));
  for (auto _ : state) benchmark::DoNotOptimize(cache.at_hand(kKey));
}
BENCHMARK(token_at_hand)->Arg(0)->Arg(99);

// What a fresh process does: it finds the folder and its key, and opens the file.
void token_of_another_process(benchmark::State& state) {
  std::array<char, 32> folder = {"/tmp/dockerhub-bench-XXXXXX"};
  if (::mkdtemp(folder.data()) == nullptr) return state.SkipWithError("no folder");
  const auto book = std::make_shared<SecretBook>();
  const auto store = [&] {
    return std::make_shared<TokenStore>(std::filesystem::path(folder.data()) / "dockerhub", book,
                                        [](std::string_view) {});
  };
  benchmark::DoNotOptimize(TokenCache(Clocks(), store()).get(kKey, {}, mint(*book)));
  const auto none = []() -> Result<MintedToken> { return Failure(Error()); };
  for (auto _ : state) {
    TokenCache cache(Clocks(), store());
    if (!cache.get(kKey, {}, none)) state.SkipWithError("no token");
  }
  std::filesystem::remove_all(folder.data());
}
BENCHMARK(token_of_another_process);

}  // namespace

BENCHMARK_MAIN();
