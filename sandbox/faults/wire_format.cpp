#include "faults/wire_format.hpp"

namespace dockerhub::sandbox {

std::string head_of(const Answer& answer) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " Sandbox\r\n";
  for (const Header& header : answer.headers) head += header.name + ": " + header.value + "\r\n";
  return head;
}

std::string length_line(std::size_t length) {
  return "Content-Length: " + std::to_string(length) + "\r\n";
}

std::string with_length(const Answer& answer, std::size_t length) {
  return head_of(answer) + length_line(length) + std::string(kEndOfHead);
}

std::size_t or_else(std::optional<std::int64_t> value, std::size_t fallback) {
  return value ? static_cast<std::size_t>(*value) : fallback;
}

}  // namespace dockerhub::sandbox
