#include "modules/manifest_text.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "../temporary_folder.hpp"
#include "base/file.hpp"
#include "modules/manifest.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream bytes;
  bytes << std::ifstream(file, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string module_bytes(const std::string& name) {
  return bytes_of(std::filesystem::path(DOCKERHUB_TEST_MODULES_DIR) / (name + ".so"));
}

std::string text_or_reason(const Result<std::string>& text) {
  return text ? *text : text.error().message;
}

TEST(ManifestText, IsReadFromDescriptorAndMemoryAlike) {
  const std::filesystem::path file =
      std::filesystem::path(DOCKERHUB_TEST_MODULES_DIR) / "c_module.so";
  const UniqueFd descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  const auto from_descriptor = read_manifest_text(descriptor.get());
  const auto from_memory = read_manifest_text(std::string_view(bytes_of(file)));
  ASSERT_TRUE(from_descriptor) << from_descriptor.error().message;
  ASSERT_TRUE(from_memory) << from_memory.error().message;
  EXPECT_EQ(*from_descriptor, *from_memory);
  EXPECT_THAT(*from_descriptor, StartsWith(R"({"manifest":1,"name":"c_module")"));
  EXPECT_EQ(from_descriptor->back(), '}') << "the terminating NUL of a C literal is not part of it";
}

TEST(ManifestText, OfWhatIsNoElfFileIsRefused) {
  EXPECT_EQ(text_or_reason(read_manifest_text(std::string_view("#!/bin/sh\n"))), "not an ELF file");
  EXPECT_EQ(text_or_reason(read_manifest_text(std::string_view(""))), "not an ELF file");
}

TEST(ManifestText, OfATruncatedFileIsRefusedWhereverItEnds) {
  const std::string whole = module_bytes("c_module");
  // The section headers, at the end of the file, are what is needed first.
  for (std::size_t size = 4; size < whole.size(); size += 97) {
    const auto text = read_manifest_text(std::string_view(whole).substr(0, size));
    EXPECT_FALSE(text) << "cut at " << size;
  }
}

TEST(ManifestText, OfADamagedFileNeverReadsOutsideOfIt) {
  const std::string whole = module_bytes("c_module");
  std::string damaged = whole;
  std::size_t readable = 0;
  // Each byte of the ELF header and of the section headers, which end the file.
  const std::size_t sections = whole.size() > 4096 ? whole.size() - 4096 : 0;
  for (std::size_t at = 4; at < whole.size();
       at = at == 63 ? std::max<std::size_t>(64, sections) : at + 1) {
    damaged[at] = static_cast<char>(0xff);
    readable += read_manifest_text(std::string_view(damaged)) ? 1 : 0;
    damaged[at] = whole[at];
  }
  EXPECT_GT(readable, 0U) << "bytes that do not matter here";
}

TEST(ManifestText, OfAModuleWithoutASectionIsRefused) {
  EXPECT_THAT(text_or_reason(read_manifest_text(std::string_view(module_bytes("no_manifest")))),
              HasSubstr("no manifest"));
}

TEST(ManifestText, LargerThanTheLimitIsRefusedWithTheSizes) {
  EXPECT_THAT(
      text_or_reason(read_manifest_text(std::string_view(module_bytes("manifest_too_large")))),
      testing::AllOf(HasSubstr("manifest too large"), HasSubstr("1048576")));
}

TEST(ManifestText, OfAnotherMachineIsRefused) {
  std::string other = module_bytes("c_module");
  constexpr std::size_t kMachine = 18;       // e_machine, little-endian
  other[kMachine] = static_cast<char>(243);  // RISC-V
  EXPECT_EQ(text_or_reason(read_manifest_text(std::string_view(other))),
            "built for another machine");
}

TEST(ManifestText, OfWhatIsNoSharedLibraryIsRefused) {
  std::string object = module_bytes("c_module");
  constexpr std::size_t kType = 16;  // e_type
  object[kType] = 1;                 // ET_REL
  EXPECT_EQ(text_or_reason(read_manifest_text(std::string_view(object))), "not a shared library");
}

TEST(ManifestText, OfEveryTestModuleInTheSdksFormIsAccepted) {
  const auto text = read_manifest_text(std::string_view(module_bytes("mcp_fixture")));
  ASSERT_TRUE(text) << text.error().message;
  const auto manifest = parse_manifest(*text, {"request/1", "items/1", "store/1"});
  ASSERT_TRUE(manifest) << manifest.error().message;
  EXPECT_THAT(manifest->refused_actions, testing::IsEmpty());
}

}  // namespace
}  // namespace dockerhub
