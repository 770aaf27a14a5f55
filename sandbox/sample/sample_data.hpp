// The accounts and repositories with which every sandbox begins (docs/sandbox.md lists them). Names are
// of things, not of persons; secrets have the shapes of Docker's and open nothing but a sandbox.
#pragma once

#include <string>
#include <string_view>

#include "accounts/accounts.hpp"
#include "registry/store.hpp"

namespace dockerhub::sandbox {

// The account that the printed environment lines sign in.
inline constexpr std::string_view kSampleUser = "sandbox";
inline constexpr std::string_view kSampleToken = "dckr_pat_SandboxAdmin0000000000000000";

Accounts sample_accounts();

// Of the registry / of the second registry.
void add_sample_repositories(Store& store);
void add_second_sample_repositories(Store& store);

// A public repository of that name with the image of sandbox/multi.
void add_sample_image(Store& store, const std::string& name);

}  // namespace dockerhub::sandbox
