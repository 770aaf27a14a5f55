// A certificate made for one test: self-signed, valid for today, for the names and addresses given. The
// file serves as the CA file that trusts it.
#pragma once

#include <filesystem>
#include <string>

#include "../temporary_folder.hpp"

namespace dockerhub::http {

class Certificate {
 public:
  // `names`: as in a subjectAltName, "DNS:localhost,IP:127.0.0.1". days: from now on; below zero: it
  // expired.
  explicit Certificate(const std::string& names, int days = 1);

  const std::filesystem::path& file() const { return file_; }
  const std::filesystem::path& key_file() const { return key_file_; }
  // As `openssl rehash` links it, so that it is found there by its subject; one in a directory.
  void link_into(const std::filesystem::path& directory) const;

 private:
  TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "certificate.pem";
  std::filesystem::path key_file_ = folder_.path() / "key.pem";
};

}  // namespace dockerhub::http
