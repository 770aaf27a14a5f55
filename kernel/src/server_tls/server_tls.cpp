#include "dockerhub/server_tls.hpp"

#include <sys/stat.h>

#include <array>
#include <utility>

#include "base/file.hpp"
#include "credentials/secret.hpp"
#include "server_tls/server_tls_library.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLargestPem = std::size_t{1024} * 1024;

Failure wrong_identity(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

// What tells one state of a file from another; zeros where there is none.
using FileState = std::array<std::int64_t, 7>;

FileState state_of(const std::filesystem::path& path) {
  struct stat about = {};
  if (stat(path.c_str(), &about) != 0) return {};
  return {static_cast<std::int64_t>(about.st_dev),
          static_cast<std::int64_t>(about.st_ino),
          static_cast<std::int64_t>(about.st_size),
          about.st_mtim.tv_sec,
          about.st_mtim.tv_nsec,
          about.st_ctim.tv_sec,
          about.st_ctim.tv_nsec};
}

using PairState = std::pair<FileState, FileState>;

PairState state_of(const ServerTls::Files& files) {
  return {state_of(files.certificate), state_of(files.key)};
}

// A private key, overwritten when it is not needed any more.
struct KeyText {
  KeyText() = default;
  KeyText(const KeyText&) = delete;
  KeyText& operator=(const KeyText&) = delete;
  ~KeyText() { wipe(text.data(), text.size()); }

  std::string text;
};

Result<void> read_key(const std::filesystem::path& path, KeyText& key) {
  auto file = read_file(path, kLargestPem);
  if (!file) return Failure(file.error());
  key.text = std::move(file->text);
  if (file->only_ours() && !file->readable_by_others()) return {};
  return wrong_identity("the private key " + visible(path.string()) + " is not yours alone",
                        "chmod 600 it, and own it.");
}

Result<std::shared_ptr<TlsIdentity>> read_identity(const ServerTlsLibrary& library,
                                                   const ServerTls::Files& files) {
  const auto certificate = read_file(files.certificate, kLargestPem);
  if (!certificate) return Failure(certificate.error());
  KeyText key;
  if (auto read = read_key(files.key, key); !read) return Failure(read.error());
  auto identity = library.make(certificate->text, key.text);
  if (identity) return std::move(*identity);
  return wrong_identity("the certificate " + visible(files.certificate.string()) +
                            " and the private key " + visible(files.key.string()) +
                            " cannot be used: " + visible(identity.error()),
                        "Give PEM files that belong together, the key without a passphrase.");
}

}  // namespace

struct DOCKERHUB_HIDDEN ServerTls::Impl {
  const ServerTlsLibrary& library;
  const Files files;
  const Warn warn;
  PairState seen;  // of what was read last, whether it could be used or not
  std::shared_ptr<TlsIdentity> identity;

  void refresh() {
    const PairState now = state_of(files);
    if (now == seen) return;
    seen = now;
    auto fresh = read_identity(library, files);
    if (!fresh) return warn(fresh.error());
    identity = std::move(*fresh);
  }
};

ServerTls::ServerTls(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ServerTls::~ServerTls() = default;

Result<std::unique_ptr<ServerTls>> ServerTls::create(Files files, Warn warn) {
  const auto library = load_server_tls_library();
  if (!library) return Failure(library.error());
  // Looked at first: what changes while it is read is read again.
  const PairState seen = state_of(files);
  auto identity = read_identity(**library, files);
  if (!identity) return Failure(identity.error());
  return std::unique_ptr<ServerTls>(new ServerTls(std::unique_ptr<Impl>(
      new Impl{**library, std::move(files), std::move(warn), seen, std::move(*identity)})));
}

std::unique_ptr<TlsSession> ServerTls::begin() {
  impl_->refresh();
  return impl_->identity->begin();
}

}  // namespace dockerhub
