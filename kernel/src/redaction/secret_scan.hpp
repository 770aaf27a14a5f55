// Looks for the process's own secrets in content that comes in pieces and must not be changed, since its
// digest is its contract: in all the forms that the redactor knows, wherever the pieces were cut. Keeps
// the end of what it saw, at most 64 KiB and the longest form of a secret. Belongs to one thread.
#pragma once

#include <string>
#include <string_view>

#include "redaction/redactor.hpp"

namespace dockerhub {

class SecretScan {
 public:
  // The redactor outlives this.
  explicit SecretScan(const Redactor& redactor) : redactor_(redactor) {}

  // False once a known value is complete, and from then on.
  bool take(std::string_view piece);
  // After the last piece: false also where the whole is a value too short to be looked for in other
  // content.
  bool finish();

 private:
  void look_at(std::string_view part);

  const Redactor& redactor_;
  std::string end_;  // of what was taken; all of it while that is short
  bool found_ = false;
};

}  // namespace dockerhub
