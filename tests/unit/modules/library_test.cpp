#include "modules/library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../temporary_folder.hpp"
#include "dockerhub/abi.h"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class LibraryTest : public testing::Test {
 protected:
  LibraryTest() { fs::create_directory(folder_.path() / "copies"); }

  // A test module under a name in this test's folder.
  fs::path place(const std::string& module, const std::string& as = "module.so") {
    fs::path file = folder_.path() / as;
    fs::copy_file(fs::path(DOCKERHUB_TEST_MODULES_DIR) / (module + ".so"), folder_.path() / "new");
    fs::rename(folder_.path() / "new", file);
    fs::permissions(file, static_cast<fs::perms>(0755));
    return file;
  }

  CheckedFile checked(const fs::path& file) {
    auto opened = CheckedFile::open(file);
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }

  std::size_t copies() const {
    std::size_t count = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "copies")) {
      count += entry.is_regular_file() ? 1 : 0;
    }
    return count;
  }

  TemporaryFolder folder_;
  PrivateCopies private_copies_{{folder_.path() / "copies"}};
};

TEST_F(LibraryTest, LeavesTheProcessWhenItIsClosed) {
  auto library =
      Library::open(checked(place("c_module")), "", Library::Source::original, private_copies_);
  ASSERT_TRUE(library) << library.error().message;
  EXPECT_NE((*library)->object(DH_ENTRY_SYMBOL, sizeof(dh_entry)), nullptr);
  EXPECT_EQ(copies(), 0U) << "the first load of a file is the file itself";
  const auto closed = (*library)->closed();
  EXPECT_NE(closed.wait_for(std::chrono::seconds(0)), std::future_status::ready);
  library->reset();
  EXPECT_TRUE(closed.get());
}

TEST_F(LibraryTest, ThatCannotBeUnmappedSaysSo) {
  auto library =
      Library::open(checked(place("pinned")), "", Library::Source::copy, private_copies_);
  ASSERT_TRUE(library) << library.error().message;
  const auto closed = (*library)->closed();
  library->reset();
  EXPECT_FALSE(closed.get());
}

TEST_F(LibraryTest, OfANewFileIsTheNewOneWhileTheOldOneIsHeld) {
  const fs::path file = place("c_module");
  const auto old = Library::open(checked(file), "", Library::Source::original, private_copies_);
  ASSERT_TRUE(old);
  const fs::path replaced = place("no_entry");
  ASSERT_EQ(replaced, file);
  const auto fresh = Library::open(checked(file), "", Library::Source::original, private_copies_);
  ASSERT_TRUE(fresh) << fresh.error().message;
  EXPECT_EQ((*fresh)->object(DH_ENTRY_SYMBOL, sizeof(dh_entry)), nullptr)
      << "the loader knows libraries by path";
  EXPECT_EQ(copies(), 1U);
}

TEST_F(LibraryTest, FromACopyIsOneOfItsOwnEachTime) {
  const CheckedFile file = checked(place("c_module"));
  const auto first = Library::open(file, "", Library::Source::copy, private_copies_);
  const auto second = Library::open(file, "", Library::Source::copy, private_copies_);
  ASSERT_TRUE(first && second);
  EXPECT_NE((*first)->object(DH_ENTRY_SYMBOL, 1), (*second)->object(DH_ENTRY_SYMBOL, 1));
}

TEST_F(LibraryTest, ChangedBetweenCheckAndLoadIsRefused) {
  const fs::path file = place("c_module");
  const CheckedFile before = checked(file);
  place("no_entry");
  for (const auto source : {Library::Source::original, Library::Source::copy}) {
    const auto library = Library::open(before, "", source, private_copies_);
    ASSERT_FALSE(library);
    EXPECT_EQ(library.error().message, file.string() + ": changed between check and load");
  }
}

TEST_F(LibraryTest, WithUnresolvedSymbolsIsRefusedWithTheirNames) {
  const fs::path file = place("unresolved_symbol");
  const auto library = Library::open(checked(file), "", Library::Source::copy, private_copies_);
  ASSERT_FALSE(library);
  EXPECT_THAT(library.error().message,
              AllOf(HasSubstr(file.string() + ": cannot be loaded:"),
                    HasSubstr("function_that_nobody_has"), Not(HasSubstr("copies"))));
}

TEST_F(LibraryTest, GivesOnlyDataObjectsOfItsOwnThatAreLargeEnough) {
  const auto library =
      Library::open(checked(place("c_module")), "", Library::Source::copy, private_copies_);
  ASSERT_TRUE(library);
  EXPECT_EQ((*library)->object("malloc", 1), nullptr) << "of a library that it is linked to";
  EXPECT_EQ((*library)->object("absent", 1), nullptr);
  EXPECT_EQ((*library)->object(DH_ENTRY_SYMBOL, sizeof(dh_entry) + 1), nullptr);
}

}  // namespace
}  // namespace dockerhub
