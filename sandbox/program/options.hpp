// What the command line of dockerhub-sandbox says. A plain value.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "settings.hpp"

namespace dockerhub::sandbox {

struct TlsOptions {
  // Files; both empty: a certificate is made, for `names`, and written to `ca_out`.
  std::string certificate, key;
  std::vector<std::string> names;
  std::string ca_out;
};

struct ForeignService {
  std::string service, issuer;
};

struct Options {
  Settings settings;
  std::map<std::string, std::uint16_t, std::less<>> ports;  // by listener
  bool second_registry = false;
  bool json = false;
  bool exit_with_stdin = false;
  std::string journal_file;
  std::string fault_profile;                // empty: none
  std::optional<std::uint64_t> fault_seed;  // nullopt: any
  std::string port_file;
  std::string certificate_out;
  std::optional<ForeignService> sign_for;
  std::optional<TlsOptions> tls;
};

// The options, or the exit status where the program has nothing more to do: help and version were
// printed (0), or the complaint was (2).
std::variant<Options, int> parse_options(int count, char** values);

}  // namespace dockerhub::sandbox
