#include "scout/sample_findings.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace dockerhub::sandbox {
namespace {

struct Vulnerability {
  std::string_view purl, name, severity, score, fixed_by;
  bool exploited = false, excepted = false;
  std::string_view epss = "0.01";
};
constexpr std::array<Vulnerability, 6> kVulnerabilities = {{
    {"pkg:apk/alpine/busybox@1.36.1-r2", "CVE-0000-0001", "HIGH", "7.8", "1.36.1-r3"},
    {"pkg:apk/alpine/busybox@1.36.1-r2", "CVE-0000-0002", "MEDIUM", "5.5", ""},
    {"pkg:apk/alpine/zlib@1.2.13-r0", "CVE-0000-0003", "CRITICAL", "9.8", "1.3.1-r0", true, false,
     "0.93"},
    {"pkg:apk/alpine/musl@1.2.4-r2", "CVE-0000-0004", "LOW", "3.1", "", false, true},
    {"pkg:npm/express@4.17.1", "CVE-0000-0005", "HIGH", "7.5", "4.18.0"},
    {"pkg:apk/alpine/zlib@1.3.1-r0", "CVE-0000-0006", "UNSPECIFIED", "", ""},
}};

struct License {
  std::string_view package, license;
};
constexpr std::array<License, 3> kLicenses = {
    {{"busybox", "GPL-2.0-only"}, {"musl", "MIT"}, {"zlib", "Zlib"}}};

JsonText text_or_null(std::string_view text) {
  return text.empty() ? JsonText(nullptr) : JsonText(text);
}

JsonText json_of(const Vulnerability& one) {
  const std::string score(one.score.empty() ? "null" : one.score);
  return JsonText::object(
      {{"sourceId", one.name},
       {"source", "sandbox"},
       {"description", "A vulnerability of sample data."},
       {"url", "https://example.invalid/" + std::string(one.name)},
       {"fixedBy", text_or_null(one.fixed_by)},
       {"vulnerableRange", one.fixed_by.empty() ? ">=0" : "<" + std::string(one.fixed_by)},
       {"publishedAt", "2024-01-01T00:00:00Z"},
       {"updatedAt", "2024-01-02T00:00:00Z"},
       {"cisaExploited", one.exploited},
       {"isExcepted", one.excepted},
       {"cvss", JsonText::object({{"severity", one.severity},
                                  {"score", JsonText::raw(score)},
                                  {"version", "CVSS_VERSION_3"},
                                  {"vector", nullptr}})},
       {"cwes",
        JsonText::array({JsonText::object({{"cweId", "CWE-0"}, {"description", "sample"}})})},
       {"epss", JsonText::object({{"score", JsonText::raw(std::string(one.epss))},
                                  {"percentile", JsonText::raw("0.5")},
                                  {"priority", "STANDARD"}})}});
}

struct Parts {
  std::string_view type, name, version;
};

// "pkg:apk/alpine/zlib@1.3.1-r0"
Parts parts_of(std::string_view purl) {
  const std::size_t at = purl.rfind('@');
  const std::string_view path = purl.substr(4, at == std::string_view::npos ? at : at - 4);
  const std::size_t slash = path.rfind('/');
  return {path.substr(0, path.find('/')), path.substr(slash + 1),
          at == std::string_view::npos ? std::string_view() : purl.substr(at + 1)};
}

std::vector<std::string> licenses_of(std::string_view package) {
  for (const License& known : kLicenses) {
    if (known.package == package) return {std::string(known.license)};
  }
  return {};
}

}  // namespace

std::vector<std::string> sample_purls(bool is_old) {
  return {"pkg:apk/alpine/busybox@1.36.1-r2", "pkg:apk/alpine/musl@1.2.4-r2",
          is_old ? "pkg:apk/alpine/zlib@1.2.13-r0" : "pkg:apk/alpine/zlib@1.3.1-r0"};
}

JsonText vulnerabilities_of(std::string_view purl, bool include_excepted) {
  std::vector<JsonText> found;
  for (const Vulnerability& one : kVulnerabilities) {
    if (one.purl == purl && (include_excepted || !one.excepted)) found.push_back(json_of(one));
  }
  return JsonText::array(found);
}

JsonText package_with_vulnerabilities(const std::string& purl, bool include_excepted) {
  const Parts parts = parts_of(purl);
  return JsonText::object({{"purl", purl},
                           {"name", parts.name},
                           {"version", parts.version},
                           {"type", parts.type},
                           {"namespace", "alpine"},
                           {"author", nullptr},
                           {"licenses", JsonText::strings(licenses_of(parts.name))},
                           {"vulnerabilities", vulnerabilities_of(purl, include_excepted)}});
}

JsonText vulnerability_report(const std::vector<std::string>& purls) {
  std::map<std::string_view, int> counts;
  int total = 0;
  for (const Vulnerability& one : kVulnerabilities) {
    const bool is_held = std::find(purls.begin(), purls.end(), one.purl) != purls.end();
    if (!is_held || one.excepted) continue;
    ++counts[one.severity];
    ++total;
  }
  return JsonText::object({{"critical", counts["CRITICAL"]},
                           {"high", counts["HIGH"]},
                           {"medium", counts["MEDIUM"]},
                           {"low", counts["LOW"]},
                           {"unspecified", counts["UNSPECIFIED"]},
                           {"total", total}});
}

}  // namespace dockerhub::sandbox
