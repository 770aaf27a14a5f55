#include "dir_names.hpp"

#include "layout_texts.hpp"

namespace dockerhub::cli {

std::optional<std::string> digits_of(std::string_view name) {
  if (name.substr(0, kLayoutBlobs.size()) != kLayoutBlobs) return std::nullopt;
  name.remove_prefix(kLayoutBlobs.size());
  return is_sha256(name) ? std::optional<std::string>(name) : std::nullopt;
}

std::string digits_of_digest(const json::Value& descriptor) {
  const std::string_view digest = json::text_of(descriptor, "digest");
  constexpr std::string_view kPrefix = "sha256:";
  if (digest.substr(0, kPrefix.size()) != kPrefix) return {};
  const std::string_view digits = digest.substr(kPrefix.size());
  return is_sha256(digits) ? std::string(digits) : std::string();
}

}  // namespace dockerhub::cli
