// What became of something that was to go. Plain values.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::repos::cleanup {

struct Fate {
  enum class Kind { deleted, gone, failed, skipped };
  Kind kind = Kind::failed;
  std::string detail;  // why it was not deleted

  // It is not there any more.
  bool is_away() const { return kind == Kind::deleted || kind == Kind::gone; }
};

std::string_view fate_name(Fate::Kind kind);

}  // namespace dockerhub::repos::cleanup
