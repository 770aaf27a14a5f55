// An OCI image layout in a tar archive ("oci-archive:FILE"). One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

Result<std::unique_ptr<Store>> open_layout_archive(const std::filesystem::path& path);

// A new one. Its files are gathered in the folder FILE.dockerhub-partial; when index.json is there, which a layout gets
// last, the archive is made of them and the folder goes. What a program leaves there that was killed is used by the
// next one; what its index does not reach is not packed. Refused where the file exists: an archive is never written
// over.
Result<std::unique_ptr<Store>> make_layout_archive(const std::filesystem::path& path);

}  // namespace dockerhub::cli
