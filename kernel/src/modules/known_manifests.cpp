#include "modules/known_manifests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <embedded/manifest_1_schema.hpp>
#include <functional>
#include <optional>
#include <utility>

#include "base/keyed_hash.hpp"
#include "base/private_file.hpp"
#include "credentials/secret.hpp"
#include "kept/kept_key.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLargestFile = 1024 * 1024;
// Of other versions and installations. All is read at each start, and the programs' own modules have 18 KB.
constexpr std::size_t kMostUnused = 64 * 1024;
// To be raised, too, when an outline has other members than before.
constexpr int kOutlinesFormat = 1;
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

// Takes what stands before the first `end` from the front of `text`, and that; nullopt: there is none.
std::optional<std::string_view> take_until(char end, std::string_view& text) {
  const std::size_t size = text.find(end);
  if (size == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, size);
  text.remove_prefix(size + 1);
  return taken;
}

std::string line_of(std::uint64_t mark, std::string_view outline) {
  std::array<char, 16> digits{};
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), mark, 16).ptr;
  std::string line(digits.data(), end);
  return line.append(1, ' ').append(outline).append(1, '\n');
}

}  // namespace

std::uint64_t manifest_mark(std::string_view text) {
  static const std::uint64_t kOfRules = rules_mark();
  return kOfRules ^ hash_of(text);
}

KnownManifests::KnownManifests(Places places) : places_(std::move(places)) {
  if (!places_.file.empty()) read();
}

std::optional<std::string> KnownManifests::seal_of(std::string_view lines) const {
  Result<std::string> kept = kept_key(places_.key);
  if (!kept) return std::nullopt;
  std::string& key = *kept;
  std::string seal = keyed_hash_hex(key, std::string("manifest outlines\n").append(lines));
  wipe(key.data(), key.size());
  return seal;
}

void KnownManifests::read() {
  auto kept = PrivateFile(places_.file, kOutlinesFormat).read(kLargestFile);
  if (!kept || !*kept || !(*kept)->starts_with(kHeader)) return;
  kept_ = std::move(**kept);
  std::string_view rest = kept_;
  rest.remove_prefix(kHeader.size());
  const auto given = take_until('\n', rest);
  const auto seal = seal_of(rest);
  if (!given || !seal || !same_hash(*given, *seal)) return;
  while (const auto digits = take_until(' ', rest)) {
    std::uint64_t mark = 0;
    std::from_chars(digits->data(), digits->data() + digits->size(), mark, 16);
    known_.push_back({mark, take_until('\n', rest).value_or(std::string_view())});
  }
}

std::string_view KnownManifests::outline(std::uint64_t mark) {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& each) { return each.mark == mark; });
  if (found == known_.end()) return {};
  found->is_used = true;
  return found->outline;
}

void KnownManifests::learn(std::uint64_t mark, std::string outline) {
  known_.push_back({mark, learnt_.emplace_back(std::move(outline)), true});
}

void KnownManifests::keep() const {
  if (learnt_.empty() || places_.file.empty()) return;
  std::string used;
  std::string unused;
  std::for_each(known_.rbegin(), known_.rend(), [&](const Known& each) {
    std::string& lines = each.is_used ? used : unused;
    const std::size_t most = each.is_used ? kLargestFile - 2 * kMostUnused : kMostUnused;
    if (lines.size() + each.outline.size() <= most)
      lines.insert(0, line_of(each.mark, each.outline));
  });
  const std::string lines = unused + used;
  const auto seal = seal_of(lines);
  if (!seal) return;
  static_cast<void>(PrivateFile(places_.file, kOutlinesFormat)
                        .write(std::string(kHeader) + *seal + '\n' + lines));
}

}  // namespace dockerhub
