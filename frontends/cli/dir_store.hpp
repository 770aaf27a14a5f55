// An image in a folder as skopeo's "dir:" has it, shown as an OCI image layout: "version", "manifest.json", blobs under
// the digits of their digests, and what an index lists as DIGITS.manifest.json. One image, which its oci-layout says
// ("mostImages": 1), without a tag; digests are sha256. Source: containers/image, directory transport 1.1. One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// To be written, a folder that is missing, empty, or was begun as one of version 1 and has no image yet.
Result<std::unique_ptr<Store>> open_dir_store(const std::filesystem::path& folder, bool writable);

}  // namespace dockerhub::cli
