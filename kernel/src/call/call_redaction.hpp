// Redaction as one call sees it: the process's secrets, and the secret parameters of this very call.
// The latter mask nothing of anybody else's, and are forgotten with the call. Belongs to the call's
// thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "credentials/secret.hpp"
#include "redaction/redactor.hpp"
#include "redaction/secret_scan.hpp"

namespace dockerhub {

class CallRedaction {
 public:
  explicit CallRedaction(const Redactor& shared) : shared_(shared) {}

  // Masks this value, too, from now on.
  void learn(std::string_view value);

  std::string text(std::string_view text) const;
  Result<std::string> json(std::string_view json, const std::vector<std::string>& shown_once = {},
                           KeyRule key_rule = KeyRule::apply) const;
  Error error(Error error) const;
  // Of the process's own secrets.
  bool holds_secret(std::string_view bytes) const { return shared_.holds_secret(bytes); }
  // The same for content that comes in pieces; no longer than this redaction.
  SecretScan scan() const { return SecretScan(shared_); }
  bool json_holds_secret(std::string_view json) const { return shared_.json_holds_secret(json); }

 private:
  const Redactor& shared_;
  std::shared_ptr<SecretBook> book_;  // made with the first secret
  std::unique_ptr<Redactor> own_;
  std::vector<std::shared_ptr<const Secret>> leases_;  // wiped before the book goes
};

}  // namespace dockerhub
