#include "viewer.hpp"

#include <gmock/gmock.h>

#include <algorithm>

#include "../temporary_folder.hpp"

namespace dockerhub::rest {
namespace {

using testing::HasSubstr;

std::string viewer_header(const web::Response& response, std::string_view name) {
  const auto found =
      std::find_if(response.headers.begin(), response.headers.end(),
                   [&](const auto& header) { return web::same_name(header.first, name); });
  return found == response.headers.end() ? std::string() : found->second;
}

void write_viewer_file(const TemporaryFolder& folder, const char* name, const char* text) {
  std::ofstream(folder.path() / name) << text;
}

TEST(Viewer, FilesOfItsTableAreAnsweredOnceForEachOfTheirTags) {
  const TemporaryFolder folder;
  write_viewer_file(folder, "page.html", "the page");
  write_viewer_file(folder, "swagger-ui-bundle.js", "the viewer");
  const Viewer viewer(folder.path());
  const web::Response page = viewer.answer("/docs", "");
  EXPECT_EQ(page.status, web::status::kOk);
  EXPECT_EQ(page.body, "the page");
  EXPECT_EQ(viewer_header(page, "Content-Type"), "text/html; charset=utf-8");
  EXPECT_THAT(viewer_header(page, "Content-Security-Policy"), HasSubstr("script-src 'self';"));
  const web::Response again = viewer.answer("/docs", viewer_header(page, "ETag"));
  EXPECT_EQ(again.status, web::status::kNotModified);
  EXPECT_EQ(again.body, "");
}

TEST(Viewer, WithoutTheViewerThePageSaysSo) {
  const TemporaryFolder folder;
  write_viewer_file(folder, "page.html", "the page");
  const web::Response answer = Viewer(folder.path()).answer("/docs", "");
  EXPECT_EQ(answer.status, web::status::kNotFound);
  EXPECT_THAT(answer.body, HasSubstr("no viewer"));
}

TEST(Viewer, NoOtherPathIsItsOwn) {
  EXPECT_TRUE(Viewer::has("/docs"));
  for (const char* path : {"/docs/", "/docs/LICENSE", "/docs/../page.html", "/doc", ""})
    EXPECT_FALSE(Viewer::has(path)) << path;
}

}  // namespace
}  // namespace dockerhub::rest
