#include "modules/known_manifests.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <embedded/manifest_1_schema.hpp>
#include <functional>
#include <optional>
#include <utility>

#include "base/private_file.hpp"

namespace dockerhub {
namespace {

constexpr std::size_t kLargestFile = 1024 * 1024;
// Of other versions and installations. All is read at each start, and the programs' own modules have 45 KB.
constexpr std::size_t kMostUnused = 64 * 1024;
constexpr int kOutlinesFormat = 2;
constexpr std::string_view kHeader = "{\"version\":2}\n";

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

// Takes a number and the byte after it from the front of `text`; nullopt where it is no such thing.
std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number, 16);
  if (problem != std::errc() || rest == end || *rest != ' ') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(rest - text.data()) + 1);
  return number;
}

void add_number(std::uint64_t number, std::string& text) {
  std::array<char, 17> digits{};
  char* const begin = digits.data();
  const char* const end = std::to_chars(begin, begin + digits.size(), number, 16).ptr;
  text.append(begin, static_cast<std::size_t>(end - begin)).append(1, ' ');
}

}  // namespace

std::uint64_t manifest_mark(std::string_view text) {
  static const std::uint64_t kOfRules = rules_mark();
  return kOfRules ^ hash_of(text);
}

KnownManifests::KnownManifests(std::filesystem::path file) : file_(std::move(file)) {
  if (!file_.empty()) read();
}

void KnownManifests::read() {
  auto kept = PrivateFile(file_, kOutlinesFormat).read(kLargestFile);
  if (!kept || !*kept || !(*kept)->starts_with(kHeader)) return;
  kept_ = std::move(**kept);
  std::string_view rest = kept_;
  rest.remove_prefix(kHeader.size());
  std::vector<Known> known;
  while (!rest.empty()) {
    const auto mark = take_number(rest);
    const auto outline_mark = mark ? take_number(rest) : std::nullopt;
    const std::size_t size = rest.find('\n');
    if (!outline_mark || size == std::string_view::npos) return;
    known.push_back({*mark, *outline_mark, rest.substr(0, size)});
    rest.remove_prefix(size + 1);
  }
  known_ = std::move(known);
}

std::string_view KnownManifests::outline(std::uint64_t mark) {
  const auto found = std::find_if(known_.begin(), known_.end(),
                                  [&](const Known& each) { return each.mark == mark; });
  if (found == known_.end() || hash_of(found->outline) != found->outline_mark) return {};
  found->is_used = true;
  return found->outline;
}

void KnownManifests::learn(std::uint64_t mark, std::string outline) {
  // Where its outline was damaged, it is there already.
  std::erase_if(known_, [&](const Known& each) { return each.mark == mark; });
  const std::string& learnt = learnt_.emplace_back(std::move(outline));
  known_.push_back({mark, hash_of(learnt), learnt, true});
}

void KnownManifests::keep() const {
  if (learnt_.empty() || file_.empty()) return;
  std::size_t unused = 0;
  for (const Known& each : known_) unused += each.is_used ? 0 : each.outline.size();
  std::string text(kHeader);
  for (const Known& each : known_) {
    if (!each.is_used && unused > kMostUnused) {
      unused -= each.outline.size();
      continue;
    }
    add_number(each.mark, text);
    add_number(each.outline_mark, text);
    text.append(each.outline).append(1, '\n');
  }
  static_cast<void>(PrivateFile(file_, kOutlinesFormat).write(text));
}

}  // namespace dockerhub
