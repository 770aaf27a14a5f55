#include "tar_names.hpp"

#include <algorithm>

namespace dockerhub::cli {

std::optional<std::string> plain_name(std::string_view text) {
  if (!text.empty() && text.front() == '/') return std::nullopt;
  std::string name;
  while (!text.empty()) {
    const std::size_t slash = std::min(text.find('/'), text.size());
    const std::string_view part = text.substr(0, slash);
    text.remove_prefix(std::min(slash + 1, text.size()));
    if (part == "..") return std::nullopt;
    if (part.empty() || part == ".") continue;
    name.append(name.empty() ? "" : "/").append(part);
  }
  return name;
}

std::optional<std::string> linked_name(const std::string& name, std::string_view target) {
  if (!target.empty() && target.front() == '/') return std::nullopt;
  std::string folder = name.substr(0, name.find('/') == std::string::npos ? 0 : name.rfind('/'));
  while (target.substr(0, 3) == "../") {
    if (folder.empty()) return std::nullopt;
    folder.erase(folder.find('/') == std::string::npos ? 0 : folder.rfind('/'));
    target.remove_prefix(3);
  }
  return plain_name(folder.empty() ? std::string(target) : folder + "/" + std::string(target));
}

}  // namespace dockerhub::cli
