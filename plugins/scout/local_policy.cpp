#include "local_policy.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <initializer_list>
#include <set>

#include "hub/members.hpp"
#include "hub/names.hpp"
#include "json_parts.hpp"
#include "purl.hpp"
#include "statement.hpp"

namespace dockerhub::scout {
namespace {

using Texts = std::vector<std::string>;

// The settings of one policy.
class Settings {
 public:
  explicit Settings(const sdk::Value* value) : value_(value) {}

  Texts texts(std::string_view name, Texts otherwise) const {
    const bool given = value_ != nullptr && hub::array_member(*value_, name) != nullptr;
    return given ? texts_member(*value_, name) : std::move(otherwise);
  }
  bool flag(std::string_view name, bool otherwise) const {
    const sdk::Value* found = value_ == nullptr ? nullptr : hub::member(*value_, name);
    return found == nullptr ? otherwise : found->GetBool();
  }
  int number(std::string_view name, int otherwise) const {
    const sdk::Value* found = value_ == nullptr ? nullptr : hub::member(*value_, name);
    return found == nullptr ? otherwise : found->GetInt();
  }

 private:
  const sdk::Value* value_;
};

PolicyResult& fail_or_pass(PolicyResult& result) {
  result.verdict = result.deviations.empty() ? Verdict::passed : Verdict::failed;
  return result;
}

void unknown(PolicyResult& result, std::string_view reason) {
  result.verdict = Verdict::unknown;
  result.reason = reason;
}

sdk::Json deviation_of(const Finding& finding) {
  return {{"vulnerability", finding.cve},
          {"severity", severity_name(finding.severity)},
          {"purl", finding.purl},
          {"fixed_by", text_or_null(finding.fixed_by)}};
}

// Days since 1970; nullopt: no date.
std::optional<int> days_of(std::string_view date) {
  constexpr std::size_t kDate = 10;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  const auto read = [&](std::size_t first, std::size_t size, auto& number) {
    const char* const end = date.data() + first + size;
    return std::from_chars(date.data() + first, end, number).ptr == end;
  };
  if (date.size() < kDate || !read(0, 4, year) || !read(5, 2, month) || !read(8, 2, day))
    return std::nullopt;
  const std::chrono::year_month_day civil{std::chrono::year(year), std::chrono::month(month),
                                          std::chrono::day(day)};
  if (!civil.ok()) return std::nullopt;
  return static_cast<int>(std::chrono::sys_days(civil).time_since_epoch().count());
}

// Whether it was published so long ago that no grace is left; what has no date has none.
bool is_due(const Finding& finding, int grace_days, std::string_view today) {
  const auto published = days_of(finding.published_at);
  const auto now = days_of(today);
  return grace_days == 0 || !published || !now || *now - *published > grace_days;
}

constexpr std::string_view kNoContent = "the vulnerabilities of the image are not known";

void fixable_vulnerabilities(const PolicyFacts& facts, const Settings& settings,
                             PolicyResult& result) {
  if (facts.content == nullptr) return unknown(result, kNoContent);
  std::set<Severity> severities;
  for (const std::string& name : settings.texts("severities", {"CRITICAL", "HIGH"})) {
    if (const auto severity = severity_of(name)) severities.insert(*severity);
  }
  const Texts types = settings.texts("package_types", {});
  const bool fixable_only = settings.flag("fixable_only", true);
  const int grace = settings.number("grace_period_days", 0);
  for (const Finding& finding : facts.content->findings) {
    const bool is_type =
        types.empty() || std::find(types.begin(), types.end(), finding.type) != types.end();
    if (finding.excepted || severities.count(finding.severity) == 0 || !is_type) continue;
    if (fixable_only && finding.fixed_by.empty()) continue;
    if (is_due(finding, grace, facts.today)) result.deviations.push_back(deviation_of(finding));
  }
  fail_or_pass(result);
}

void high_profile_vulnerabilities(const PolicyFacts& facts, const Settings& settings,
                                  PolicyResult& result) {
  if (facts.content == nullptr) return unknown(result, kNoContent);
  const Texts listed = settings.texts(
      "cves", {"CVE-2014-0160", "CVE-2014-6271", "CVE-2021-44228", "CVE-2021-45046",
               "CVE-2022-22965", "CVE-2023-38545", "CVE-2023-44487", "CVE-2024-3094"});
  const Texts ignored = settings.texts("ignored_cves", {});
  const bool with_kev = settings.flag("include_cisa_kev", true);
  const auto holds = [](const Texts& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
  };
  for (const Finding& finding : facts.content->findings) {
    if (finding.excepted || holds(ignored, finding.cve)) continue;
    if (holds(listed, finding.cve) || (with_kev && finding.cisa_exploited))
      result.deviations.push_back(deviation_of(finding));
  }
  fail_or_pass(result);
}

// "GPL" fits the words "GPL", "GPL-2.0-only", "GPLv3" and "LicenseRef-GPL" of an expression, and not "LGPL-2.1".
bool names_license(std::string_view expression, std::string_view license) {
  constexpr std::string_view kUnlisted = "licenseref-";  // of a name that SPDX has not listed
  const std::string text = hub::folded(expression);
  const std::string wanted = hub::folded(license);
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::size_t at = text.find(wanted); at != std::string::npos;
       at = text.find(wanted, at + 1)) {
    const std::size_t end = at + wanted.size();
    const bool is_unlisted = at >= kUnlisted.size() &&
                             text.compare(at - kUnlisted.size(), kUnlisted.size(), kUnlisted) == 0;
    const bool begins = at == 0 || is_unlisted || (!is_letter(text[at - 1]) && text[at - 1] != '-');
    const bool ends = end == text.size() || !is_letter(text[end]) || text[end] == 'v';
    if (begins && ends) return true;
  }
  return false;
}

void copyleft_license(const PolicyFacts& facts, const Settings& settings, PolicyResult& result) {
  if (facts.content == nullptr || !facts.content->knows_packages)
    return unknown(result, "the packages of the image are not known");
  const Texts licenses = settings.texts("licenses", {"AGPL", "GPL", "LGPL", "MPL"});
  const Texts ignored = settings.texts("ignored_packages", {});
  const auto is_ignored = [&](const Package& package) {
    return std::any_of(ignored.begin(), ignored.end(), [&](const std::string& purl) {
      return package.purl == purl || without_version(package.purl) == purl;
    });
  };
  const auto offends = [&](const std::string& expression) {
    return std::any_of(licenses.begin(), licenses.end(),
                       [&](const std::string& one) { return names_license(expression, one); });
  };
  for (const Package& package : facts.content->packages) {
    const auto found = std::find_if(package.licenses.begin(), package.licenses.end(), offends);
    if (found == package.licenses.end() || is_ignored(package)) continue;
    result.deviations.push_back({{"purl", package.purl}, {"license", *found}});
  }
  fail_or_pass(result);
}

void supply_chain_attestations(const PolicyFacts& facts, const Settings& settings,
                               PolicyResult& result) {
  if (!facts.predicate_types) return unknown(result, "the registry did not tell what is attached");
  const Texts required = settings.texts("required_attestations", {});
  const auto lacks = [&](auto fits) {
    return std::none_of(facts.predicate_types->begin(), facts.predicate_types->end(), fits);
  };
  const auto require = [&](std::string_view name, auto fits) {
    if (lacks(fits)) result.deviations.push_back({{"missing", name}});
  };
  if (required.empty()) {
    require("SBOM", [](const std::string& type) { return is_sbom(std::string_view(type)); });
    require("provenance", [](const std::string& type) { return is_provenance(type); });
  }
  for (const std::string& one : required) {
    require(one, [&](const std::string& type) { return type.substr(0, one.size()) == one; });
  }
  fail_or_pass(result);
  if (facts.knows_all_attached || result.deviations.empty()) return;
  result.deviations.clear();
  unknown(result, "the registry did not tell all that is attached");
}

void default_non_root_user(const PolicyFacts& facts, const Settings&, PolicyResult& result) {
  if (!facts.user) return unknown(result, "the config of the image could not be read");
  const std::string user = facts.user->substr(0, facts.user->find(':'));
  if (user.empty() || user == "root" || user == "0")
    result.deviations.push_back({{"user", user.empty() ? "root" : user}});
  fail_or_pass(result);
}

// A glob with "*" for any text, also an empty one.
bool fits_glob(std::string_view text, std::string_view glob) {
  const std::size_t star = glob.find('*');
  if (star == std::string_view::npos) return text == glob;
  if (text.substr(0, star) != glob.substr(0, star) || text.size() < star) return false;
  text.remove_prefix(star);
  glob.remove_prefix(star + 1);
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (fits_glob(text.substr(at), glob)) return true;
  }
  return false;
}

