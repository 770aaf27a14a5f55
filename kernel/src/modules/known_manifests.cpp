#include "modules/known_manifests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <embedded/manifest_1_schema.hpp>
#include <functional>
#include <string>

#include "base/private_file.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kMostKnown = 256;
constexpr std::size_t kLargestFile = 64 * 1024;
constexpr int kMarksFormat = 1;
constexpr std::string_view kHeader = "{\"version\":1}\n";

// Of one build; that another's are other numbers only has the manifests checked again.
std::uint64_t hash_of(std::string_view text) {
  return std::hash<std::string_view>()(text);
}

// A manifest that keeps the rules of one version may break the next one's.
std::uint64_t rules_mark() {
  const Version rules = version();
  std::string all(kManifestSchema);
  for (const std::string_view part : {rules.version, rules.abi, rules.commit})
    all.append(1, '\n').append(part);
  return hash_of(all);
}

std::vector<std::uint64_t> read(const std::filesystem::path& file) {
  std::vector<std::uint64_t> known;
  if (file.empty()) return known;
  const auto kept = PrivateFile(file, kMarksFormat).read(kLargestFile);
  if (!kept || !*kept || (*kept)->rfind(kHeader, 0) != 0) return known;
  const char* const end = (*kept)->data() + (*kept)->size();
  const char* at = (*kept)->data() + kHeader.size();
  while (at < end) {
    std::uint64_t mark = 0;
    const auto [rest, problem] = std::from_chars(at, end, mark, 16);
    if (problem != std::errc() || rest == end || *rest != '\n') return {};
    known.push_back(mark);
    at = rest + 1;
  }
  return known;
}

}  // namespace

std::uint64_t manifest_mark(std::string_view text) {
  static const std::uint64_t kOfRules = rules_mark();
  return kOfRules ^ hash_of(text);
}

KnownManifests::KnownManifests(std::filesystem::path file)
    : file_(std::move(file)), known_(read(file_)) {}

bool KnownManifests::knows(std::uint64_t mark) const {
  return std::find(known_.begin(), known_.end(), mark) != known_.end();
}

void KnownManifests::learn(std::uint64_t mark) {
  known_.push_back(mark);
  learnt_ = true;
}

void KnownManifests::keep() const {
  if (!learnt_ || file_.empty()) return;
  std::string text(kHeader);
  const std::size_t skipped = known_.size() - std::min(known_.size(), kMostKnown);
  for (std::size_t i = skipped; i < known_.size(); ++i) {
    std::array<char, 17> digits{};
    char* const begin = digits.data();
    const char* const end = std::to_chars(begin, begin + digits.size(), known_[i], 16).ptr;
    text.append(begin, static_cast<std::size_t>(end - begin)).append(1, '\n');
  }
  static_cast<void>(PrivateFile(file_, kMarksFormat).write(text));
}

}  // namespace dockerhub
