#include "credentials/scope.hpp"

#include <algorithm>

namespace dockerhub {
namespace {

constexpr std::size_t kMostResources = 64;
constexpr std::size_t kMostActions = 32;

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

Scopes::Scopes(std::string_view text) {
  for (const std::string& part : split(text, ' ')) {
    const std::size_t last = part.rfind(':');
    if (last == std::string::npos || last == part.find(':')) {
      add(part, {});
      continue;
    }
    const std::vector<std::string> actions = split(std::string_view(part).substr(last + 1), ',');
    // The colon stays, so that a resource without actions differs from a part without colons.
    add(part.substr(0, last + 1), Actions(actions.begin(), actions.end()));
  }
}

void Scopes::add(const std::string& resource, const Actions& actions) {
  if (resources_.size() >= kMostResources && resources_.count(resource) == 0) return;
  Actions& held = resources_[resource];
  for (const std::string& action : actions) {
    if (held.size() < kMostActions) held.insert(action);
  }
}

void Scopes::unite(const Scopes& other) {
  for (const auto& [resource, actions] : other.resources_) add(resource, actions);
}

bool Scopes::covers(const Scopes& other) const {
  return std::all_of(other.resources_.begin(), other.resources_.end(), [this](const auto& needed) {
    const auto held = resources_.find(needed.first);
    if (held == resources_.end()) return false;
    return held->second.count("*") > 0 || std::includes(held->second.begin(), held->second.end(),
                                                        needed.second.begin(), needed.second.end());
  });
}

std::vector<std::string> Scopes::parts() const {
  std::vector<std::string> parts;
  parts.reserve(resources_.size());
  for (const auto& [resource, actions] : resources_) {
    std::string part = resource;
    for (const std::string& action : actions) {
      if (part.back() != ':') part += ',';
      part += action;
    }
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string Scopes::text() const {
  std::string text;
  for (const std::string& part : parts()) (text += text.empty() ? "" : " ") += part;
  return text;
}

}  // namespace dockerhub
