#include "platform.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "characters.hpp"
#include "hub/composed.hpp"

namespace dockerhub::registry {
namespace {

struct Spelling {
  std::string_view written, architecture, variant;
};
constexpr std::array<Spelling, 7> kSpellings = {{{"x86_64", "amd64", ""},
                                                 {"x86-64", "amd64", ""},
                                                 {"aarch64", "arm64", ""},
                                                 {"armhf", "arm", "v7"},
                                                 {"armel", "arm", "v6"},
                                                 {"i386", "386", ""},
                                                 {"i686", "386", ""}}};

struct Default {
  std::string_view architecture, variant;
};
constexpr std::array<Default, 3> kVariants = {{{"arm64", "v8"}, {"amd64", "v1"}, {"arm", "v7"}}};

// "v7" is 7; -1 for what cannot be compared.
int rank(std::string_view variant) {
  int number = -1;
  if (variant.size() < 2 || variant.front() != 'v') return -1;
  const auto [end, error] =
      std::from_chars(variant.data() + 1, variant.data() + variant.size(), number);
  return error == std::errc() && end == variant.data() + variant.size() ? number : -1;
}

// Whether the first three numbers are equal: the fourth counts the patches.
bool is_same_build(std::string_view a, std::string_view b) {
  const auto build = [](std::string_view version) {
    std::size_t end = 0;
    for (int dots = 0; end < version.size() && (version[end] != '.' || ++dots < 3);) ++end;
    return version.substr(0, end);
  };
  return build(a) == build(b);
}

// How well an offer suits: higher is better, 0 is not at all.
int suitability(const Platform& offer, const Platform& wanted) {
  constexpr int kEqual = 1'000'000;
  if (offer.os != wanted.os || offer.architecture != wanted.architecture) return 0;
  if (!wanted.os_version.empty() && !is_same_build(offer.os_version, wanted.os_version)) return 0;
  if (offer.variant == wanted.variant) return kEqual;
  const int offered = rank(offer.variant);
  const bool is_below = offered >= 0 && offered < rank(wanted.variant);
  return is_below ? std::min(offered + 1, kEqual - 1) : 0;
}

bool is_word(std::string_view text) {
  return !text.empty() &&
         all_of(text, [](char c) { return is_alnum(c) || c == '.' || c == '_' || c == '-'; });
}

// Takes "(10.0.17763)" off "windows(10.0.17763)".
std::string take_version(std::string& os) {
  const std::size_t open = os.find('(');
  if (open == std::string::npos || os.back() != ')') return {};
  std::string version = os.substr(open + 1, os.size() - open - 2);
  os.resize(open);
  return version;
}

constexpr std::size_t kMostShown = 40;

std::string_view shown(std::string_view part) {
  return part.empty() ? "?" : part.substr(0, kMostShown);
}

}  // namespace

std::string Platform::text() const {
  return hub::composed("{}/{}{}{}", {shown(os), shown(architecture), variant.empty() ? "" : "/",
                                     std::string_view(variant).substr(0, kMostShown)});
}

Platform Platform::normalised() const {
  Platform result{lower_case(os), lower_case(architecture), lower_case(variant), os_version};
  if (result.os == "macos") result.os = "darwin";
  for (const Spelling& spelling : kSpellings) {
    if (result.architecture != spelling.written) continue;
    result.architecture = spelling.architecture;
    if (result.variant.empty()) result.variant = spelling.variant;
    break;
  }
  for (const Default& row : kVariants) {
    if (result.architecture == row.architecture && result.variant.empty())
      result.variant = row.variant;
  }
  // "8" is a way to write "v8".
  if (!result.variant.empty() && all_of(result.variant, is_digit)) result.variant.insert(0, 1, 'v');
  return result;
}

Checked<Platform> Platform::parse(std::string_view text) {
  std::array<std::string, 3> parts;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin <= text.size() && count < parts.size(); ++count) {
    const std::size_t end =
        count + 1 == parts.size() ? text.size() : std::min(text.find('/', begin), text.size());
    parts[count] = text.substr(begin, end - begin);
    begin = end + 1;
  }
  Platform platform{parts[0], parts[1], parts[2], {}};
  if (!platform.os.empty()) platform.os_version = take_version(platform.os);
  const bool has_variant = count == parts.size();
  if (is_word(platform.os) && is_word(platform.architecture) &&
      (!has_variant || is_word(platform.variant))) {
    return platform;
  }
  return wrong_parameter("platform", hub::composed("is no platform: {}", {quoted(text)}),
                         "Write it like linux/amd64 or linux/arm/v7.");
}

std::optional<std::size_t> choose_platform(const std::list<Platform>& offered,
                                           const Platform& wanted) {
  const Platform normal = wanted.normalised();
  std::optional<std::size_t> best;
  int best_suitability = 0;
  std::size_t at = 0;
  for (const Platform& platform : offered) {
    const int value = suitability(platform.normalised(), normal);
    if (value > best_suitability) {
      best_suitability = value;
      best = at;
    }
    ++at;
  }
  return best;
}

}  // namespace dockerhub::registry
