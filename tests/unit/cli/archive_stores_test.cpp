// Images in archives and in skopeo's folders, as the layouts that modules see; and what archives must not do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>

#include "../temporary_folder.hpp"
#include "archive_file.hpp"
#include "dir_store.hpp"
#include "docker_archive.hpp"
#include "layout_archive.hpp"
#include "layout_texts.hpp"

namespace dockerhub::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

// A header of POSIX's ustar with its file.
std::string tarred(const std::string& name, const std::string& bytes, char type = '0',
                   const std::string& link = {}) {
  constexpr std::size_t kBlock = 512, kSizeAt = 124, kSumAt = 148, kTypeAt = 156, kLinkAt = 157,
                        kMagicAt = 257, kSumDigits = 6;
  std::string head(kBlock, '\0');
  const auto put = [&head](std::size_t at, const std::string& text) {
    head.replace(at, text.size(), text);
  };
  std::array<char, 12> octal = {};
  put(0, name);
  put(100, "0000644");
  std::snprintf(octal.data(), octal.size(), "%011zo", bytes.size());
  put(kSizeAt, std::string(octal.data()));
  put(136, "00000000000");
  put(kTypeAt, std::string(1, type));
  put(kLinkAt, link);
  put(kMagicAt, std::string("ustar\0"
                            "00",
                            8));
  put(kSumAt, "        ");
  unsigned sum = 0;
  for (const char c : head) sum += static_cast<unsigned char>(c);
  std::snprintf(octal.data(), octal.size(), "%06o", sum);
  put(kSumAt, std::string(octal.data(), kSumDigits) + std::string("\0 ", 2));
  return head + bytes + std::string((kBlock - bytes.size() % kBlock) % kBlock, '\0');
}

std::string ended(const std::string& entries) {
  return entries + std::string(1024, '\0');
}

std::string content(Store& store, const std::string& name) {
  auto entry = store.open(name);
  if (!entry) return "(" + std::to_string(entry.error().status_code) + ")";
  std::string text((*entry)->size(), '\0');
  const auto got = (*entry)->read_at(0, text.data(), text.size());
  return got && *got == text.size() ? text : "(unreadable)";
}

void write_entry(Store& store, const std::string& name, const std::string& bytes) {
  auto entry = store.create(name);
  ASSERT_TRUE(entry) << entry.error().message;
  ASSERT_TRUE((*entry)->write(bytes));
  const auto committed = (*entry)->commit();
  ASSERT_TRUE(committed) << committed.error().message;
}

class Archives : public testing::Test {
 protected:
  std::string refusal_of(const std::string& bytes) {
    const auto opened = ArchiveFile::open(folder_.write("a.tar", bytes));
    return opened ? "(taken)" : opened.error().message;
  }

  TemporaryFolder folder_;
};

