// What `docker save` writes, shown as an OCI image layout: for each image of its manifest.json a manifest is made of
// its config and layers. Their digests are those that the archive states; whoever reads a blob proves it. One thread.
#pragma once

#include <filesystem>
#include <memory>

#include "dockerhub/kernel.hpp"

namespace dockerhub::cli {

// The images are listed under their names, "alpine:3.20". Only for reading. Errors: as ArchiveFile::open; parameter,
// of what is no archive of `docker save`.
Result<std::unique_ptr<Store>> open_docker_archive(const std::filesystem::path& path);

}  // namespace dockerhub::cli
