// The TLS side of listeners: TLS 1.2 or newer with one certificate. Heavy types stay in the .cpp files.
// Immutable; any thread.
#pragma once

#include <memory>
#include <string>

#include "dockerhub/kernel.hpp"
#include "tokens/certified_key.hpp"

namespace dockerhub::sandbox {

class Tls {
 public:
  // PEM files; the certificate file may hold a chain.
  static Result<Tls> from_files(const std::string& certificate, const std::string& key);
  static Result<Tls> from_key(const CertifiedKey& key);

  struct Context;
  const Context& context() const { return *context_; }

 private:
  explicit Tls(std::shared_ptr<const Context> context) : context_(std::move(context)) {}

  std::shared_ptr<const Context> context_;
};

}  // namespace dockerhub::sandbox
