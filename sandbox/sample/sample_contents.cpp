#include "sample/sample_contents.hpp"

#include "sample/sample_accounts.hpp"
#include "sample/sample_data.hpp"

namespace dockerhub::sandbox {

Contents sample_contents() {
  Contents contents{sample_accounts(), sample_audit_log(), {}, {}};
  add_sample_repositories(contents.store);
  add_second_sample_repositories(contents.second_store);
  return contents;
}

}  // namespace dockerhub::sandbox
