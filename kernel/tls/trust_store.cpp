#include "trust_store.hpp"

#include <openssl/err.h>

#include <filesystem>
#include <system_error>

namespace dockerhub::http {
namespace {

namespace fs = std::filesystem;

Failure unusable(const std::string& what, const std::string& why, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "certificate authorities: " + what + ": " + why;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// "5cd81ad7.0": how OpenSSL finds a certificate by its subject.
bool is_link_by_hash(const std::string& name) {
  constexpr std::size_t kHashDigits = 8;
  return name.size() == kHashDigits + 2 &&
         name.find_first_not_of("0123456789abcdef") == kHashDigits && name[kHashDigits] == '.' &&
         name.back() >= '0' && name.back() <= '9';
}

bool has_links_by_hash(const fs::path& directory) {
  std::error_code problem;
  fs::directory_iterator entry(directory, problem);
  for (; !problem && entry != fs::directory_iterator(); entry.increment(problem)) {
    if (is_link_by_hash(entry->path().filename().string())) return true;
  }
  return false;
}

std::string last_reason() {
  const char* reason = ERR_reason_error_string(ERR_peek_last_error());
  ERR_clear_error();
  return reason != nullptr ? reason : "it cannot be read";
}

Result<void> load_own(SSL_CTX* context, const TlsOptions& options) {
  if (!options.ca_file.empty() && SSL_CTX_load_verify_file(context, options.ca_file.c_str()) != 1)
    return unusable(options.ca_file, last_reason(),
                    "Name a file of PEM certificates in tls.ca_file.");
  if (options.ca_directory.empty()) return {};
  if (!has_links_by_hash(options.ca_directory))
    return unusable(options.ca_directory, "no certificate by hash in it",
                    "Name a directory in tls.ca_directory that 'openssl rehash' was run on.");
  if (SSL_CTX_load_verify_dir(context, options.ca_directory.c_str()) != 1)
    return unusable(options.ca_directory, last_reason(), "Name another one in tls.ca_directory.");
  return {};
}

}  // namespace

Result<void> load_trust(SSL_CTX* context, const TlsOptions& options, const TrustPlaces& system) {
  if (!options.ca_file.empty() || !options.ca_directory.empty()) return load_own(context, options);
  for (const std::string& directory : system.directories) {
    if (has_links_by_hash(directory) && SSL_CTX_load_verify_dir(context, directory.c_str()) == 1)
      return {};
  }
  for (const std::string& bundle : system.bundles) {
    if (SSL_CTX_load_verify_file(context, bundle.c_str()) == 1) return {};
  }
  ERR_clear_error();
  return unusable("the system's", "none found",
                  "Install the package ca-certificates, or name a file in tls.ca_file.");
}

}  // namespace dockerhub::http
