// A finished file in its place, by each of the ways that file systems have.
#include "place_file.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <string>

#include "../temporary_folder.hpp"
#include "descriptor.hpp"

namespace dockerhub::cli {
namespace {

using PlaceFile = int (*)(int folder, const char* name, const std::filesystem::path& place);

std::string bytes_at(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

class PlaceFileBy : public testing::TestWithParam<PlaceFile> {};

TEST_P(PlaceFileBy, ReplacesNothing) {
  const TemporaryFolder folder;
  const std::string bytes(600'000, 'x');
  folder.write("made", bytes);
  const auto taken = folder.write("taken", "dear");
  const Descriptor opened(::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  EXPECT_EQ(GetParam()(opened.get(), "made", taken), EEXIST);
  EXPECT_EQ(bytes_at(taken), "dear");
  EXPECT_EQ(GetParam()(opened.get(), "made", folder.path() / "free"), 0);
  EXPECT_EQ(bytes_at(folder.path() / "free"), bytes);
  EXPECT_EQ(GetParam()(opened.get(), "none", folder.path() / "other"), ENOENT);
  EXPECT_FALSE(std::filesystem::exists(folder.path() / "other"));
}

INSTANTIATE_TEST_SUITE_P(EachWay, PlaceFileBy,
                         testing::Values(place_by_link, place_by_rename, place_by_copy,
                                         place_file));

}  // namespace
}  // namespace dockerhub::cli
