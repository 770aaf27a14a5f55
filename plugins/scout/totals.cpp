#include "totals.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <numeric>
#include <string_view>

namespace dockerhub::scout {
namespace {

template <typename Number>
sdk::Json counted(const std::array<Number, kSeverities>& numbers) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (std::size_t i = 0; i < kSeverities; ++i) {
      sdk::put_key(json, kSeverityNames[i]);
      json.Int64(static_cast<std::int64_t>(numbers[i]));
    }
    sdk::put_key(json, "total");
    json.Int64(
        static_cast<std::int64_t>(std::accumulate(numbers.begin(), numbers.end(), Number())));
    json.EndObject();
  });
}

}  // namespace

std::size_t Totals::all() const {
  return std::accumulate(by_severity.begin(), by_severity.end(), std::size_t{0});
}

sdk::Json Totals::json() const {
  return counted(by_severity);
}

Totals count(const std::vector<Finding>& findings) {
  std::map<std::string_view, Severity> worst;
  for (const Finding& finding : findings) {
    const auto [known, is_new] = worst.emplace(finding.cve, finding.severity);
    if (!is_new) known->second = std::min(known->second, finding.severity);
  }
  Totals totals;
  for (const auto& [cve, severity] : worst)
    ++totals.by_severity[static_cast<std::size_t>(severity)];
  return totals;
}

sdk::Json difference(const Totals& base, const Totals& target) {
  std::array<std::int64_t, kSeverities> change{};
  for (std::size_t i = 0; i < kSeverities; ++i) {
    change[i] = static_cast<std::int64_t>(target.by_severity[i]) -
                static_cast<std::int64_t>(base.by_severity[i]);
  }
  return counted(change);
}

}  // namespace dockerhub::scout
