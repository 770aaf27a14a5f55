#include "exchange/byte_range.hpp"

#include <algorithm>
#include <cstdint>

#include "encoding/query.hpp"

namespace dockerhub::sandbox {
namespace {

struct ByteRange {
  std::size_t first = 0;
  std::size_t last = 0;
  bool satisfiable = false;
};

// nullopt: not a range of bytes that is understood, so the header is passed over.
std::optional<ByteRange> read_range(std::string_view header, std::size_t size) {
  constexpr std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = to_number(header.substr(0, dash));
  const auto last = to_number(header.substr(dash + 1));
  const bool open_end = dash + 1 == header.size();
  const auto total = static_cast<std::int64_t>(size);

  if (dash == 0) {  // the last so many bytes
    if (!last || *last < 0) return std::nullopt;
    const std::int64_t begin = std::max<std::int64_t>(total - *last, 0);
    return ByteRange{static_cast<std::size_t>(begin), size - 1, *last > 0 && total > 0};
  }
  if (!first || (!last && !open_end) || (last && *last < *first)) return std::nullopt;
  const std::int64_t end = std::min(last.value_or(total - 1), total - 1);
  if (*first >= total) return ByteRange{};
  return ByteRange{static_cast<std::size_t>(*first), static_cast<std::size_t>(end), true};
}

}  // namespace

Answer answer_with_bytes(const Request& request, const Body& bytes) {
  Answer answer{200, {{"Accept-Ranges", "bytes"}}, bytes};
  const std::optional<ByteRange> range =
      read_range(request.header("Range").value_or(""), bytes.size());
  if (!range) return answer;
  const std::string total = std::to_string(bytes.size());
  if (!range->satisfiable)
    return text_answer(416, "no such range\n").set("Content-Range", "bytes */" + total);
  answer.status = 206;
  answer.body = bytes.part(range->first, range->last - range->first + 1);
  return answer.set("Content-Range", "bytes " + std::to_string(range->first) + '-' +
                                         std::to_string(range->last) + '/' + total);
}

}  // namespace dockerhub::sandbox
