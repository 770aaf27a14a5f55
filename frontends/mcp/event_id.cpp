#include "event_id.hpp"

#include <charconv>

namespace dockerhub::mcp {
namespace {

// A "-" and a number at the beginning of the text, which is cut off.
std::optional<std::uint64_t> take_part(std::string_view& text) {
  if (text.empty() || text.front() != '-') return std::nullopt;
  text.remove_prefix(1);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

}  // namespace

std::string event_id(std::string_view mark, EventPlace place) {
  return std::string(mark) + "-" + std::to_string(place.stream) + "-" +
         std::to_string(place.number);
}

std::optional<EventPlace> read_event_id(std::string_view mark, std::string_view id) {
  std::string_view rest = id;
  if (rest.substr(0, mark.size()) != mark) return std::nullopt;
  rest.remove_prefix(mark.size());
  const auto stream = take_part(rest);
  const auto number = stream ? take_part(rest) : std::nullopt;
  if (!number) return std::nullopt;
  const EventPlace place{*stream, *number};
  // Numbers can be spelt in more than one way.
  if (event_id(mark, place) != id) return std::nullopt;
  return place;
}

}  // namespace dockerhub::mcp
