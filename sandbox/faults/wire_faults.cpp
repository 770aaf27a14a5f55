#include "faults/wire_faults.hpp"

#include <algorithm>
#include <string>

#include "faults/wire_format.hpp"

namespace dockerhub::sandbox {
namespace {

std::string chunk(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string size;
  for (std::size_t rest = bytes.size(); rest > 0; rest /= 16) size.insert(0, 1, digits[rest % 16]);
  return size + "\r\n" + std::string(bytes) + "\r\n";
}

// Head and first chunk of a chunked answer, with at least one byte in it.
std::string begun_chunks(const Answer& answer) {
  const std::string_view body = answer.body.view();
  const std::string_view first = body.empty() ? "x" : body.substr(0, (body.size() + 1) / 2);
  return head_of(answer) + "Transfer-Encoding: chunked\r\n" + std::string(kEndOfHead) +
         chunk(first);
}

std::chrono::milliseconds interval(const FaultParameters& parameters, std::int64_t fallback) {
  return std::chrono::milliseconds(parameters.interval_ms.value_or(fallback));
}

}  // namespace

void write_reset(Connection& connection, const Answer&, const FaultParameters&) {
  connection.reset();
}

void write_nothing(Connection&, const Answer&, const FaultParameters&) {}

void write_never(Connection& connection, const Answer&, const FaultParameters&) {
  connection.wait_for_end();
}

void write_truncated(Connection& connection, const Answer& answer,
                     const FaultParameters& parameters) {
  const std::string_view body = answer.body.view();
  const std::size_t cut = std::min(or_else(parameters.bytes, body.size() / 2), body.size());
  // An answer without a body promises one byte, so that it is cut too.
  const std::size_t promised = std::max<std::size_t>(body.size(), 1);
  connection.send(with_length(answer, promised) + std::string(body.substr(0, cut)));
}

void write_long_length(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters) {
  const std::string_view body = answer.body.view();
  const std::size_t promised = body.size() + or_else(parameters.bytes, 100);
  if (connection.send(with_length(answer, promised) + std::string(body))) connection.wait_for_end();
}

void write_short_length(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters) {
  const std::string_view body = answer.body.view();
  const std::size_t missing = std::min(or_else(parameters.bytes, 1), body.size());
  connection.send(with_length(answer, body.size() - missing) + std::string(body));
}

void write_reset_midway(Connection& connection, const Answer& answer,
                        const FaultParameters& parameters) {
  write_truncated(connection, answer, parameters);
  connection.reset();
}

void write_two_lengths(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters) {
  const std::string_view body = answer.body.view();
  connection.send(head_of(answer) + length_line(body.size()) +
                  length_line(body.size() + or_else(parameters.bytes, 1)) +
                  std::string(kEndOfHead) + std::string(body));
}

void write_unended_chunks(Connection& connection, const Answer& answer, const FaultParameters&) {
  connection.send(begun_chunks(answer));
}

void write_bad_chunk_size(Connection& connection, const Answer& answer, const FaultParameters&) {
  connection.send(begun_chunks(answer) + "ZZ\r\nand more\r\n0\r\n\r\n");
}

void write_chunked_garbage(Connection& connection, const Answer& answer, const FaultParameters&) {
  std::string garbage;
  for (int i = 0; i < 4096; ++i) garbage += static_cast<char>(i * 167 + 13);
  connection.send(head_of(answer) + "Transfer-Encoding: chunked\r\n" + std::string(kEndOfHead) +
                  garbage);
}

void write_end_without_notice(Connection& connection, const Answer& answer,
                              const FaultParameters&) {
  connection.send(head_of(answer) + "Connection: close\r\n" + std::string(kEndOfHead) +
                  std::string(answer.body.view()));
  connection.end_without_notice();
}

void write_endless_informational(Connection& connection, const Answer&,
                                 const FaultParameters& parameters) {
  while (connection.send("HTTP/1.1 103 Early Hints\r\n\r\n")) {
    if (!connection.wait(interval(parameters, 10))) return;
  }
}

void write_dripping(Connection& connection, const Answer& answer,
                    const FaultParameters& parameters) {
  const std::string whole =
      with_length(answer, answer.body.size()) + std::string(answer.body.view());
  const std::size_t step = std::max<std::size_t>(or_else(parameters.bytes, 1), 1);
  for (std::size_t place = 0; place < whole.size(); place += step) {
    if (!connection.send(std::string_view(whole).substr(place, step))) return;
    if (!connection.wait(interval(parameters, 100))) return;
  }
}

void write_garbage_status_line(Connection& connection, const Answer&,
                               const FaultParameters& parameters) {
  connection.send(parameters.body.value_or("garbage") + "\r\n\r\n");
}

void write_huge_header(Connection& connection, const Answer& answer,
                       const FaultParameters& parameters) {
  const std::string value(or_else(parameters.bytes, 10'000'000), 'x');
  if (!connection.send(head_of(answer) + "X-Huge: ")) return;
  if (!connection.send(value)) return;
  connection.send("\r\n" + length_line(answer.body.size()) + std::string(kEndOfHead) +
                  std::string(answer.body.view()));
}

}  // namespace dockerhub::sandbox
