#include "program/options.hpp"

#include <dockerhub/abi.h>
#include <CLI/CLI.hpp>

#include <dockerhub/build_info.hpp>
#include <iostream>
#include <utility>

#include "encoding/query.hpp"
#include "faults/presets.hpp"
#include "program/listeners.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr int kUsageError = 2;
constexpr std::int64_t kMostPort = 65535;

// What CLI11 reads as texts and is checked afterwards.
struct Texts {
  std::vector<std::string> ports, settings, tls, tls_names, sign_for;
  std::string ca_out;
};

void describe(CLI::App& app, Options& options, Texts& texts) {
  const std::string abi = std::to_string(DH_ABI_MAJOR) + '.' + std::to_string(DH_ABI_MINOR);
  app.set_version_flag("--version", "dockerhub-sandbox " + std::string(kVersion) + " (ABI " + abi +
                                        ", commit " + std::string(commit()) + ")");
  app.add_option(
         "--port", texts.ports,
         "NAME=PORT: the port of one listener (" + listener_names() + "); any free one otherwise")
      ->type_name("NAME=PORT");
  app.add_option("--set", texts.settings, "A setting from the list below")->type_name("NAME=VALUE");
  app.add_flag("--second-registry", options.second_registry,
               "Also a second registry with accounts and token service in common");
  app.add_flag("--json", options.json, "Print one line of JSON in place of the export lines");
  app.add_option("--port-file", options.port_file, "Also write that line of JSON to FILE")
      ->type_name("FILE");
  app.add_option("--journal", options.journal_file,
                 "Append every request to FILE, credentials too, one line of JSON each")
      ->type_name("FILE");
  app.add_option("--fault-profile", options.fault_profile,
                 "Have a bad day from the start (" + profile_names() + ")")
      ->type_name("NAME");
  app.add_option("--fault-seed", options.fault_seed,
                 "What the chances of faults are drawn from; it is printed at the start")
      ->type_name("NUMBER");
  app.add_flag("--exit-with-stdin", options.exit_with_stdin,
               "End when the standard input is closed");
  app.add_option("--tls", texts.tls,
                 "TLS on all listeners but control: the PEM files of certificate and key, or "
                 "'self-signed'")
      ->type_name("CERT KEY")
      ->expected(1, 2);
  app.add_option("--tls-name", texts.tls_names,
                 "A name or address in the self-signed certificate [127.0.0.1 localhost]")
      ->type_name("NAME");
  app.add_option("--ca-out", texts.ca_out, "Write the self-signed certificate to FILE (PEM)")
      ->type_name("FILE");
  app.add_option("--sign-for", texts.sign_for,
                 "Also sign tokens for another registry: its service and issuer")
      ->type_name("SERVICE ISSUER")
      ->expected(2);
  app.add_option("--certificate-out", options.certificate_out,
                 "Write the certificate that tokens are checked with to FILE (PEM)")
      ->type_name("FILE");
}

// An empty text, or what is wrong.
std::string take_ports(const std::vector<std::string>& texts, Options& options) {
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    const std::string name = text.substr(0, equals);
    const std::string_view number =
        equals == std::string::npos ? "" : std::string_view(text).substr(equals + 1);
    const std::int64_t port = to_number(number).value_or(-1);
    if (!is_listener(name) || port < 0 || port > kMostPort)
      return "--port takes NAME=PORT with a name of " + listener_names() + ", not " + text;
    options.ports[name] = static_cast<std::uint16_t>(port);
  }
  return {};
}

std::string take_tls(const Texts& texts, Options& options) {
  if (texts.tls.empty()) {
    if (texts.ca_out.empty() && texts.tls_names.empty()) return {};
    return "--ca-out and --tls-name go with --tls self-signed";
  }
  const bool self_signed = texts.tls.front() == "self-signed";
  if (texts.tls.size() != (self_signed ? 1U : 2U))
    return "--tls takes a certificate file and a key file, or 'self-signed'";
  if (!self_signed && !(texts.ca_out.empty() && texts.tls_names.empty()))
    return "--ca-out and --tls-name go with --tls self-signed";
  TlsOptions tls;
  tls.names = texts.tls_names;
  if (tls.names.empty()) tls.names = {"127.0.0.1", "localhost"};
  tls.ca_out = texts.ca_out;
  if (!self_signed) {
    tls.certificate = texts.tls[0];
    tls.key = texts.tls[1];
  }
  options.tls = std::move(tls);
  return {};
}

std::string take_texts(const Texts& texts, Options& options) {
  for (const std::string& text : texts.settings) {
    if (const Result<void> set = set_from_text(options.settings, text); !set)
      return set.error().message;
  }
  if (!texts.sign_for.empty())
    options.sign_for = ForeignService{texts.sign_for[0], texts.sign_for[1]};
  FaultBook trial;
  if (!options.fault_profile.empty() && !play_profile(trial, options.fault_profile))
    return "--fault-profile takes one of " + profile_names() + ", not " + options.fault_profile;
  const std::string ports = take_ports(texts.ports, options);
  return ports.empty() ? take_tls(texts, options) : ports;
}

}  // namespace

std::variant<Options, int> parse_options(int count, char** values) {
  CLI::App app(
      "Stands in for Docker's hosts on loopback: the Hub's management API, a token service, a\n"
      "registry and its storage, with sample data, in memory. Prints the lines that point the\n"
      "environment of a shell to it and runs until it is interrupted.",
      "dockerhub-sandbox");
  app.footer("\nSettings, with their values at the start:\n" + settings_help());
  Options options;
  Texts texts;
  describe(app, options, texts);
  try {
    app.parse(count, values);
  } catch (const CLI::Success& wanted) {
    return app.exit(wanted);
  } catch (const CLI::ParseError& wrong) {
    app.exit(wrong);
    return kUsageError;
  }
  const std::string wrong = take_texts(texts, options);
  if (wrong.empty()) return options;
  std::cerr << "dockerhub-sandbox: " << visible(wrong) << "\nTry: dockerhub-sandbox --help\n";
  return kUsageError;
}

}  // namespace dockerhub::sandbox