constexpr std::string_view kNoBase = "no provenance names the base images";

void approved_base_images(const PolicyFacts& facts, const Settings& settings,
                          PolicyResult& result) {
  if (!facts.base_images) return unknown(result, kNoBase);
  const Texts allowed = settings.texts("allowed_base_images", {"*"});
  for (const BaseImage& base : *facts.base_images) {
    const bool is_allowed =
        std::any_of(allowed.begin(), allowed.end(),
                    [&](const std::string& glob) { return fits_glob(base.name, glob); });
    if (!is_allowed) result.deviations.push_back({{"base_image", base.name}});
  }
  fail_or_pass(result);
}

void no_stale_base_images(const PolicyFacts& facts, const Settings&, PolicyResult& result) {
  if (!facts.base_images) return unknown(result, kNoBase);
  bool is_known = true;
  for (const BaseImage& base : *facts.base_images) {
    if (base.digest.empty() || base.current_digest.empty()) {
      is_known = false;
    } else if (base.digest != base.current_digest) {
      result.deviations.push_back({{"base_image", base.name},
                                   {"digest", base.digest},
                                   {"current_digest", base.current_digest}});
    }
  }
  fail_or_pass(result);
  if (!is_known && result.deviations.empty())
    unknown(result, "what the tag of a base image names now is not known");
}

