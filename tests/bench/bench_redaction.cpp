// What masking costs: 1 MiB of text with 20 known secrets, beside what memcpy and memchr need for the same text, on
// one thread. The text is what passes in fact: answers in JSON, log lines, and the worst of the usual (every word
// may begin like a secret, addresses full of percent signs).
#include <benchmark/benchmark.h>

#include <cstring>
#include <random>
#include <string>
#include <vector>

#include "redaction/redactor.hpp"
#include "redaction/secret_scan.hpp"

namespace {

using namespace dockerhub;

constexpr std::size_t kSize = 1024 * 1024;

std::string repeated(std::string_view part) {
  std::string text;
  while (text.size() < kSize) text += part;
  text.resize(kSize);
  return text;
}

std::string json_answer() {
  return repeated(
      R"({"name":"backend","namespace":"example","repository_type":"image","status":1,)"
      R"("description":"The backend of the shop; built by the nightly job.","is_private":false,)"
      R"("star_count":17,"pull_count":1234567,"last_updated":"2026-11-20T08:15:30.123456Z",)"
      R"("digest":"sha256:0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"},)");
}

std::string log_lines() {
  return repeated(
      "2026-11-20 08:15:30.123 info GET "
      "https://registry-1.docker.io/v2/library/alpine/manifests/3.20 "
      "200, 1234 bytes in 56 ms\n");
}

std::string addresses() {
  return repeated(
      "https://auth.docker.io/token?service=registry.docker.io&scope=repository%3Alibrary%2Falpine"
      "%3Apull&client_id=dockerhub-api\n");
}

class Secrets {
 public:
  Secrets() {
    for (int i = 0; i < 20; ++i)
      kept_.push_back(
          book_->make("dckr_pat_" + std::to_string(1'000'000'007 * (i + 1LL)) + "aZ3-xY_q"));
  }
  const std::shared_ptr<SecretBook>& book() const { return book_; }

 private:
  std::shared_ptr<SecretBook> book_ = std::make_shared<SecretBook>();
  std::vector<Secret> kept_;
};

void redact(benchmark::State& state, const std::string& text) {
  const Secrets secrets;
  const Redactor redactor(secrets.book());
  for (auto _ : state) benchmark::DoNotOptimize(redactor.text(text).data());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(redact, json_answer, json_answer());
BENCHMARK_CAPTURE(redact, log_lines, log_lines());
BENCHMARK_CAPTURE(redact, addresses, addresses());

void look_for_known_values(benchmark::State& state, const std::string& text) {
  const Secrets secrets;
  const Redactor redactor(secrets.book());
  for (auto _ : state) benchmark::DoNotOptimize(redactor.holds_secret(text));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK_CAPTURE(look_for_known_values, json_answer, json_answer());

// As the content of a layer passes: compressed, in the pieces in which it is read.
void scan_content(benchmark::State& state) {
  constexpr std::size_t kPiece = std::size_t{32} * 1024;
  const Secrets secrets;
  const Redactor redactor(secrets.book());
  std::minstd_rand random;
  std::string content(kSize, '\0');
  for (char& byte : content) byte = static_cast<char>(random() >> 8);
  for (auto _ : state) {
    SecretScan scan(redactor);
    for (std::size_t at = 0; at < content.size(); at += kPiece)
      benchmark::DoNotOptimize(scan.take(std::string_view(content).substr(at, kPiece)));
    benchmark::DoNotOptimize(scan.finish());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * content.size()));
}
BENCHMARK(scan_content);

void redact_json(benchmark::State& state) {
  const Secrets secrets;
  const Redactor redactor(secrets.book());
  std::string answer = "[" + json_answer();
  answer.resize(answer.rfind("},") + 1);
  answer += ']';
  for (auto _ : state) {
    const auto safe = redactor.json(answer);
    if (!safe) state.SkipWithError(safe.error().message.c_str());
    benchmark::DoNotOptimize(safe->data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * answer.size()));
}
BENCHMARK(redact_json);

void copy_by_memcpy(benchmark::State& state) {
  const std::string text = json_answer();
  for (auto _ : state) benchmark::DoNotOptimize(std::string(text).data());
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(copy_by_memcpy);

void search_by_memchr(benchmark::State& state) {
  const std::string text = json_answer();
  for (auto _ : state) benchmark::DoNotOptimize(std::memchr(text.data(), '\x01', text.size()));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(search_by_memchr);

}  // namespace

BENCHMARK_MAIN();
