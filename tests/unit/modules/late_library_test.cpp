// Libraries that only some calls need: found and of the very same build, or an error that says
// what to do.
#include "dockerhub/late_library.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "../temporary_folder.hpp"
#include "http/tls_context.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class LateLibraryTest : public testing::Test {
 protected:
  // A test module in this test's folder: a full path is taken as it is.
  std::string place(const std::string& module) const {
    const fs::path file = folder_.path() / (module + ".so");
    fs::copy_file(fs::path(DOCKERHUB_TEST_MODULES_DIR) / (module + ".so"), file);
    fs::permissions(file, static_cast<fs::perms>(0755));
    return file.string();
  }

  static Error refusal(const std::string& file, const char* symbol = "no_such_symbol") {
    const auto found = late_symbol({file.c_str(), symbol, "a test"});
    EXPECT_FALSE(found) << file;
    return found ? Error() : found.error();
  }

  TemporaryFolder folder_;
};

TEST_F(LateLibraryTest, ThatIsMissingIsNamedWithWhatItIsFor) {
  const Error error = refusal("libdockerhub_absent.so");
  EXPECT_EQ(error.kind, ErrorKind::configuration);
  EXPECT_THAT(error.message, AllOf(StartsWith("a test is not possible: /"),
                                   EndsWith("/dockerhub/libdockerhub_absent.so is missing")));
  EXPECT_EQ(error.hint, "Install dockerhub anew.");
}

TEST_F(LateLibraryTest, ThatLacksWhatItNeedsIsRefusedWithTheLoadersWords) {
  const Error error = refusal(place("unresolved_symbol"));
  EXPECT_EQ(error.kind, ErrorKind::configuration);
  EXPECT_THAT(error.message,
              AllOf(StartsWith("a test is not possible: "), HasSubstr("function_that_nobody_has")));
  EXPECT_EQ(error.hint, "Install what is missing.");
}

TEST_F(LateLibraryTest, WithoutTheSymbolIsOfAnotherVersion) {
  const std::string file = place("c_module");
  const Error error = refusal(file);
  EXPECT_EQ(error.kind, ErrorKind::configuration);
  EXPECT_EQ(error.message, "a test is not possible: " + file + " is of another version");
  EXPECT_EQ(error.hint, "Install dockerhub anew.");
}

TEST_F(LateLibraryTest, ThatOthersMayChangeIsNotLoaded) {
  const std::string file = place("c_module");
  fs::permissions(file, static_cast<fs::perms>(0777));
  const Error error = refusal(file, "dockerhub_module_entry");
  EXPECT_EQ(error.kind, ErrorKind::module_fault);
  EXPECT_EQ(error.message, file + ": writable by others");
}

TEST_F(LateLibraryTest, IsOfTheVeryBuildThatWantsIt) {
  constexpr LateLibrary kTls = {"libdockerhub_tls.so", http::kTlsLibrarySymbol, "https"};
  const auto of_its_own_build = [&] {
    const auto* exports = static_cast<const http::TlsLibrary*>(late_symbol(kTls).value());
    return load_late<http::TlsLibrary>(kTls, exports->build);
  }();
  EXPECT_TRUE(of_its_own_build);
  const auto of_another = load_late<http::TlsLibrary>(kTls, "0.0.0-other");
  ASSERT_FALSE(of_another);
  EXPECT_EQ(of_another.error().kind, ErrorKind::configuration);
  EXPECT_EQ(of_another.error().message,
            "https is not possible: libdockerhub_tls.so is of another version");
}

}  // namespace
}  // namespace dockerhub
