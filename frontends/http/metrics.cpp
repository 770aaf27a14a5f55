#include "metrics.hpp"

#include <algorithm>

namespace dockerhub::web {
namespace {

constexpr int kClassSize = 100;

void put_head(std::string& text, std::string_view name, std::string_view type,
              std::string_view help) {
  text.append("# HELP ").append(name).append(" ").append(help).append("\n");
  text.append("# TYPE ").append(name).append(" ").append(type).append("\n");
}

}  // namespace

void put_metric(std::string& text, std::string_view name, std::string_view type,
                std::string_view help, std::int64_t value) {
  put_head(text, name, type, help);
  text.append(name).append(" ").append(std::to_string(value)).append("\n");
}

void Metrics::count_answer(int status) {
  const auto index = static_cast<std::size_t>(std::max(status / kClassSize, 1) - 1);
  ++answers_.at(std::min(index, kClasses - 1));
}

std::string Metrics::text() const {
  std::string text;
  const auto count = [](const std::atomic<std::uint64_t>& value) {
    return static_cast<std::int64_t>(value.load());
  };
  put_metric(text, "dockerhub_http_connections", "gauge", "Open connections.", connections);
  put_metric(text, "dockerhub_http_streams", "gauge", "Open event streams.", streams);
  put_metric(text, "dockerhub_http_answering", "gauge", "Requests that are being answered.",
             answering);
  put_metric(text, "dockerhub_http_connections_total", "counter", "Connections that were made.",
             count(accepted));
  put_metric(text, "dockerhub_http_refused_total", "counter", "Connections beyond the limit.",
             count(refused));
  put_metric(text, "dockerhub_http_timed_out_total", "counter", "Connections that were too slow.",
             count(timed_out));
  put_metric(text, "dockerhub_http_overflowed_total", "counter",
             "Connections whose client did not read.", count(overflowed));
  put_metric(text, "dockerhub_http_handshakes_failed_total", "counter",
             "Connections whose client did not speak TLS as the server does.",
             count(handshakes_failed));
  put_metric(text, "dockerhub_http_limited_total", "counter",
             "Requests and event streams beyond what one client may have.", count(limited));
  put_head(text, "dockerhub_http_answers_total", "counter", "Answers by class of their status.");
  for (std::size_t index = 0; index < kClasses; ++index) {
    text.append("dockerhub_http_answers_total{class=\"")
        .append(std::to_string(index + 1))
        .append("xx\"} ")
        .append(std::to_string(answers_.at(index).load()))
        .append("\n");
  }
  return text;
}

}  // namespace dockerhub::web
