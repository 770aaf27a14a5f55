#include "config/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/lower_case.hpp"
#include "base/utf8.hpp"
#include "config/configuration_impl.hpp"
#include "config/host_values.hpp"

namespace dockerhub {
namespace {

struct Unit {
  std::string_view name;
  double milliseconds;
};
constexpr std::array<Unit, 5> kUnits = {
    {{"", 1000}, {"ms", 1}, {"s", 1000}, {"m", 60 * 1000}, {"h", 60 * 60 * 1000}}};
constexpr double kLongest = 365.0 * 24 * 60 * 60 * 1000;

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

Failure bad_value(const Setting& setting, std::string_view text, std::string_view origin,
                  const std::string& expected) {
  std::string message = std::string(origin) + ": " + std::string(setting.key) + " is " +
                        shown(text) + ", which is not " + expected;
  std::string hint = "Correct it";
  const std::string meant = likely(text, choices_of(setting));
  if (!meant.empty()) hint += " (did you mean " + meant + "?)";
  hint += ", or remove it";
  if (!setting.fallback.empty()) hint += " for the default, " + std::string(setting.fallback);
  return refused(std::move(message), hint + ".");
}

Result<std::string> checked_boolean(const Setting& setting, std::string_view text,
                                    std::string_view origin) {
  const std::optional<bool> value = parse_boolean(text);
  if (!value) return bad_value(setting, text, origin, "true or false (or yes, no, on, off, 1, 0)");
  return std::string(*value ? "true" : "false");
}

Result<std::string> checked_choice(const Setting& setting, std::string_view text,
                                   std::string_view origin) {
  const std::vector<std::string> choices = choices_of(setting);
  const std::string value = lower_case(text);
  if (std::find(choices.begin(), choices.end(), value) != choices.end()) return value;
  return bad_value(setting, text, origin, "one of " + joined(choices));
}

Result<std::string> checked_duration(const Setting& setting, std::string_view text,
                                     std::string_view origin) {
  const auto value = parse_duration(text);
  if (!value || value->count() > setting.maximum || value->count() < setting.minimum) {
    const std::string least =
        setting.minimum > 0 ? "from " + std::to_string(setting.minimum) + "ms " : std::string();
    const std::string most = std::to_string(setting.maximum / 1000);
    return bad_value(setting, text, origin,
                     "a time like 30, 30s, 500ms or 2m, " + least + "up to " + most + "s");
  }
  return std::to_string(value->count());
}

std::string range_of(const Setting& setting) {
  return "from " + std::to_string(setting.minimum) + " to " + std::to_string(setting.maximum);
}

// A whole number at the beginning, and what follows it; nothing when there is none.
std::optional<std::pair<std::int64_t, std::string_view>> leading_number(std::string_view text) {
  std::int64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, problem] = std::from_chars(text.data(), end, number);
  if (problem != std::errc() || number < 0) return std::nullopt;
  return std::pair(number, std::string_view(rest, static_cast<std::size_t>(end - rest)));
}

Result<std::string> checked_number(const Setting& setting, std::string_view text,
                                   std::string_view origin) {
  const auto number = leading_number(text);
  const bool fits = number && number->second.empty() && number->first >= setting.minimum &&
                    number->first <= setting.maximum;
  if (!fits) return bad_value(setting, text, origin, "a whole number " + range_of(setting));
  return std::to_string(number->first);
}

Result<std::string> checked_size(const Setting& setting, std::string_view text,
                                 std::string_view origin) {
  const auto bytes = parse_size(text);
  if (!bytes || *bytes < setting.minimum || *bytes > setting.maximum) {
    return bad_value(setting, text, origin,
                     "a size like 1048576, 512KiB or 32MiB, " + range_of(setting) + " bytes");
  }
  return std::to_string(*bytes);
}

Result<std::string> checked_hosts(const Setting& setting, std::string_view text,
                                  std::string_view origin) {
  if (setting.type == SettingType::url) {
    if (auto url = base_url(text)) return *url;
    return bad_value(setting, text, origin,
                     "an http or https URL, or unix:///SOCKET, without user, query or fragment");
  }
  const bool pairs = setting.type == SettingType::host_pairs;
  if (auto hosts = pairs ? host_pairs(text) : host_list(text)) return *hosts;
  return bad_value(setting, text, origin,
                   pairs ? "a list like registry.example.com:5000=tokens.example.com"
                         : "a list like one.example.com,two.example.com:5000");
}

// The text is in no message, since it may hold a password.
Result<std::string> checked_proxy(const Setting& setting, std::string_view text,
                                  std::string_view origin) {
  if (proxy_value(text)) return std::string(text);
  return refused(
      std::string(origin) + ": " + std::string(setting.key) + " is not the URL of an HTTP proxy",
      "Write http://host:port or http://user:password@host:port, with special characters "
      "of user and password percent-encoded; proxies with TLS or SOCKS cannot be used.");
}

}  // namespace

