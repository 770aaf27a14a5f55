#include "row.hpp"

#include "hub/members.hpp"
#include "json_parts.hpp"

namespace dockerhub::scout {
sdk::Json row_of(const Finding& finding) {
  return {{"cve", finding.cve},
          {"severity", severity_name(finding.severity)},
          {"score", finding.score},
          {"package", finding.package},
          {"version", finding.version},
          {"fixed_by", text_or_null(finding.fixed_by)},
          {"type", text_or_null(finding.type)},
          {"purl", finding.purl},
          {"cisa_exploited", finding.cisa_exploited},
          {"excepted", finding.excepted},
          {"epss_score", finding.epss_score},
          {"epss_percentile", finding.epss_percentile},
          {"vector", text_or_null(finding.vector)},
          {"cwes", sdk::Json::array(finding.cwes)},
          {"vulnerable_range", text_or_null(finding.vulnerable_range)},
          {"published_at", text_or_null(finding.published_at)},
          {"source", text_or_null(finding.source)},
          {"url", text_or_null(finding.url)}};
}

std::optional<Finding> finding_in(const sdk::Value& row) {
  Finding finding;
  finding.cve = hub::text_member(row, "cve");
  finding.purl = hub::text_member(row, "purl");
  const auto severity = severity_of(hub::text_member(row, "severity"));
  if (finding.cve.empty() || !severity) return std::nullopt;
  finding.severity = *severity;
  finding.package = hub::text_member(row, "package");
  finding.version = hub::text_member(row, "version");
  finding.fixed_by = hub::text_member(row, "fixed_by");
  finding.type = hub::text_member(row, "type");
  finding.url = hub::text_member(row, "url");
  finding.score = number_member(row, "score");
  finding.epss_score = number_member(row, "epss_score");
  finding.cisa_exploited = flag_member(row, "cisa_exploited");
  finding.excepted = flag_member(row, "excepted");
  return finding;
}

}  // namespace dockerhub::scout
