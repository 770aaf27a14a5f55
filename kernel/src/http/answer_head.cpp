#include "http/answer_head.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "base/utf8.hpp"
#include "http/field_text.hpp"
#include "http/http_error.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

constexpr std::string_view kHeadEnd = "\r\n\r\n";
constexpr std::string_view kProtocol = "HTTP/1.";
constexpr int kNoContent = 204;
constexpr int kNotModified = 304;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

std::string shown(std::string_view text) {
  constexpr std::size_t kMost = 60;
  return "'" + visible(whole_characters(text, kMost)) + (text.size() > kMost ? "..." : "") + "'";
}

// "HTTP/1.1 200 OK"; some servers leave out the reason and the blank before it.
bool read_status_line(std::string_view line, AnswerHead& head) {
  constexpr std::size_t kVersionAt = kProtocol.size();
  constexpr std::size_t kStatusAt = kVersionAt + 2;
  constexpr std::size_t kStatusEnd = kStatusAt + 3;
  if (line.size() < kStatusEnd || line.substr(0, kVersionAt) != kProtocol) return false;
  const std::string_view status = line.substr(kStatusAt, 3);
  if (!is_digit(line[kVersionAt]) || line[kVersionAt + 1] != ' ' ||
      !std::all_of(status.begin(), status.end(), is_digit))
    return false;
  if (line.size() > kStatusEnd && line[kStatusEnd] != ' ') return false;
  head.minor_version = line[kVersionAt] - '0';
  std::from_chars(status.data(), status.data() + status.size(), head.status_code);
  return head.status_code >= 100 && head.status_code <= 599 && is_field_text(line);
}

Result<void> read_field(std::string_view line, Headers& headers) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
    return malformed("a header line that is none: " + shown(line));
  const std::string_view value = trimmed(line.substr(colon + 1));
  if (!is_field_text(value))
    return malformed("a control character in the header field " + shown(line.substr(0, colon)));
  headers.add(line.substr(0, colon), value);
  return {};
}

Result<void> read_fields(std::string_view lines, Headers& headers) {
  while (!lines.empty()) {
    const std::size_t end = lines.find(kLineEnd);
    if (headers.fields().size() == kMostFields)
      return malformed("more than " + std::to_string(kMostFields) + " header fields");
    if (auto read = read_field(lines.substr(0, end), headers); !read) return read;
    lines.remove_prefix(end + kLineEnd.size());
  }
  return {};
}

// Members of a field that is a list, over all its lines.
std::vector<std::string_view> members(const Headers& headers, std::string_view name) {
  std::vector<std::string_view> found;
  for (std::string_view line : headers.all(name)) {
    for (bool more = true; more;) {
      const std::size_t comma = line.find(',');
      found.push_back(trimmed(line.substr(0, comma)));
      more = comma != std::string_view::npos;
      if (more) line.remove_prefix(comma + 1);
    }
  }
  return found;
}

bool has_member(const Headers& headers, std::string_view name, std::string_view wanted) {
  const auto all = members(headers, name);
  return std::any_of(all.begin(), all.end(),
                     [&](std::string_view member) { return same_name(member, wanted); });
}

// nullopt: not told.
Result<std::optional<std::uint64_t>> read_length(const Headers& headers) {
  std::optional<std::uint64_t> length;
  for (const std::string_view text : members(headers, "Content-Length")) {
    std::int64_t value = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
    if (!digits || problem != std::errc() || stop != text.data() + text.size())
      return malformed("a Content-Length that is no number: " + shown(text));
    if (length && *length != static_cast<std::uint64_t>(value))
      return malformed("two different Content-Length");
    length = static_cast<std::uint64_t>(value);
  }
  return length;
}

Result<bool> is_chunked(const AnswerHead& head) {
  const auto codings = members(head.headers, "Transfer-Encoding");
  if (codings.empty()) return false;
  if (codings.size() != 1 || !same_name(codings.front(), "chunked"))
    return malformed("a transfer coding other than chunked: " + shown(codings.front()));
  if (head.minor_version == 0) return malformed("a transfer coding in an HTTP/1.0 answer");
  return true;
}

}  // namespace

Result<std::size_t> read_head(std::string_view bytes, AnswerHead& head) {
  // What cannot become a head any more is told at once, not when its end comes.
  if (bytes.substr(0, kProtocol.size()) != kProtocol.substr(0, bytes.size()))
    return malformed("it begins with " + shown(bytes.substr(0, bytes.find('\n'))) +
                     ", not with an HTTP/1 status line");
  const std::size_t end = bytes.substr(0, kLargestHead).find(kHeadEnd);
  if (end == std::string_view::npos) {
    if (bytes.size() < kLargestHead) return 0;
    return malformed("its header is larger than " + std::to_string(kLargestHead) + " bytes");
  }
  const std::string_view status_line = bytes.substr(0, bytes.find(kLineEnd));
  head = {};
  if (!read_status_line(status_line, head)) return malformed("status line " + shown(status_line));
  const std::size_t fields = status_line.size() + kLineEnd.size();
  if (end > fields) {
    const std::string_view lines = bytes.substr(fields, end + kLineEnd.size() - fields);
    if (auto read = read_fields(lines, head.headers); !read) return Failure(read.error());
  }
  return end + kHeadEnd.size();
}

Result<BodyFraming> body_framing(const AnswerHead& head, std::string_view method) {
  const auto length = read_length(head.headers);
  if (!length) return Failure(length.error());
  const auto chunked = is_chunked(head);
  if (!chunked) return Failure(chunked.error());
  if (*chunked && *length) return malformed("both Content-Length and Transfer-Encoding");
  BodyFraming framing;
  framing.keep_alive =
      !has_member(head.headers, "Connection", "close") &&
      (head.minor_version > 0 || has_member(head.headers, "Connection", "keep-alive"));
  if (*length) framing.content_length = static_cast<std::int64_t>(**length);
  const int status = head.status_code;
  if (method == "HEAD" || status < 200 || status == kNoContent || status == kNotModified)
    return framing;
  if (*chunked) {
    framing.kind = BodyFraming::Kind::chunked;
  } else if (*length) {
    framing.kind = **length > 0 ? BodyFraming::Kind::sized : BodyFraming::Kind::none;
    framing.size = **length;
  } else {
    framing.kind = BodyFraming::Kind::until_close;
    framing.keep_alive = false;
  }
  return framing;
}

}  // namespace dockerhub::http
