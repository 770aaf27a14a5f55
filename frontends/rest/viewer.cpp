#include "viewer.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include "answer.hpp"
#include "problem.hpp"
#include "server/hex.hpp"

namespace dockerhub::rest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kFileTagBytes = 32;

struct ViewerFile {
  std::string_view path;  // of the request
  const char* name;       // in the folder
  const char* media_type;
};

constexpr auto kViewerFiles = std::to_array<ViewerFile>({
    {"/docs", "page.html", "text/html; charset=utf-8"},
    {"/docs/page.css", "page.css", "text/css; charset=utf-8"},
    {"/docs/page.js", "page.js", "text/javascript; charset=utf-8"},
    {"/docs/swagger-ui.css", "swagger-ui.css", "text/css; charset=utf-8"},
    {"/docs/swagger-ui-bundle.js", "swagger-ui-bundle.js", "text/javascript; charset=utf-8"},
});

constexpr auto kViewerHeaders = std::to_array<std::pair<const char*, const char*>>({
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src "
     "'self'; "
     "form-action 'none'; frame-ancestors 'none'; base-uri 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
});

const ViewerFile* find_viewer_file(std::string_view path) {
  const auto* const found = std::find_if(kViewerFiles.begin(), kViewerFiles.end(),
                                         [&](const ViewerFile& file) { return file.path == path; });
  return found == kViewerFiles.end() ? nullptr : found;
}

std::optional<std::string> viewer_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (file.bad() || text.empty()) return std::nullopt;
  return text;
}

}  // namespace

fs::path Viewer::installed_folder() {
  std::error_code unknown;
  const fs::path program = fs::canonical("/proc/self/exe", unknown);
  return unknown ? fs::path() : program.parent_path().parent_path() / "share/dockerhub/viewer";
}

bool Viewer::has(std::string_view path) {
  return find_viewer_file(path) != nullptr;
}

web::Response Viewer::answer(std::string_view path, std::string_view if_none_match) const {
  const ViewerFile* file = find_viewer_file(path);
  const bool is_here = file != nullptr && !folder_.empty();
  auto text = is_here ? viewer_text(folder_ / file->name) : std::nullopt;
  // The page without the viewer would be an empty one.
  std::error_code ignored;
  if (!text || !fs::exists(folder_ / "swagger-ui-bundle.js", ignored)) {
    return problem(web::status::kNotFound,
                   "This installation has no viewer: it was built without the npm package of "
                   "frontends/rest/viewer. GET /openapi.json has what it would show.",
                   path);
  }
  const std::string tag = '"' + server::sha256_hex(*text, kFileTagBytes) + '"';
  web::Response response{web::status::kOk, {{"Content-Type", file->media_type}}, std::move(*text)};
  for (const auto& [name, value] : kViewerHeaders) response.headers.emplace_back(name, value);
  put_tag(response, tag, if_none_match);
  return response;
}

}  // namespace dockerhub::rest
