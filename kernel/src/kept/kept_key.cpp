#include "kept/kept_key.hpp"

#include <chrono>

#include "approval/seal.hpp"
#include "base/file_permissions.hpp"
#include "base/json.hpp"
#include "base/private_file.hpp"
#include "credentials/secret.hpp"

namespace dockerhub {
namespace {

constexpr int kKeyFormat = 1;
constexpr std::size_t kMostKeyFile = 1024;
constexpr std::size_t kBytesOfKey = 32;
constexpr std::chrono::seconds kLongestTurn{2};

// Empty: there is no such file.
Result<std::string> read_key(const PrivateFile& file) {
  auto text = file.read(kMostKeyFile);
  if (!text) return Failure(std::move(text.error()));
  if (!*text) return std::string();
  const auto document = json::parse(**text);
  std::string key(document ? json::text_of(*document, "key") : std::string_view());
  wipe((*text)->data(), (*text)->size());
  if (key.size() == 2 * kBytesOfKey) return key;
  return refuse_path(file.path(), "holds no key", "Remove it: a new one is made.");
}

Result<std::string> make_key(const PrivateFile& file) {
  std::string key = random_hex(kBytesOfKey);
  if (key.empty())
    return refuse_path(file.path(), "no random bytes for a key", "Check the system.");
  std::string text = R"({"version":)" + std::to_string(kKeyFormat) + R"(,"key":")" + key + "\"}\n";
  const auto written = file.write(text);
  wipe(text.data(), text.size());
  if (!written) return Failure(written.error());
  return key;
}

}  // namespace

Result<std::string> kept_key(const std::filesystem::path& file) {
  const PrivateFile kept(file, kKeyFormat);
  auto found = read_key(kept);
  if (!found || !found->empty()) return found;
  // Of two programs that start together one makes it, and both have the same.
  const auto turn = kept.lock(kLongestTurn);
  if (!turn) return Failure(turn.error());
  found = read_key(kept);
  if (!found || !found->empty()) return found;
  return make_key(kept);
}

}  // namespace dockerhub
