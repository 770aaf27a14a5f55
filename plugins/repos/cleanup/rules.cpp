#include "rules.hpp"

#include <algorithm>
#include <charconv>

#include "hub/glob.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using Wrong = tl::unexpected<WrongRule>;
using Texts = std::vector<std::string>;

constexpr std::string_view kAll = "all";
constexpr std::string_view kLatestPatch = "latest_patch";

Wrong wrong(std::string_view rule, std::string message) {
  return Wrong(WrongRule{std::string(rule), std::move(message)});
}

// A text, a number, or a list of them. An empty list, as of a variable that was not set, must not pass for a rule
// that was not given: without `only` any tag may go.
tl::expected<Texts, WrongRule> texts_of(std::string_view rule, const sdk::Value& value) {
  Texts texts;
  const auto add = [&](const sdk::Value& one) {
    if (one.IsUint64()) texts.push_back(std::to_string(one.GetUint64()));
    if (one.IsString()) texts.emplace_back(sdk::view(one));
    return one.IsUint64() || (one.IsString() && one.GetStringLength() > 0);
  };
  const bool is_good = value.IsArray()
                           ? std::all_of(value.GetArray().begin(), value.GetArray().end(), add)
                           : add(value);
  if (!is_good || texts.empty()) return wrong(rule, "has to be a list of texts and not empty");
  return texts;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// "10" is "*=10".
std::optional<KeepNewest> keep_newest_of(std::string_view text) {
  const std::size_t mark = text.rfind('=');
  const bool has_pattern = mark != std::string_view::npos;
  const auto count = number_of<std::uint64_t>(has_pattern ? text.substr(mark + 1) : text);
  if (!count || (has_pattern && mark == 0)) return std::nullopt;
  return KeepNewest{has_pattern ? std::string(text.substr(0, mark)) : "*", *count};
}

class Reader {
 public:
  explicit Reader(hub::UnixTime now) : now_(now) {}

  tl::expected<Rules, WrongRule> read(const sdk::Value& object) {
    for (const auto& [key, value] : object.GetObject()) {
      const std::string_view name = sdk::view(key);
      if (auto done = read(name, value); !done) return Wrong(done.error());
    }
    return std::move(rules_);
  }

 private:
  using Done = tl::expected<void, WrongRule>;

  Done read(std::string_view name, const sdk::Value& value) {
    if (name == "only") return read_patterns(name, value, rules_.only);
    if (name == "keep") return read_patterns(name, value, rules_.keep);
    if (name == "keep_newest") return read_keep_newest(value);
    if (name == "keep_releases") return read_keep_releases(value);
    if (name == "older_than") return read_time(name, value, rules_.older_than);
    if (name == "not_pulled_for") return read_time(name, value, rules_.not_pulled_for);
    if (name == "untagged") return read_untagged(value);
    return wrong(name, "is no rule");
  }

  static Done read_patterns(std::string_view name, const sdk::Value& value, Texts& patterns) {
    auto texts = texts_of(name, value);
    if (!texts) return Wrong(texts.error());
    patterns = *std::move(texts);
    return {};
  }

  Done read_keep_newest(const sdk::Value& value) {
    constexpr std::string_view kName = "keep_newest";
    const auto texts = texts_of(kName, value);
    if (!texts) return Wrong(texts.error());
    for (const std::string& text : *texts) {
      auto keep = keep_newest_of(text);
      if (!keep)
        return wrong(kName, "has '" + text + "', which is neither NUMBER nor PATTERN=NUMBER");
      rules_.keep_newest.push_back(*std::move(keep));
    }
    return {};
  }

  Done read_keep_releases(const sdk::Value& value) {
    const std::string_view text = value.IsString() ? sdk::view(value) : std::string_view();
    if (text != kAll && text != kLatestPatch)
      return wrong("keep_releases", "has to be all or latest_patch");
    rules_.keep_releases = text == kAll ? KeepReleases::all : KeepReleases::latest_patch;
    return {};
  }

  Done read_time(std::string_view name, const sdk::Value& value,
                 std::optional<hub::UnixTime>& time) const {
    if (value.IsString()) time = hub::unix_time(sdk::view(value));
    if (value.IsString() && !time) time = hub::time_ago(sdk::view(value), now_);
    if (!time)
      return wrong(name,
                   "has to be an age like 90d (h, d, w, y) or a time like 2027-01-31T00:00:00Z");
    return {};
  }

  Done read_untagged(const sdk::Value& value) {
    if (!value.IsBool()) return wrong("untagged", "has to be true or false");
    rules_.untagged = value.GetBool();
    return {};
  }

  hub::UnixTime now_;
  Rules rules_;
};

bool fits_any(const Texts& patterns, std::string_view tag) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return hub::glob_fits(pattern, tag); });
}

void put_texts(sdk::JsonWriter& json, std::string_view name, const Texts& texts) {
  if (texts.empty()) return;
  sdk::put_key(json, name);
  json.StartArray();
  for (const std::string& text : texts) sdk::put(json, text);
  json.EndArray();
}

void put_text(sdk::JsonWriter& json, std::string_view name, std::string_view text) {
  sdk::put_key(json, name);
  sdk::put(json, text);
}

}  // namespace

bool Rules::takes_tags() const {
  return !only.empty() || !keep_newest.empty() || older_than || not_pulled_for;
}

bool Rules::may_go(std::string_view tag) const {
  if (!takes_tags()) return false;
  if (!only.empty()) return fits_any(only, tag);
  if (older_than || not_pulled_for) return true;
  return std::any_of(keep_newest.begin(), keep_newest.end(),
                     [&](const KeepNewest& newest) { return hub::glob_fits(newest.pattern, tag); });
}

sdk::Json Rules::json() const {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    put_texts(json, "only", only);
    put_texts(json, "keep", keep);
    Texts newest;
    newest.reserve(keep_newest.size());
    for (const KeepNewest& rule : keep_newest)
      newest.push_back(rule.pattern + "=" + std::to_string(rule.count));
    put_texts(json, "keep_newest", newest);
    if (keep_releases != KeepReleases::none)
      put_text(json, "keep_releases", keep_releases == KeepReleases::all ? kAll : kLatestPatch);
    if (older_than) put_text(json, "older_than", hub::rfc3339(*older_than));
    if (not_pulled_for) put_text(json, "not_pulled_for", hub::rfc3339(*not_pulled_for));
    sdk::put_key(json, "untagged");
    json.Bool(untagged);
    json.EndObject();
  });
}

tl::expected<Rules, WrongRule> read_rules(const sdk::Value& object, hub::UnixTime now) {
  return Reader(now).read(object);
}

}  // namespace dockerhub::repos::cleanup
