#include "faults/kinds.hpp"

#include <array>

#include "faults/answer_faults.hpp"
#include "faults/wire_faults.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::array<FaultKind, 23> kKinds = {{
    // name, carried out, change, write
    {"status", false, &answer_with_status, nullptr},
    {"rate_limited", false, &answer_rate_limited, nullptr},
    {"redirect", false, &answer_redirect, nullptr},
    {"wrong_digest", true, &change_digest_header, nullptr},
    {"wrong_body", true, &change_body, nullptr},
    {"wrong_content_type", true, &change_content_type, nullptr},
    {"realm", true, &change_realm, nullptr},
    {"next_elsewhere", true, &change_next_page, nullptr},
    {"deep_json", true, &answer_deep_json, nullptr},
    {"hostile_names", true, &change_names, nullptr},
    {"many_items", true, &repeat_items, nullptr},
    {"reset", true, nullptr, &write_reset},
    {"close", true, nullptr, &write_nothing},
    {"hang", true, nullptr, &write_never},
    {"truncated", true, nullptr, &write_truncated},
    {"long_length", true, nullptr, &write_long_length},
    {"two_lengths", true, nullptr, &write_two_lengths},
    {"unended_chunks", true, nullptr, &write_unended_chunks},
    {"bad_chunk_size", true, nullptr, &write_bad_chunk_size},
    {"endless_informational", true, nullptr, &write_endless_informational},
    {"drip", true, nullptr, &write_dripping},
    {"garbage_status_line", true, nullptr, &write_garbage_status_line},
    {"huge_header", true, nullptr, &write_huge_header},
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
