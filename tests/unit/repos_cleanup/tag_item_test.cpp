#include "repos/cleanup/tag_item.hpp"

#include <gtest/gtest.h>

#include "repository.hpp"

namespace dockerhub::repos::cleanup {
namespace {

using test::digest;

struct Read {
  Contents contents;
  Tag tag;
};

Read read(const std::string& json) {
  Read read;
  read.tag = tag_of(*sdk::parse_json(json), read.contents);
  return read;
}

TEST(TagItem, IsReadAsTheServiceTellsIt) {
  const Read index = read(R"({"name": "1.0", "digest": ")" + digest(1) + R"(", "full_size": 30,
    "tag_last_pushed": "1970-01-02T00:00:00Z", "last_updated": "1970-01-01T00:00:00Z",
    "tag_last_pulled": "1970-01-03T00:00:00Z",
    "images": [{"digest": ")" +
                          digest(2) + R"(", "size": 10, "last_pulled": "1970-01-04T00:00:00Z"},
               {"digest": ")" +
                          digest(3) + R"(", "size": 20}]})");
  EXPECT_EQ(index.tag.name, "1.0");
  EXPECT_EQ(index.tag.digest, digest(1));
  EXPECT_EQ(index.tag.bytes, 30U);
  EXPECT_EQ(index.tag.pushed, 86400);
  // The latest pull of any of its images.
  EXPECT_EQ(index.tag.pulled, 3 * 86400);
  EXPECT_EQ(index.tag.images.size(), 2U);
  EXPECT_TRUE(index.tag.lists_images);
}

TEST(TagItem, IsReadAsTheDocumentDrawsIt) {
  const Read one =
      read(R"({"name": "a", "images": {"digest": ")" + digest(2) + R"(", "size": 10}})");
  EXPECT_EQ(one.tag.images.size(), 1U);
  EXPECT_TRUE(one.tag.digest.empty());
}

TEST(TagItem, DoesNotPretendToKnowWhatItLists) {
  EXPECT_FALSE(read(R"({"name": "a"})").tag.lists_images);
  EXPECT_FALSE(read(R"({"name": "a", "images": []})").tag.lists_images);
  EXPECT_FALSE(read(R"({"name": "a", "images": [{"digest": null}]})").tag.lists_images);
  EXPECT_TRUE(read(R"({"name": "a", "images": [],
    "media_type": "application/vnd.oci.image.manifest.v1+json"})")
                  .tag.lists_images);
}

TEST(TagItem, WasNeverPulledOnlyWhereThatIsTold) {
  EXPECT_TRUE(read(R"({"name": "a", "tag_last_pulled": null})").tag.knows_pulled);
  EXPECT_TRUE(read(R"({"name": "a", "tag_last_pulled": "1970-01-03T00:00:00Z"})").tag.knows_pulled);
  EXPECT_FALSE(read(R"({"name": "a"})").tag.knows_pulled);
  EXPECT_FALSE(read(R"({"name": "a", "tag_last_pulled": "yesterday"})").tag.knows_pulled);
  EXPECT_FALSE(read(R"({"name": "a", "tag_last_pulled": 3})").tag.knows_pulled);
  EXPECT_FALSE(read(R"({"name": "a", "tag_last_pulled": null, "images": [{"last_pulled": "now"}]})")
                   .tag.knows_pulled);
}

TEST(TagItem, WithABrokenDigestHasNone) {
  EXPECT_TRUE(read(R"({"name": "a", "digest": "sha256:../x"})").tag.digest.empty());
}

}  // namespace
}  // namespace dockerhub::repos::cleanup
