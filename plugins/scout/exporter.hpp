// Docker Scout's metrics of an organization, in the text format of Prometheus (Docker Scout, "Metrics
// exporter"). Reading is pure, any thread.
#pragma once

#include <dockerhub/sdk/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::scout {

struct Sample {
  std::string name;
  std::map<std::string, std::string, std::less<>> labels;
  double value = 0;
};

// Lines that are no samples are passed over.
std::vector<Sample> read_samples(std::string_view text);

// A row for each policy and stream: {"id", "name", "stream", "compliant", "evaluated"}.
std::vector<sdk::Json> policy_rows(const std::vector<Sample>& samples);
// {stream: {severity: number}}
sdk::Json stream_vulnerabilities(const std::vector<Sample>& samples);

}  // namespace dockerhub::scout
