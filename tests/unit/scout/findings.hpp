// Findings that several tests are about.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "finding.hpp"

namespace dockerhub::scout::test {

inline Finding finding(const std::string& cve, Severity severity, const std::string& purl,
                       const std::string& fixed_by = {}) {
  Finding one;
  one.cve = cve;
  one.severity = severity;
  one.purl = purl;
  one.package = purl.substr(purl.rfind('/') + 1);
  one.type = "apk";
  one.fixed_by = fixed_by;
  return one;
}

inline sdk::Document json(std::string_view text) {
  auto document = sdk::parse_json(text);
  if (!document) throw std::runtime_error("no JSON: " + std::string(text));
  return std::move(*document);
}

inline sdk::Document parsed(const sdk::Json& value) {
  return json(std::string_view(value.text()));
}

}  // namespace dockerhub::scout::test