TEST_F(Archives, GiveTheBytesOfTheirFiles) {
  const std::string large(200'000, 'x');
  const auto store = open_layout_archive(
      folder_.write("a.tar", ended(tarred("./oci-layout", "{}") + tarred("blobs/", "", '5') +
                                   tarred("blobs/sha256/a", large) + tarred("index.json", "[]"))));
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(content(**store, "oci-layout"), "{}");
  EXPECT_EQ(content(**store, "blobs/sha256/a"), large);
  EXPECT_EQ(content(**store, "index.json"), "[]") << "behind a large one";
  EXPECT_EQ(content(**store, "blobs"), "(404)");
  EXPECT_FALSE((*store)->create("new"));
}

TEST_F(Archives, ThatMeanHarmAreRefused) {
  EXPECT_THAT(refusal_of(ended(tarred("../x", "y"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("/etc/passwd", "y"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("a/../../x", "y"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("a", "y") + tarred("./a", "z"))), HasSubstr("twice"));
  EXPECT_THAT(refusal_of(ended(tarred("a", "", '2', "../secret"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("a", "", '2', "/etc/passwd"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("a", "", '1', "../../x"))), HasSubstr("leads out"));
  EXPECT_THAT(refusal_of(ended(tarred("././@LongLink", std::string(4097, 'n') + '\0', 'L') +
                               tarred("n", "y"))),
              HasSubstr("4,096"));
  EXPECT_THAT(refusal_of("this is no archive"), Not(HasSubstr("taken")));
  EXPECT_THAT(refusal_of(tarred("a", std::string(5000, 'y')).substr(0, 2000)),
              Not(HasSubstr("taken")));
}

TEST_F(Archives, HaveLinksToTheirOwnFilesAlone) {
  const auto archive = ArchiveFile::open(folder_.write(
      "a.tar", ended(tarred("one/layer.tar", "bytes") +
                     tarred("two/layer.tar", "", '2', "../one/layer.tar") +
                     tarred("three", "", '2', "two/layer.tar") + tarred("four", "", '2', "none"))));
  ASSERT_TRUE(archive) << archive.error().message;
  const auto linked = archive->find("two/layer.tar");
  ASSERT_TRUE(linked);
  EXPECT_EQ(bytes_of(*linked, "a").value(), "bytes");
  EXPECT_FALSE(archive->find("three")) << "a link to a link";
  EXPECT_FALSE(archive->find("four"));
}

TEST_F(Archives, OfDockerBecomeALayout) {
  const std::string layer = "the layer", packed = "\x1f\x8b and so on";
  const std::string config = R"({"rootfs":{"diff_ids":["sha256:)" + sha256_of(layer) +
                             R"(","sha256:)" + sha256_of("unpacked") + R"("]}})";
  const auto store = open_docker_archive(folder_.write(
      "a.tar", ended(tarred("manifest.json", R"([{"Config":"c.json","RepoTags":["app:1","app:2"],)"
                                             R"("Layers":["1/layer.tar","2/layer.tar"]}])") +
                     tarred("c.json", config) + tarred("1/layer.tar", layer) +
                     tarred("2/layer.tar", packed))));
  ASSERT_TRUE(store) << store.error().message;
  const std::string index = content(**store, "index.json");
  EXPECT_THAT(index, HasSubstr(R"("org.opencontainers.image.ref.name":"app:1")"));
  EXPECT_THAT(index, HasSubstr(R"("org.opencontainers.image.ref.name":"app:2")"));
  EXPECT_EQ(content(**store, "blobs/sha256/" + sha256_of(layer)), layer);
  EXPECT_EQ(content(**store, "blobs/sha256/" + sha256_of(packed)), packed);
  EXPECT_EQ(content(**store, "blobs/sha256/" + sha256_of(config)), config);
  const std::size_t at = index.find("sha256:") + 7;
  const std::string manifest = content(**store, "blobs/sha256/" + index.substr(at, 64));
  EXPECT_THAT(manifest, HasSubstr("layer.v1.tar+gzip"));
  EXPECT_EQ(sha256_of(manifest), index.substr(at, 64));
}

TEST_F(Archives, OfDockerThatAreBrokenAreRefused) {
  for (const char* manifest :
       {"{}", "no JSON", R"([{"Config":"c.json","Layers":["gone"]}])", R"([{"Layers":[]}])",
        R"([{"Config":"../c.json","Layers":[]}])", R"([7])"}) {
    const auto store = open_docker_archive(folder_.write(
        "a.tar", ended(tarred("manifest.json", manifest) +
                       tarred("c.json", R"({"rootfs":{"diff_ids":["sha256:00"]}})"))));
    EXPECT_FALSE(store) << manifest;
  }
}

TEST_F(Archives, OfDockerHaveConfigsOfABoundInSum) {
  std::string images;
  for (int i = 0; i < 10; ++i)
    images += std::string(i == 0 ? "" : ",") + R"({"Config":"c.json","Layers":[]})";
  const std::string config =
      R"({"rootfs":{"diff_ids":[]},"x":")" + std::string(std::size_t{7} * 1024 * 1024, 'x') + "\"}";
  const auto store = open_docker_archive(folder_.write(
      "a.tar", ended(tarred("manifest.json", "[" + images + "]") + tarred("c.json", config))));
  ASSERT_FALSE(store);
  EXPECT_THAT(store.error().message, HasSubstr("64 MiB"));
}

