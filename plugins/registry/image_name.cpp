#include "image_name.hpp"

#include <array>
#include <utility>

#include "characters.hpp"
#include "hub/composed.hpp"
#include "hub/contains.hpp"

namespace dockerhub::registry {
namespace {

constexpr std::size_t kMostName = 255;  // of host, "/" and repository
constexpr std::size_t kMostTag = 128;
constexpr std::string_view kDockers = "registry-1.docker.io";
constexpr std::array<std::string_view, 3> kDockersNames = {"docker.io", "index.docker.io",
                                                           kDockers};

Failed wrong_name(std::string_view message) {
  return wrong_parameter(
      "repo", message,
      "Write it like library/alpine or registry.example.com:5000/team/app, in lower case.");
}

bool is_host_part(std::string_view first) {
  return first == "localhost" || first.find_first_of(".:") != std::string_view::npos;
}

bool is_port(std::string_view text) {
  constexpr std::size_t kMostDigits = 5;
  return !text.empty() && text.size() <= kMostDigits && all_of(text, is_digit);
}

// A name or IPv4 address, or an IPv6 address in brackets.
bool is_host_name(std::string_view text) {
  if (text.size() > 2 && text.front() == '[' && text.back() == ']') {
    return all_of(text.substr(1, text.size() - 2),
                  [](char c) { return is_lower_hex(c) || c == ':' || c == '.'; });
  }
  return !text.empty() && is_lower_alnum(text.front()) && is_lower_alnum(text.back()) &&
         all_of(text, [](char c) { return is_lower_alnum(c) || c == '.' || c == '-'; });
}

bool is_host(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  const bool has_port = colon != std::string_view::npos && text.back() != ']';
  if (!has_port) return is_host_name(text);
  return is_host_name(text.substr(0, colon)) && is_port(text.substr(colon + 1));
}

// What may stand between two runs of letters and digits: one ".", one or two "_", any number of "-".
bool is_separator(std::string_view text) {
  return text == "." || text == "_" || text == "__" ||
         all_of(text, [](char c) { return c == '-'; });
}

bool is_component(std::string_view text) {
  if (text.empty() || !is_lower_alnum(text.front()) || !is_lower_alnum(text.back())) return false;
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && is_lower_alnum(text[at])) ++at;
    const std::size_t begin = at;
    while (at < text.size() && !is_lower_alnum(text[at])) ++at;
    if (!is_separator(text.substr(begin, at - begin))) return false;
  }
  return true;
}

bool is_repository(std::string_view text) {
  while (true) {
    const std::size_t slash = text.find('/');
    if (!is_component(text.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    text.remove_prefix(slash + 1);
  }
}

std::string_view without_slashes(std::string_view text) {
  while (!text.empty() && text.front() == '/') text.remove_prefix(1);
  while (!text.empty() && text.back() == '/') text.remove_suffix(1);
  return text;
}

struct Where {
  std::string host, registry;
  bool is_dockers = false;
};

Where configured_one(const ConfiguredRegistry& configured) {
  return {"", lower_case(configured.host), configured.is_dockers};
}

Where where(const std::string& host, const ConfiguredRegistry& configured) {
  if (host == lower_case(configured.host)) return configured_one(configured);
  if (!hub::contains(kDockersNames, host)) return {host, host, false};
  if (configured.is_dockers) return configured_one(configured);
  return {std::string(kDockers), std::string(kDockers), true};
}

// Takes the tag and digest off the end of a name.
Checked<std::optional<Reference>> take_reference(std::string_view& name) {
  std::string_view digest;
  if (const std::size_t at = name.find('@'); at != std::string_view::npos) {
    digest = name.substr(at + 1);
    name = name.substr(0, at);
    const auto parsed = DigestName::parse(digest);
    if (!parsed)
      return wrong_name(hub::composed("has no digest after the @: {}", {quoted(digest)}));
  }
  std::string_view tag;
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    tag = name.substr(colon + 1);
    name = name.substr(0, colon);
    if (!is_tag(tag))
      return wrong_name(hub::composed("has no tag after the colon: {}", {quoted(tag)}));
  }
  if (!digest.empty()) return Reference::of(*DigestName::parse(digest));
  if (!tag.empty()) return Reference::of_tag(tag);
  return std::optional<Reference>();
}

}  // namespace

bool is_tag(std::string_view text) {
  const auto is_word = [](char c) { return is_alnum(c) || c == '_'; };
  return !text.empty() && text.size() <= kMostTag && is_word(text.front()) &&
         all_of(text, [&](char c) { return is_word(c) || c == '.' || c == '-'; });
}

Reference Reference::of(DigestName digest) {
  Reference reference;
  reference.text_ = digest.text();
  reference.digest_ = std::move(digest);
  return reference;
}

Reference Reference::of_tag(std::string_view tag) {
  Reference reference;
  reference.text_ = tag;
  return reference;
}

Checked<Reference> Reference::parse(const char* parameter, std::string_view text) {
  const std::size_t at = text.find('@');
  const bool has_both = at != std::string_view::npos && is_tag(text.substr(0, at));
  const std::string_view decides = has_both ? text.substr(at + 1) : text;
  if (decides.find(':') != std::string_view::npos || has_both) {
    auto digest = DigestName::of_parameter(parameter, decides);
    if (!digest) return Failed(std::move(digest).error());
    return of(*digest);
  }
  if (is_tag(decides)) return of_tag(decides);
  return wrong_parameter(parameter,
                         hub::composed("is neither a tag nor a digest: {}", {quoted(text)}),
                         "A tag is a letter, digit or _ and up to 127 of those, . and -; a digest "
                         "is like sha256:9f86d0...");
}

Checked<ImageName> ImageName::parse(std::string_view text, const ConfiguredRegistry& configured) {
  std::string_view rest = without_slashes(text);
  Where at = configured_one(configured);
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos && is_host_part(rest.substr(0, slash))) {
    const std::string host = lower_case(rest.substr(0, slash));
    if (!is_host(host)) return wrong_name(hub::composed("begins with no host: {}", {quoted(host)}));
    at = where(host, configured);
    rest = without_slashes(rest.substr(slash));
  }
  ImageName name;
  auto embedded = take_reference(rest);
  if (!embedded) return Failed(std::move(embedded).error());
  if (!is_repository(rest))
    return wrong_name(hub::composed("is no name of a repository: {}", {quoted(rest)}));
  const bool is_short = rest.find('/') == std::string_view::npos;
  name.repository = (at.is_dockers && is_short ? "library/" : "") + std::string(rest);
  name.is_dockers = at.is_dockers;
  name.host = std::move(at.host);
  name.registry = std::move(at.registry);
  name.embedded = std::move(*embedded);
  if (name.registry.size() + 1 + name.repository.size() > kMostName)
    return wrong_name("is longer than 255 characters with its registry");
  return name;
}

Checked<std::string> request_host(std::string_view text, const ConfiguredRegistry& configured) {
  const std::string host = lower_case(text);
  if (is_host(host)) return where(host, configured).host;
  return wrong_parameter("registry", hub::composed("is no host[:port]: {}", {quoted(text)}),
                         "Write it like registry.example.com:5000, without https://.");
}

Checked<Reference> one_reference(const ImageName& name, std::optional<std::string_view> parameter) {
  if (!parameter) return name.embedded.value_or(Reference::of_tag("latest"));
  if (!name.embedded) return Reference::parse("reference", *parameter);
  return wrong_parameter(
      "repo", hub::composed("names {} beside 'reference'", {quoted(name.embedded->text())}),
      "Say what is meant once: in 'repo' or in 'reference'.");
}

}  // namespace dockerhub::registry
