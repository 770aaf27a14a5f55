// What is known of an image's content: its packages, and each vulnerability in each of them. Plain
// values; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "severity.hpp"

namespace dockerhub::scout {

struct Package {
  std::string purl, name, version, type;
  std::vector<std::string> licenses;
};

// One vulnerability in one package.
struct Finding {
  std::string cve, source, url;
  std::string package, version, type, purl;
  std::string fixed_by;  // empty: there is no fix
  std::string vulnerable_range, vector, published_at;
  std::vector<std::string> cwes;
  Severity severity = Severity::unspecified;
  std::optional<double> score;                        // CVSS, 0..10
  std::optional<double> epss_score, epss_percentile;  // 0..1
  bool cisa_exploited = false;                        // in CISA's catalogue of exploited ones
  bool excepted = false;                              // somebody declared that it does not count
};

struct Inventory {
  std::string digest;  // of the platform's image
  std::string
      sbom_state;      // as Docker Scout says; empty: it was not asked, or does not know the image
  std::string source;  // where it comes from: "graphql", "derived"; "baseline": one of "graphql"
  std::string observed_at;  // when Docker Scout said it: RFC 3339; empty: not told
  std::vector<Package> packages;
  std::vector<Finding> findings;  // the worst first
  bool knows_packages = true;
  bool is_conclusive = false;  // what is not listed is not there
};

}  // namespace dockerhub::scout
