#include "modules/trust.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../temporary_folder.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

class TrustRecordsTest : public testing::Test {
 protected:
  std::string reason() const {
    const auto records = TrustRecords::read(file_);
    return records ? "believed" : records.error().message;
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "dockerhub" / "trusted-modules.json";
  const TrustRecord record_{"/opt/a \"b\".so", std::string(64, 'a'), "a", "{\"name\":\"a\"}"};
};

TEST_F(TrustRecordsTest, TrustNothingWhereThereIsNoFile) {
  const auto records = TrustRecords::read(file_);
  ASSERT_TRUE(records);
  EXPECT_TRUE(records->all().empty());
}

TEST_F(TrustRecordsTest, ComeBackAsTheyWereRecorded) {
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  const auto records = TrustRecords::read(file_);
  ASSERT_TRUE(records) << records.error().message;
  const TrustRecord* found = records->find(record_.file);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->sha256, record_.sha256);
  EXPECT_EQ(found->name, record_.name);
  EXPECT_EQ(found->manifest, record_.manifest);
  EXPECT_EQ(records->find("/opt/other.so"), nullptr);
}

TEST_F(TrustRecordsTest, HaveOneRecordForAPath) {
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  TrustRecord newer = record_;
  newer.sha256 = std::string(64, 'b');
  ASSERT_TRUE(TrustRecords::record(file_, newer));
  TrustRecord other = record_;
  other.file = "/opt/other.so";
  ASSERT_TRUE(TrustRecords::record(file_, other));
  const auto records = TrustRecords::read(file_);
  ASSERT_TRUE(records);
  EXPECT_EQ(records->all().size(), 2U);
  EXPECT_EQ(records->find(record_.file)->sha256, newer.sha256);
}

TEST_F(TrustRecordsTest, AreForTheirUserAlone) {
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  struct stat status = {};
  ASSERT_EQ(::stat(file_.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777U, 0600U);
}

TEST_F(TrustRecordsTest, AreNotBelievedWhenOthersCouldHaveWrittenThem) {
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  fs::permissions(file_, static_cast<fs::perms>(0606));
  EXPECT_THAT(reason(), AllOf(HasSubstr("not believed"), HasSubstr(file_.string()),
                              HasSubstr("writable by others")));
  EXPECT_FALSE(TrustRecords::record(file_, record_)) << "nothing is added to what is not believed";
}

TEST_F(TrustRecordsTest, AreNotBelievedWhenOthersCouldHaveReplacedThem) {
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  fs::permissions(file_.parent_path(), static_cast<fs::perms>(0777));
  EXPECT_THAT(reason(), AllOf(HasSubstr("not believed"), HasSubstr("writable by others")));
}

TEST_F(TrustRecordsTest, OfSomebodyElseAreNotBelieved) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files to others: run this test as root";
  ASSERT_TRUE(TrustRecords::record(file_, record_));
  ASSERT_EQ(::chown(file_.c_str(), 12345, 0), 0);
  EXPECT_THAT(reason(), HasSubstr("owned by user 12345"));
}

TEST_F(TrustRecordsTest, ThatWereTamperedWithAreNotBelieved) {
  const auto reason_of = [&](const char* text) {
    folder_.write("dockerhub/trusted-modules.json", text);
    return reason();
  };
  EXPECT_THAT(reason_of("{"), HasSubstr("not in the form"));
  EXPECT_THAT(reason_of("[]"), HasSubstr("not in the form"));
  EXPECT_THAT(reason_of(R"({"version":2,"modules":[]})"), HasSubstr("newer version"));
  EXPECT_THAT(reason_of(R"({"version":1,"modules":{}})"), HasSubstr("lists no modules"));
  EXPECT_THAT(reason_of(R"({"version":1,"modules":[{"file":"/a.so"}]})"),
              HasSubstr("a record is incomplete"));
  EXPECT_THAT(reason_of(R"({"version":1,"modules":[7]})"), HasSubstr("a record is incomplete"));
}

}  // namespace
}  // namespace dockerhub