enum class Kind { texts, flag, number };
struct SettingRow {
  std::string_view name;
  Kind kind;
};
struct PolicyRow {
  std::string_view id, name, type;
  void (*evaluate)(const PolicyFacts& facts, const Settings& settings, PolicyResult& result);
  std::array<SettingRow, 4> settings{};
};
constexpr std::array<PolicyRow, 7> kPolicies = {{
    {"fixable-vulnerabilities",
     "No fixable critical or high vulnerabilities",
     "vulnerability",
     fixable_vulnerabilities,
     {{{"severities", Kind::texts},
       {"fixable_only", Kind::flag},
       {"package_types", Kind::texts},
       {"grace_period_days", Kind::number}}}},
    {"high-profile-vulnerabilities",
     "No high-profile vulnerabilities",
     "vulnerability",
     high_profile_vulnerabilities,
     {{{"cves", Kind::texts}, {"ignored_cves", Kind::texts}, {"include_cisa_kev", Kind::flag}}}},
    {"copyleft-license",
     "No packages under copyleft licences",
     "license",
     copyleft_license,
     {{{"licenses", Kind::texts}, {"ignored_packages", Kind::texts}}}},
    {"supply-chain-attestations",
     "SBOM and provenance are attached",
     "generic",
     supply_chain_attestations,
     {{{"required_attestations", Kind::texts}}}},
    {"default-non-root-user", "The default user is not root", "boolean", default_non_root_user, {}},
    {"approved-base-images",
     "Base images are approved",
     "generic",
     approved_base_images,
     {{{"allowed_base_images", Kind::texts}}}},
    {"no-stale-base-images", "Base images are current", "generic", no_stale_base_images, {}},
}};