std::optional<bool> parse_boolean(std::string_view text) {
  constexpr std::array<std::string_view, 6> kTrue = {"1", "t", "true", "y", "yes", "on"};
  constexpr std::array<std::string_view, 6> kFalse = {"0", "f", "false", "n", "no", "off"};
  const std::string word = lower_case(trimmed(text));
  if (std::find(kTrue.begin(), kTrue.end(), word) != kTrue.end()) return true;
  if (std::find(kFalse.begin(), kFalse.end(), word) != kFalse.end()) return false;
  return std::nullopt;
}

std::optional<std::chrono::milliseconds> parse_duration(std::string_view text) {
  const std::string value = lower_case(trimmed(text));
  double number = 0;
  const char* const end = value.data() + value.size();
  const auto [rest, problem] = std::from_chars(value.data(), end, number, std::chars_format::fixed);
  if (problem != std::errc() || !(number >= 0)) return std::nullopt;
  const std::string_view unit = trimmed({rest, static_cast<std::size_t>(end - rest)});
  const auto found =
      std::find_if(kUnits.begin(), kUnits.end(), [&](const Unit& u) { return u.name == unit; });
  if (found == kUnits.end()) return std::nullopt;
  // Up, so that a time that is not zero never becomes "no limit".
  const double milliseconds = std::ceil(number * found->milliseconds);
  if (!(milliseconds <= kLongest)) return std::nullopt;
  return std::chrono::milliseconds(static_cast<std::int64_t>(milliseconds));
}

std::optional<std::int64_t> parse_size(std::string_view text) {
  struct Scale {
    std::string_view name;
    std::int64_t bytes;
  };
  constexpr std::array<Scale, 5> kScales = {
      {{"", 1}, {"b", 1}, {"kib", 1 << 10}, {"mib", 1 << 20}, {"gib", 1 << 30}}};
  const std::string value = lower_case(trimmed(text));
  const auto number = leading_number(value);
  if (!number) return std::nullopt;
  const std::string_view unit = trimmed(number->second);
  const auto found = std::find_if(kScales.begin(), kScales.end(),
                                  [&](const Scale& scale) { return scale.name == unit; });
  constexpr std::int64_t kMost = std::int64_t{1} << 32;
  if (found == kScales.end() || number->first > kMost) return std::nullopt;
  return number->first * found->bytes;
}

Result<std::string> checked_value(const Setting& setting, std::string_view text,
                                  std::string_view origin) {
  switch (setting.type) {
    case SettingType::boolean:
      return checked_boolean(setting, trimmed(text), origin);
    case SettingType::choice:
      return checked_choice(setting, trimmed(text), origin);
    case SettingType::duration:
      return checked_duration(setting, trimmed(text), origin);
    case SettingType::number:
      return checked_number(setting, trimmed(text), origin);
    case SettingType::size:
      return checked_size(setting, trimmed(text), origin);
    case SettingType::url:
    case SettingType::hosts:
    case SettingType::host_pairs:
      return checked_hosts(setting, trimmed(text), origin);
    case SettingType::proxy:
      return checked_proxy(setting, trimmed(text), origin);
    case SettingType::text:
    case SettingType::list:
    case SettingType::secret:
      break;
  }
  return std::string(text);
}

std::string written_value(const Setting& setting, std::string_view checked) {
  struct Scale {
    std::string_view unit;
    std::int64_t amount;
  };
  constexpr std::array<Scale, 3> kTimes = {{{"h", 3600 * 1000}, {"m", 60 * 1000}, {"s", 1000}}};
  constexpr std::array<Scale, 3> kSizes = {{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}}};
  const bool time = setting.type == SettingType::duration;
  const auto number =
      time || setting.type == SettingType::size ? leading_number(checked) : std::nullopt;
  if (!number || number->first == 0) return std::string(checked);
  for (const Scale& scale : time ? kTimes : kSizes) {
    if (number->first % scale.amount == 0)
      return std::to_string(number->first / scale.amount).append(scale.unit);
  }
  return std::string(checked) + (time ? "ms" : "");
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

std::vector<std::string> split_list(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    const std::string_view part = trimmed(text.substr(0, end));
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

Failure refused(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

std::string shown(std::string_view text) {
  constexpr std::size_t kLongestShown = 60;
  if (text.size() <= kLongestShown) return '"' + visible(text) + '"';
  return '"' + visible(whole_characters(text, kLongestShown)) + "...\"";
}

}  // namespace dockerhub
