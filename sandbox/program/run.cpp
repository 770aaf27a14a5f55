#include "program/run.hpp"

#include <cstdint>
#include <iostream>
#include <random>
#include <utility>

#include "base/file.hpp"
#include "faults/presets.hpp"
#include "program/listeners.hpp"
#include "program/ready_text.hpp"
#include "program/stop_wait.hpp"
#include "sample/sample_contents.hpp"

namespace dockerhub::sandbox {
namespace {

Result<void> write_if_named(const std::string& file, const std::string& text) {
  if (file.empty()) return {};
  return write_file(file, text);
}

Result<std::optional<Tls>> make_tls(const std::optional<TlsOptions>& options) {
  if (!options) return std::nullopt;
  if (!options->certificate.empty()) {
    Result<Tls> tls = Tls::from_files(options->certificate, options->key);
    if (!tls) return Failure(std::move(tls.error()));
    return *std::move(tls);
  }
  Result<CertifiedKey> key = CertifiedKey::make("dockerhub-sandbox listeners", options->names);
  if (!key) return Failure(std::move(key.error()));
  if (Result<void> written = write_if_named(options->ca_out, key->certificate_pem()); !written)
    return Failure(std::move(written.error()));
  Result<Tls> tls = Tls::from_key(*key);
  if (!tls) return Failure(std::move(tls.error()));
  return *std::move(tls);
}

void add_audiences(World& world, const Options& options) {
  world.audiences.push_back(
      {std::string(kRegistryService), std::string(kTokenIssuer), &world.store});
  world.audiences.push_back(
      {std::string(kSecondService), std::string(kTokenIssuer), &world.second_store});
  if (options.sign_for)
    world.audiences.push_back({options.sign_for->service, options.sign_for->issuer, nullptr});
}

std::uint64_t prepare_faults(FaultBook& faults, const Options& options) {
  const std::uint64_t seed = options.fault_seed.value_or(std::random_device()());
  faults.seed(seed);
  play_profile(faults, options.fault_profile);
  faults.mark_start();
  return seed;
}

Result<void> announce(const World& world, const Options& options, std::uint64_t fault_seed) {
  const ReadyFacts facts{options.tls ? options.tls->ca_out : std::string(), fault_seed};
  const std::string json = ready_json(world, facts);
  if (Result<void> written = write_if_named(options.port_file, json); !written) return written;
  std::cout << (options.json ? json : ready_lines(world, facts)) << std::flush;
  return {};
}

Result<void> serve(const Options& options) {
  const StopWait stop_wait;
  const StopSignal stop;
  Result<CertifiedKey> key = CertifiedKey::make("dockerhub-sandbox tokens", {});
  if (!key) return Failure(std::move(key.error()));
  if (Result<void> written = write_if_named(options.certificate_out, key->certificate_pem());
      !written)
    return written;
  const Result<std::optional<Tls>> tls = make_tls(options.tls);
  if (!tls) return Failure(tls.error());

  World world(options.settings, sample_contents(), *std::move(key));
  add_audiences(world, options);
  Reception reception;
  if (!options.journal_file.empty()) {
    if (Result<void> opened = reception.journal().write_to(options.journal_file); !opened)
      return opened;
  }
  const std::uint64_t fault_seed = prepare_faults(reception.faults(), options);
  Result<Listeners> listeners = open_listeners(world, reception, options, *tls, stop);
  if (!listeners) return Failure(std::move(listeners.error()));
  Result<void> announced = announce(world, options, fault_seed);
  if (announced) stop_wait.wait(options.exit_with_stdin);
  stop.raise();
  listeners->clear();
  return announced;
}

}  // namespace

int run(const Options& options) {
  const Result<void> served = serve(options);
  if (served) return 0;
  std::cerr << "dockerhub-sandbox: " << visible(served.error().message) << '\n'
            << visible(served.error().hint) << '\n';
  return 1;
}

}  // namespace dockerhub::sandbox
