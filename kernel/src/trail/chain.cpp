#include "trail/chain.hpp"

#include <chrono>

#include "base/json.hpp"
#include "base/keyed_hash.hpp"
#include "base/time_text.hpp"

namespace dockerhub {
namespace {

constexpr std::string_view kHashMember = ",\"hash\":\"";
constexpr std::size_t kHashSize = 64;

// Tells keys apart; one of them cannot be found from it.
std::string key_name(std::string_view key) {
  constexpr std::size_t kShown = 16;
  return keyed_hash_hex(key, "name of the key").substr(0, kShown);
}

std::string link(std::string_view members, std::string_view key, std::string_view before) {
  return keyed_hash_hex(key, std::string(before).append(1, '\n').append(members));
}

std::string mac_of(const ChainEnd& end, std::string_view key) {
  return keyed_hash_hex(key, "head\n" + std::to_string(end.entries) + "\n" +
                                 std::to_string(end.bytes) + "\n" + end.hash);
}

std::optional<std::uint64_t> number_of(const json::Value& object, std::string_view name) {
  const json::Value* value = json::find(object, name);
  if (value == nullptr || !value->IsUint64()) return std::nullopt;
  return value->GetUint64();
}

// Members and hash of a line of the chain.
struct Parts {
  std::string_view members, hash;
};
std::optional<Parts> parts_of(std::string_view line) {
  const std::size_t tail = kHashMember.size() + kHashSize + 2;
  if (line.size() <= tail + 1 || line.front() != '{') return std::nullopt;
  const std::string_view end = line.substr(line.size() - tail);
  if (end.substr(0, kHashMember.size()) != kHashMember || end.substr(tail - 2) != "\"}")
    return std::nullopt;
  return Parts{line.substr(1, line.size() - tail - 1), end.substr(kHashMember.size(), kHashSize)};
}

}  // namespace

std::string chain_header(std::string_view key) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("version");
  writer.Int(kTrailVersion);
  writer.Key("begun");
  json::put(writer, rfc3339(std::chrono::system_clock::now()));
  writer.Key("key");
  json::put(writer, key_name(key));
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

bool is_header_of(std::string_view line, std::string_view key) {
  const auto header = json::parse(line);
  return header && json::text_of(*header, "key") == key_name(key);
}

ChainEnd begin_of_chain(std::string_view header_line, std::string_view key) {
  return {0, header_line.size() + 1, link(header_line, key, {})};
}

std::string chained_line(std::string_view members, std::string_view key, const ChainEnd& before) {
  std::string line = "{";
  line.append(members).append(kHashMember).append(link(members, key, before.hash));
  return line.append("\"}\n");
}

std::optional<ChainEnd> next_of_chain(std::string_view line, std::string_view key,
                                      const ChainEnd& before) {
  const auto parts = parts_of(line);
  if (!parts || !same_hash(parts->hash, link(parts->members, key, before.hash)))
    return std::nullopt;
  const auto entry = json::parse(line);
  if (!entry || number_of(*entry, "n") != before.entries + 1) return std::nullopt;
  return ChainEnd{before.entries + 1, before.bytes + line.size() + 1, std::string(parts->hash)};
}

std::string head_text(const ChainEnd& end, std::string_view key) {
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("version");
  writer.Int(kTrailVersion);
  writer.Key("entries");
  writer.Uint64(end.entries);
  writer.Key("bytes");
  writer.Uint64(end.bytes);
  writer.Key("last_hash");
  json::put(writer, end.hash);
  writer.Key("hash");
  json::put(writer, mac_of(end, key));
  writer.EndObject();
  return std::string(buffer.GetString(), buffer.GetSize()) + "\n";
}

std::optional<ChainEnd> read_head(std::string_view text, std::string_view key) {
  const auto head = json::parse(text);
  if (!head) return std::nullopt;
  const auto entries = number_of(*head, "entries");
  const auto bytes = number_of(*head, "bytes");
  if (!entries || !bytes) return std::nullopt;
  ChainEnd end{*entries, *bytes, std::string(json::text_of(*head, "last_hash"))};
  if (!same_hash(json::text_of(*head, "hash"), mac_of(end, key))) return std::nullopt;
  return end;
}

}  // namespace dockerhub
