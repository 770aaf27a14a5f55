#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include "trail_fixture.hpp"

namespace dockerhub {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST_F(TrailTest, TouchesNothingBeforeTheFirstEntry) {
  EXPECT_THAT(verified(), HasSubstr("no trail here"));
  EXPECT_FALSE(std::filesystem::exists(folder()));
}

TEST_F(TrailTest, IsWholeAfterItsEntries) {
  record(3);
  EXPECT_EQ(verified(), "3 entries");
  record(2);
  EXPECT_EQ(verified(), "5 entries");
}

TEST_F(TrailTest, IsForItsUserAlone) {
  record(1);
  struct stat status = {};
  for (const char* const name : {"trail.ndjson", "head.json", "key.json"}) {
    ASSERT_EQ(::stat(file(name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 07777U, 0600U) << name;
  }
  ASSERT_EQ(::stat(folder().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0700U);
}

TEST_F(TrailTest, ShowsAChangedEntry) {
  record(3);
  std::string text = read("trail.ndjson");
  text.replace(text.find("test", text.find("\"n\":2")), 4, "past");
  write("trail.ndjson", text);
  EXPECT_THAT(verified(), StartsWith("1 entries; fault: the chain breaks at entry 2 (line 3)"));
}

TEST_F(TrailTest, ShowsARemovedAndAMovedEntry) {
  record(4);
  const std::string text = read("trail.ndjson");
  const auto line = [&](int n) {
    const std::size_t begin = text.find("{\"n\":" + std::to_string(n));
    return text.substr(begin, text.find('\n', begin) + 1 - begin);
  };
  const std::string header = text.substr(0, text.find('\n') + 1);
  write("trail.ndjson", header + line(1) + line(3) + line(4));
  EXPECT_THAT(verified(), HasSubstr("breaks at entry 2"));
  write("trail.ndjson", header + line(1) + line(3) + line(2) + line(4));
  EXPECT_THAT(verified(), HasSubstr("breaks at entry 2"));
}

TEST_F(TrailTest, ShowsEntriesThatAreMissingAtItsEnd) {
  record(3);
  const std::string text = read("trail.ndjson");
  write("trail.ndjson", text.substr(0, text.find("{\"n\":3")));
  EXPECT_THAT(verified(), HasSubstr("missing at the end: head.json counts 3"));
  EXPECT_FALSE(trail().check()) << "a broken trail is not gone on with";
}

TEST_F(TrailTest, ShowsThatItIsGone) {
  record(1);
  std::filesystem::remove(file("trail.ndjson"));
  EXPECT_THAT(verified(), HasSubstr("fault: the entries are gone"));
  const auto checked = trail().check();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().hint, HasSubstr("dockerhub trail verify"));
}

TEST_F(TrailTest, ShowsAHeadThatIsMissingOrChanged) {
  record(2);
  const std::string head = read("head.json");
  std::filesystem::remove(file("head.json"));
  EXPECT_THAT(verified(), HasSubstr("head.json is missing, changed or of another key"));
  EXPECT_FALSE(trail().check());
  std::string forged = head;
  forged.replace(forged.find("\"entries\":2"), 11, "\"entries\":1");
  write("head.json", forged);
  EXPECT_THAT(verified(), HasSubstr("head.json is missing, changed"));
  EXPECT_FALSE(trail().check());
}

TEST_F(TrailTest, ShowsTheHeadOfAnotherTrailWithItsKey) {
  const std::string key = "the operator's key";
  record(1, key);
  const std::string head = read("head.json");
  std::filesystem::remove_all(folder());
  ASSERT_TRUE(trail(key).append([](std::uint64_t number) {
    return "\"n\":" + std::to_string(number) + ",\"what\":\"past\"";
  }));
  write("head.json", head);
  EXPECT_EQ(verified(key), "1 entries; fault: head.json is of another chain");
}

TEST_F(TrailTest, NeedsAPlace) {
  const auto nowhere = Trail({}, nullptr, book_).append(members);
  ASSERT_FALSE(nowhere);
  EXPECT_EQ(nowhere.error().kind, ErrorKind::configuration);
  EXPECT_THAT(nowhere.error().hint, HasSubstr("DOCKERHUB_TRAIL_DIR"));
}

TEST_F(TrailTest, CannotBeGoneOnWithUnderAnotherKey) {
  record(1, "the operator's key");
  EXPECT_FALSE(std::filesystem::exists(file("key.json")));
  EXPECT_EQ(verified("the operator's key"), "1 entries");
  EXPECT_THAT(verified("another long key"), HasSubstr("written with another key"));
  EXPECT_FALSE(trail("another long key").check());
  EXPECT_THAT(verified(), HasSubstr("key of the trail is missing"));
}

TEST_F(TrailTest, OfANewerFormatIsRefused) {
  record(1);
  std::string head = read("head.json");
  head.replace(head.find("\"version\":1"), 11, "\"version\":2");
  write("head.json", head);
  const auto checked = trail().check();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("newer version"));
}

TEST_F(TrailTest, InAFolderOfOthersIsRefused) {
  record(1);
  std::filesystem::permissions(folder(), static_cast<std::filesystem::perms>(0777));
  EXPECT_FALSE(trail().check());
  EXPECT_FALSE(trail().append(members));
}

// A program that was killed while it wrote leaves one of these.
TEST_F(TrailTest, TakesUpWhatAKilledWriterLeft) {
  record(2);
  const std::string head = read("head.json");
  const std::string two = read("trail.ndjson");
  record(1);
  const std::string three = read("trail.ndjson");

  write("head.json", head);  // the entry is there, its count is not
  EXPECT_THAT(verified(), StartsWith("3 entries; remark: head.json counts 2"));
  record(1);
  EXPECT_EQ(verified(), "4 entries");

  write("head.json", head);  // half an entry
  write("trail.ndjson", two + three.substr(two.size(), 10));
  EXPECT_THAT(verified(), HasSubstr("remark: the last 10 bytes are no whole line"));
  record(1);
  EXPECT_EQ(verified(), "4 entries");
  EXPECT_THAT(read("trail.ndjson"), HasSubstr("\"event\":\"recovered\",\"dropped_bytes\":10"));
}

TEST_F(TrailTest, TakesUpABeginningThatWasCut) {
  record(1);
  const std::string header = read("trail.ndjson").substr(0, read("trail.ndjson").find('\n') + 1);
  for (const std::string& left : {std::string(), header.substr(0, 5), header}) {
    std::filesystem::remove(file("head.json"));
    write("trail.ndjson", left);
    record(1);
    EXPECT_EQ(verified(), "1 entries") << left;
  }
}

TEST_F(TrailTest, DoesNotTakeUpWhatSomebodyElseAdded) {
  record(1);
  write("trail.ndjson",
        read("trail.ndjson") + "{\"n\":2,\"hash\":\"" + std::string(64, 'a') + "\"}\n");
  const auto checked = trail().check();
  ASSERT_FALSE(checked);
  EXPECT_THAT(checked.error().message, HasSubstr("something was written after its last entry"));
  EXPECT_THAT(verified(), HasSubstr("breaks at entry 2"));
}

TEST_F(TrailTest, DoesNotTakeUpALineWithoutAHash) {
  record(1);
  write("trail.ndjson",
        read("trail.ndjson") + "{\"n\":2,\"what\":\"" + std::string(100, 'x') + "\"}\n");
  EXPECT_FALSE(trail().append(members));
  EXPECT_THAT(verified(), HasSubstr("breaks at entry 2"));
}

TEST_F(TrailTest, TakesNoEntryThatIsNotInItsForm) {
  record(1);
  for (const char* const wrong : {"", "\"n\":7", "\"n\":2,\"x\":"})
    EXPECT_FALSE(trail().append([&](std::uint64_t) { return std::string(wrong); })) << wrong;
  EXPECT_EQ(verified(), "1 entries");
}

TEST_F(TrailTest, WaitsForAnotherWriterNoLongerThanTheCallerDoes) {
  record(1);
  const auto lock = PrivateFile(file("trail.ndjson"), 1).lock(std::chrono::seconds(1));
  ASSERT_TRUE(lock);
  std::stop_source stop;
  stop.request_stop();
  const auto checked = trail().check(stop.get_token());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().kind, ErrorKind::cancelled);
}

TEST_F(TrailTest, IsReadInLittleMemoryAndRefusesAnEndlessLine) {
  record(1);
  write("trail.ndjson", read("trail.ndjson") + std::string(2 * 1024 * 1024, 'x'));
  EXPECT_THAT(verified(), HasSubstr("error: the trail cannot be read: a line is longer"));
}

TEST_F(TrailTest, VerificationEndsWhenItIsCancelled) {
  record(2);
  std::stop_source stop;
  stop.request_stop();
  const auto report = trail().verify(stop.get_token());
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().kind, ErrorKind::cancelled);
}

TEST_F(TrailTest, DoesNotTellItsKey) {
  record(1);
  const std::string key_file = read("key.json");
  const std::size_t begin = key_file.find("\"key\":\"") + 7;
  const std::string key = key_file.substr(begin, 64);
  EXPECT_EQ(read("trail.ndjson").find(key), std::string::npos);
  EXPECT_EQ(read("head.json").find(key), std::string::npos);
}

}  // namespace
}  // namespace dockerhub
