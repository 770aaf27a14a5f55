#include "faults/kinds.hpp"

#include <array>

#include "faults/answer_faults.hpp"
#include "faults/flood_faults.hpp"
#include "faults/request_faults.hpp"
#include "faults/text_faults.hpp"
#include "faults/wire_faults.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::chrono::milliseconds kLatency{1000};

std::chrono::milliseconds latency(const FaultParameters& parameters) {
  return parameters.interval_ms ? std::chrono::milliseconds(*parameters.interval_ms) : kLatency;
}

using Alter = decltype(FaultKind::alter);
using Change = decltype(FaultKind::change);
using Write = decltype(FaultKind::write);

// In place of the host / after it.
constexpr FaultKind answered(std::string_view name, Change change) {
  return {name, false, nullptr, change, nullptr, nullptr};
}
constexpr FaultKind changed(std::string_view name, Change change) {
  return {name, true, nullptr, change, nullptr, nullptr};
}
constexpr FaultKind written(std::string_view name, Write write) {
  return {name, true, nullptr, nullptr, write, nullptr};
}
constexpr FaultKind altered(std::string_view name, Alter alter) {
  return {name, true, alter, nullptr, nullptr, nullptr};
}

constexpr std::array<FaultKind, 38> kKinds = {{
    answered("status", &answer_with_status),
    answered("rate_limited", &answer_rate_limited),
    answered("redirect", &answer_redirect),
    answered("html_error", &answer_html_error),
    answered("redirect_loop", &answer_redirect_loop),
    changed("wrong_digest", &change_digest_header),
    changed("wrong_body", &change_body),
    changed("wrong_content_type", &change_content_type),
    changed("realm", &change_realm),
    changed("next_elsewhere", &change_next_page),
    changed("deep_json", &answer_deep_json),
    changed("hostile_names", &change_names),
    changed("many_items", &repeat_items),
    changed("bad_json", &change_to_bad_json),
    changed("invalid_utf8", &change_to_invalid_utf8),
    changed("gzip", &compress_body),
    written("reset", &write_reset),
    written("close", &write_nothing),
    written("hang", &write_never),
    written("truncated", &write_truncated),
    written("long_length", &write_long_length),
    written("two_lengths", &write_two_lengths),
    written("unended_chunks", &write_unended_chunks),
    written("bad_chunk_size", &write_bad_chunk_size),
    written("endless_informational", &write_endless_informational),
    written("drip", &write_dripping),
    written("garbage_status_line", &write_garbage_status_line),
    written("huge_header", &write_huge_header),
    written("reset_midway", &write_reset_midway),
    written("short_length", &write_short_length),
    written("chunked_garbage", &write_chunked_garbage),
    written("end_without_notice", &write_end_without_notice),
    written("oversized", &write_oversized),
    written("gzip_bomb", &write_gzip_bomb),
    written("header_flood", &write_header_flood),
    altered("expired_token", &expire_token),
    altered("scope_not_granted", &withhold_scope),
    {"latency", true, nullptr, nullptr, nullptr, &latency},
}};

}  // namespace

std::span<const FaultKind> fault_kinds() {
  return kKinds;
}

const FaultKind* find_fault_kind(std::string_view name) {
  for (const FaultKind& kind : kKinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

}  // namespace dockerhub::sandbox
