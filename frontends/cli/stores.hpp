// Parameters of type `store` on the command line: "oci:DIR[:TAG]" and the other forms in which images lie on a disk.
// The module gets to see the tag alone, never a path, and an OCI image layout whatever the form; what the call opens is
// bound here. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

struct StoreForm;

// Whether the word is written as one of the forms: "oci:DIR". Nothing is looked for on the disk.
bool names_store(std::string_view word);

class Stores {
 public:
  // The call's parameters (a JSON object) with the tag in place of each store.
  // An action that asks about a store by its tag changes what lies there: what cannot be changed is refused before the
  // question.
  Result<std::string> take(const Action& action, const std::string& params);

  // Where the stores lie that the action asks about, "oci:DIR", with commas between several; empty: it asks about none.
  // The kernel's question has their tags alone.
  std::string places() const;

  // For Caller::store. A nested call names a store by the value that its caller's parameter has; an
  // error where several have it.
  Result<std::unique_ptr<Store>> open(std::string_view parameter, std::string_view value,
                                      bool writable) const;

 private:
  struct Named {
    const StoreForm* form;
    std::filesystem::path path;
    std::string tag;
    bool is_asked_about = false;
  };
  static Result<Named> parse(const Parameter& parameter, std::string_view text);
  static Result<void> check_changed(const Parameter& parameter, const Named& named);

  std::map<std::string, Named, std::less<>> named_;  // by parameter
};

}  // namespace dockerhub::cli
