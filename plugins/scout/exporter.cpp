#include "exporter.hpp"

#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <utility>

#include "json_parts.hpp"

namespace dockerhub::scout {
namespace {

// Walks over one line: name{label="value",...} value
class Line {
 public:
  explicit Line(std::string_view text) : rest_(text) {}

  std::optional<Sample> sample() {
    Sample sample;
    sample.name = word("{ ");
    if (sample.name.empty() || sample.name.front() == '#') return std::nullopt;
    if (take('{') && !labels(sample)) return std::nullopt;
    while (take(' ')) {
    }
    const auto read = std::from_chars(rest_.data(), rest_.data() + rest_.size(), sample.value);
    constexpr double kMost = 1e15;  // beyond that no double counts one by one
    const bool is_number = read.ec == std::errc() && std::abs(sample.value) <= kMost;
    if (!is_number) return std::nullopt;
    return sample;
  }

 private:
  std::string_view word(std::string_view ends) {
    const std::string_view found = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(found.size());
    return found;
  }
  bool take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  bool labels(Sample& sample) {
    while (!take('}')) {
      const std::string name(word("=}"));
      if (!take('=') || !take('"')) return false;
      sample.labels[name] = quoted();
      if (rest_.empty()) return false;
      take(',');
    }
    return true;
  }
  // Up to the closing quote, which is taken; backslashes escape.
  std::string quoted() {
    std::string text;
    while (!rest_.empty() && !take('"')) {
      if (take('\\') && rest_.empty()) break;
      text += rest_.front();
      rest_.remove_prefix(1);
    }
    return text;
  }

  std::string_view rest_;
};

std::string label(const Sample& sample, std::string_view name) {
  const auto found = sample.labels.find(name);
  return found == sample.labels.end() ? std::string() : found->second;
}

sdk::Json whole(const std::optional<double>& number) {
  return number ? sdk::Json(static_cast<std::int64_t>(*number)) : sdk::Json(nullptr);
}

struct PolicyNumbers {
  std::string name;
  std::optional<double> compliant, evaluated;
};

}  // namespace

std::vector<Sample> read_samples(std::string_view text) {
  std::vector<Sample> samples;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (auto sample = Line(line).sample()) samples.push_back(*std::move(sample));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return samples;
}

std::vector<sdk::Json> policy_rows(const std::vector<Sample>& samples) {
  std::map<std::pair<std::string, std::string>, PolicyNumbers> policies;
  for (const Sample& sample : samples) {
    const bool is_compliant = sample.name == "scout_policy_compliant_images";
    if (!is_compliant && sample.name != "scout_policy_evaluated_images") continue;
    PolicyNumbers& policy = policies[{label(sample, "id"), label(sample, "streamName")}];
    policy.name = label(sample, "displayName");
    (is_compliant ? policy.compliant : policy.evaluated) = sample.value;
  }
  std::vector<sdk::Json> rows;
  for (const auto& [key, policy] : policies) {
    rows.push_back({{"id", key.first},
                    {"name", text_or_null(policy.name)},
                    {"stream", key.second},
                    {"compliant", whole(policy.compliant)},
                    {"total", whole(policy.evaluated)}});
  }
  return rows;
}

sdk::Json stream_vulnerabilities(const std::vector<Sample>& samples) {
  std::map<std::string, std::map<std::string, std::int64_t>> streams;
  for (const Sample& sample : samples) {
    if (sample.name != "scout_stream_vulnerabilities") continue;
    streams[label(sample, "streamName")][label(sample, "severity")] =
        static_cast<std::int64_t>(sample.value);
  }
  return sdk::Json::write([&](sdk::JsonWriter& json) {
    json.StartObject();
    for (const auto& [stream, severities] : streams) {
      sdk::put(json, stream);
      json.StartObject();
      for (const auto& [severity, number] : severities) {
        sdk::put(json, severity);
        json.Int64(number);
      }
      json.EndObject();
    }
    json.EndObject();
  });
}

}  // namespace dockerhub::scout
