#include "image.hpp"

#include <algorithm>
#include <array>

#include "hub/digest_text.hpp"

namespace dockerhub::scout {
namespace {

constexpr std::string_view kDockersHost = "hub.docker.com";

struct Parts {
  std::string_view host, repository, reference;
};

bool is_host(std::string_view first) {
  return first.find_first_of(".:") != std::string_view::npos || first == "localhost";
}

bool is_dockers_host(std::string_view host) {
  constexpr std::array<std::string_view, 5> kNames = {"docker.io", "index.docker.io",
                                                      "hub.docker.com", "registry-1.docker.io",
                                                      "registry.hub.docker.com"};
  return std::find(kNames.begin(), kNames.end(), host) != kNames.end();
}

Parts parts_of(std::string_view text) {
  Parts parts;
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos && is_host(text.substr(0, slash))) {
    parts.host = text.substr(0, slash);
    text.remove_prefix(slash + 1);
  }
  parts.repository = text;
  if (const std::size_t at = text.find('@'); at != std::string_view::npos) {
    parts.reference = text.substr(at + 1);
    parts.repository = text.substr(0, at);
  }
  const std::size_t colon = parts.repository.find(':');
  if (colon == std::string_view::npos) return parts;
  if (parts.reference.empty()) parts.reference = parts.repository.substr(colon + 1);
  parts.repository = parts.repository.substr(0, colon);
  return parts;
}

std::string full_name(std::string_view repository, std::string_view organization) {
  const std::string name(repository);
  if (repository.empty() || repository.find('/') != std::string_view::npos) return name;
  return (organization.empty() ? "library" : std::string(organization)) + "/" + name;
}

}  // namespace

std::string Image::text() const {
  const std::string prefix = host == kDockersHost ? "" : host + "/";
  return prefix + repository + (is_by_digest() ? "@" : ":") + reference;
}

bool Image::has_digest() const {
  return hub::is_digest(reference);
}

bool contradicts(const ImageWords& words) {
  return !words.reference.empty() && !parts_of(words.repo).reference.empty();
}

Image image_of(const ImageWords& words, const DefaultRegistry& registry) {
  const Parts parts = parts_of(words.repo);
  const bool names_docker = is_dockers_host(parts.host);
  const bool is_dockers = parts.host.empty() ? registry.is_dockers : names_docker;
  Image image;
  image.organization = words.organization;
  image.repository =
      is_dockers ? full_name(parts.repository, words.organization) : std::string(parts.repository);
  image.in_registry = image.repository;
  // A prefix would make a name of what is none: the registry refuses an empty one.
  if (!parts.host.empty() && !image.repository.empty())
    image.in_registry.insert(0, (names_docker ? "docker.io" : std::string(parts.host)) + "/");
  image.host = kDockersHost;
  if (!is_dockers) image.host = parts.host.empty() ? registry.host : std::string(parts.host);
  image.reference = parts.reference.empty() ? words.reference : parts.reference;
  if (image.reference.empty()) image.reference = "latest";
  return image;
}

}  // namespace dockerhub::scout