TEST_F(Archives, AreThereWhenTheyAreWholeAndNotBefore) {
  const std::filesystem::path file = folder_.path() / "new.tar";
  const std::string layer = "blobs/sha256/" + sha256_of("blob");
  {
    auto store = make_layout_archive(file);
    ASSERT_TRUE(store) << store.error().message;
    write_entry(**store, "oci-layout", "{}");
    write_entry(**store, layer, "blob");
    write_entry(**store, "blobs/sha256/" + sha256_of("foreign"), "foreign");
  }
  EXPECT_FALSE(std::filesystem::exists(file));
  auto store = make_layout_archive(file);
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_EQ(content(**store, layer), "blob") << "of the one that did not end";
  const std::string manifest =
      R"({"layers":[)" + layout_entry("layer", sha256_of("blob"), 4) + "]}";
  const std::string list = layout_index(layout_entry("x", sha256_of(manifest), manifest.size()));
  write_entry(**store, "blobs/sha256/" + sha256_of(manifest), manifest);
  write_entry(**store, "blobs/sha256/" + sha256_of(list), list);
  write_entry(**store, "index.json", layout_index(layout_entry("y", sha256_of(list), list.size())));
  const auto made = open_layout_archive(file);
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(content(**made, "oci-layout"), "{}");
  EXPECT_EQ(content(**made, layer), "blob") << "of a nested index";
  EXPECT_EQ(content(**made, "blobs/sha256/" + sha256_of("foreign")), "(404)")
      << "of another image that did not end";
  EXPECT_FALSE(std::filesystem::exists(file.string() + ".dockerhub-partial"));
  EXPECT_FALSE(make_layout_archive(file)) << "it is not written over";
}

TEST(DirStore, IsALayoutOfItsOneImage) {
  const TemporaryFolder folder;
  const std::filesystem::path place = folder.path() / "image";
  const std::string layer = "layer", manifest = R"({"layers":[]})";
  {
    auto store = open_dir_store(place, true);
    ASSERT_TRUE(store) << store.error().message;
    write_entry(**store, "oci-layout", "{}");
    write_entry(**store, "blobs/sha256/" + sha256_of(layer), layer);
    write_entry(**store, "blobs/sha256/" + sha256_of(manifest), manifest);
    write_entry(**store, "index.json", layout_index(layout_entry("x", sha256_of(manifest), 1)));
  }
  EXPECT_TRUE(std::filesystem::exists(place / "manifest.json"));
  EXPECT_TRUE(std::filesystem::exists(place / sha256_of(layer)));
  const auto store = open_dir_store(place, false);
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_THAT(content(**store, "index.json"), HasSubstr(sha256_of(manifest)));
  EXPECT_EQ(content(**store, "blobs/sha256/" + sha256_of(manifest)), manifest);
  EXPECT_EQ(content(**store, "blobs/sha256/" + sha256_of(layer)), layer);
  EXPECT_EQ(content(**store, "manifest.json"), "(404)");
  EXPECT_THAT(content(**store, "oci-layout"), HasSubstr(R"("mostImages":1)"));
  EXPECT_FALSE(open_dir_store(place, true)) << "it has its image";
}

TEST(DirStore, OfAnotherVersionIsLeftAsItIs) {
  const TemporaryFolder folder;
  folder.write("version", "Directory Transport Version: 2.0\n");
  const auto other = folder.write(".dockerhub-1-x", "of somebody");
  EXPECT_FALSE(open_dir_store(folder.path(), true));
  EXPECT_TRUE(std::filesystem::exists(other));
}

TEST(DirStore, SaysWhoseItIsBeforeAnythingElse) {
  const TemporaryFolder folder;
  const std::filesystem::path place = folder.path() / "image";
  {
    auto store = open_dir_store(place, true);
    ASSERT_TRUE(store) << store.error().message;
    write_entry(**store, "blobs/sha256/" + sha256_of("layer"), "layer");
  }
  EXPECT_TRUE(open_dir_store(place, true)) << "it is gone on with";
}

}  // namespace
}  // namespace dockerhub::cli
