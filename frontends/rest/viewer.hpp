// The page that shows the OpenAPI document in a browser: files of the installation, of a fixed table. Immutable;
// any thread. The files hold nothing of an account, so that anybody may have them; the page asks for the document
// itself, with the token that a person gave it.
#pragma once

#include <filesystem>
#include <string_view>
#include <utility>

#include "http/message.hpp"

namespace dockerhub::rest {

class Viewer {
 public:
  // folder: where the files lie; it need not be there.
  explicit Viewer(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // The folder of the installation that this program belongs to.
  static std::filesystem::path installed_folder();
  // Whether a request with that path is for it.
  static bool has(std::string_view path);

  // To a GET. Reads a file: not on the loop's thread. 404 where the installation has no viewer. if_none_match: the
  // header, or empty.
  web::Response answer(std::string_view path, std::string_view if_none_match) const;

 private:
  const std::filesystem::path folder_;
};

}  // namespace dockerhub::rest