bool is_of(const sdk::Value& value, Kind kind) {
  constexpr int kMost = 1'000'000;
  if (kind == Kind::flag) return value.IsBool();
  if (kind == Kind::number) return value.IsInt() && value.GetInt() >= 0 && value.GetInt() <= kMost;
  return value.IsArray() && std::all_of(value.Begin(), value.End(),
                                        [](const sdk::Value& one) { return one.IsString(); });
}

const PolicyRow* find_policy(std::string_view id) {
  const auto* const row = std::find_if(kPolicies.begin(), kPolicies.end(),
                                       [&](const PolicyRow& one) { return one.id == id; });
  return row == kPolicies.end() ? nullptr : row;
}

std::optional<std::string> problem_with_setting(const PolicyRow& policy, std::string_view name,
                                                const sdk::Value& value) {
  const std::string where = std::string(policy.id) + "." + std::string(name);
  if (name == "weight") {
    if (is_of(value, Kind::number)) return std::nullopt;
    return where + " is no number from 0 on";
  }
  for (const SettingRow& row : policy.settings) {
    if (row.name != name || name.empty()) continue;
    if (!is_of(value, row.kind)) return where + " is of another type";
    if (name != "severities") return std::nullopt;
    const bool all_known = std::all_of(value.Begin(), value.End(), [](const sdk::Value& one) {
      return severity_of(sdk::view(one)).has_value();
    });
    return all_known ? std::nullopt : std::optional(where + " names an unknown severity");
  }
  return where + " is no setting";
}

}  // namespace

std::optional<std::string> problem_with(const sdk::Value& settings) {
  for (const auto& member : settings.GetObject()) {
    const std::string_view id = sdk::view(member.name);
    const PolicyRow* policy = find_policy(id);
    if (policy == nullptr) {
      std::string known;
      for (const PolicyRow& row : kPolicies) known.append(known.empty() ? "" : ", ").append(row.id);
      return "there is no policy '" + std::string(id) + "'; there are " + known;
    }
    if (!member.value.IsObject()) return std::string(id) + " is no object of settings";
    for (const auto& setting : member.value.GetObject()) {
      if (auto problem = problem_with_setting(*policy, sdk::view(setting.name), setting.value))
        return problem;
    }
  }
  return std::nullopt;
}

std::vector<PolicyResult> evaluate(const PolicyFacts& facts, const sdk::Value& settings) {
  constexpr int kUsualWeight = 10;
  std::vector<PolicyResult> results;
  for (const PolicyRow& row : kPolicies) {
    const Settings own(hub::member(settings, row.id));
    PolicyResult result;
    result.id = row.id;
    result.name = row.name;
    result.type = row.type;
    result.weight = own.number("weight", kUsualWeight);
    if (result.weight == 0) continue;
    row.evaluate(facts, own, result);
    results.push_back(std::move(result));
  }
  return results;
}

std::vector<BaseImage> base_images_in(const sdk::Value& provenance) {
  const sdk::Value* materials = hub::array_member(provenance, "materials");
  const sdk::Value* definition = hub::member(provenance, "buildDefinition");
  if (materials == nullptr && definition != nullptr)
    materials = hub::array_member(*definition, "resolvedDependencies");
  std::vector<BaseImage> images;
  if (materials == nullptr) return images;
  for (const sdk::Value& material : materials->GetArray()) {
    const Purl purl = parse_purl(hub::text_member(material, "uri"));
    if (purl.type != "docker") continue;
    BaseImage base;
    base.name = (purl.name_space.empty() ? "" : purl.name_space + "/") + purl.name;
    if (!purl.version.empty()) base.name += ":" + purl.version;
    const sdk::Value* digest = hub::member(material, "digest");
    const std::string_view hex =
        digest == nullptr ? std::string_view() : hub::text_member(*digest, "sha256");
    if (!hex.empty()) base.digest = "sha256:" + std::string(hex);
    images.push_back(std::move(base));
  }
  return images;
}

}  // namespace dockerhub::scout
