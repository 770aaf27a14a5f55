// Looks for the process's own secrets in content that comes in pieces and must not be changed, since its
// digest is its contract: in the forms that the redactor finds in any text, wherever the pieces were cut;
// escapes of JSON that nobody needs, and compressed content, are not undone. Keeps the end of what it saw,
// at most 64 KiB and the longest form of a secret, and wipes it. Belongs to one thread.
#pragma once

#include <string_view>

#include "credentials/wiping_allocator.hpp"
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

  bool end_holds_secret() const { return redactor_.holds_secret({end_.data(), end_.size()}); }

  const Redactor& redactor_;
  SecretBytes end_;  // of what was taken; all of it while that is short
  bool found_ = false;
};

}  // namespace dockerhub
