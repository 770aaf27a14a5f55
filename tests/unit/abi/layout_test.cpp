// The layout and the numbers of abi.h as a C++ compiler sees them; the checks are made by compiling.
#include <dockerhub/abi.h>
#include <gtest/gtest.h>

#include <cstring>
#include <type_traits>

#define DH_SIZE(type, expected) static_assert(sizeof(type) == (expected), #type);
#define DH_AT(type, field, expected) \
  static_assert(offsetof(type, field) == (expected), #type "." #field);
#include "layout.h"

static_assert(std::is_standard_layout_v<dh_entry> && std::is_trivial_v<dh_entry>);
// The numbers are part of the contract as much as the layout.
// NOLINTBEGIN(misc-redundant-expression): comparing a constant with itself is the point.
static_assert(DH_OK == 0 && DH_END == 1 && DH_REWIND == 2 && DH_SUSPENDED == -14);
static_assert(DH_E_FAILED == -1 && DH_E_EXISTS == -13);
// NOLINTEND(misc-redundant-expression)
static_assert(DH_EFFECT_READ < DH_EFFECT_WRITE && DH_EFFECT_WRITE < DH_EFFECT_DESTRUCTIVE);

namespace {

TEST(Abi, MagicIsReadableInTheFile) {
  const std::uint64_t magic = DH_MAGIC;
  EXPECT_EQ(std::memcmp(&magic, "DHMODULE", sizeof magic), 0);
}

}  // namespace
