#include "routes.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace dockerhub::rest {
namespace {

constexpr std::size_t kShortestStem = 3;

// First segments that are routes of the server itself.
constexpr std::array<std::string_view, 2> kOwn = {"tools", "approvals"};

bool begins(std::string_view text, std::string_view begin) {
  return text.substr(0, begin.size()) == begin;
}

// "v2", "2.0"
bool is_version(std::string_view word) {
  if (!word.empty() && word.front() == 'v') word.remove_prefix(1);
  return !word.empty() && std::isdigit(static_cast<unsigned char>(word.front())) != 0 &&
         word.find_first_not_of("0123456789.") == word.npos;
}

// "repo" of "hub_repos"
std::string_view stem_of(std::string_view tool) {
  constexpr std::string_view kHub = "hub_";
  if (begins(tool, kHub)) tool.remove_prefix(kHub.size());
  if (!tool.empty() && tool.back() == 's') tool.remove_suffix(1);
  return tool;
}

bool repeats(std::string_view stem, std::string_view word) {
  return stem.size() >= kShortestStem && begins(word, stem);
}

bool is_plural(std::string_view word, std::string_view name) {
  if (word == std::string(name) + "s") return true;
  return !name.empty() && name.back() == 'y' &&
         word == std::string(name.substr(0, name.size() - 1)) + "ies";
}

std::vector<Segment> segments_of(std::string_view path) {
  std::vector<Segment> segments;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    path.remove_prefix(std::min(end + 1, path.size()));
    if (part.empty()) continue;
    const bool is_parameter = part.size() > 2 && part.front() == '{' && part.back() == '}';
    segments.push_back(
        {std::string(is_parameter ? part.substr(1, part.size() - 2) : part), is_parameter});
  }
  return segments;
}

bool has_route(const Action& action) {
  const bool is_safe = action.rest_method == "GET";
  return !action.rest_path.empty() && action.rest_method != "HEAD" && !needs_store(action) &&
         (!is_safe || action.worst_effect() == Effect::read);
}

bool same_shape(const Route& one, const Route& other) {
  return one.tool == other.tool &&
         std::equal(one.segments.begin(), one.segments.end(), other.segments.begin(),
                    other.segments.end(), [](const Segment& a, const Segment& b) {
                      return a.is_parameter == b.is_parameter &&
                             (a.is_parameter || a.text == b.text);
                    });
}

// Whether no request could tell them apart, or no document: one path has one set of names.
bool clash(const Route& one, const Route& other) {
  return same_shape(one, other) && (one.method == other.method || one.path() != other.path());
}

bool fits(const Route& route, const std::vector<std::string>& path) {
  return path.size() == route.segments.size() + 1 && path.front() == route.tool &&
         std::equal(route.segments.begin(), route.segments.end(), path.begin() + 1,
                    [](const Segment& segment, const std::string& text) {
                      return segment.is_parameter ? !text.empty() : segment.text == text;
                    });
}

bool is_stronger(const Route& one, const Route& other) {
  return std::lexicographical_compare(
      one.segments.begin(), one.segments.end(), other.segments.begin(), other.segments.end(),
      [](const Segment& a, const Segment& b) { return !a.is_parameter && b.is_parameter; });
}

}  // namespace

std::string Route::path() const {
  std::string text = "/v1/" + tool;
  for (const Segment& segment : segments)
    text += segment.is_parameter ? "/{" + segment.text + "}" : "/" + segment.text;
  return text;
}

std::vector<Segment> resource_path(std::string_view tool, std::string_view row_path) {
  const std::string_view stem = stem_of(tool);
  std::vector<Segment> left = segments_of(row_path);
  std::erase_if(left, [&](const Segment& segment) {
    return !segment.is_parameter &&
           (segment.text == "api" || is_version(segment.text) || repeats(stem, segment.text));
  });
  const bool names_parameter = left.size() > 1 && !left[0].is_parameter && left[1].is_parameter &&
                               is_plural(left[0].text, left[1].text);
  if (names_parameter) left.erase(left.begin());
  return left;
}

Routes::Routes(const Catalogue& catalogue) {
  for (const Tool& tool : catalogue.tools) {
    if (std::find(kOwn.begin(), kOwn.end(), tool.name) != kOwn.end()) continue;
    for (const Action& action : tool.actions) {
      if (!has_route(action)) continue;
      Route route{action.rest_method, resource_path(tool.name, action.rest_path), tool.name,
                  action.name};
      const bool taken = std::any_of(routes_.begin(), routes_.end(),
                                     [&](const Route& each) { return clash(each, route); });
      if (!route.segments.empty() && !taken) routes_.push_back(std::move(route));
    }
  }
}

Routes::Match Routes::find(std::string_view method, const std::vector<std::string>& path) const {
  Match match;
  for (const Route& route : routes_) {
    if (!fits(route, path)) continue;
    if (match.allowed.find(route.method) == std::string::npos)
      match.allowed += (match.allowed.empty() ? "" : ", ") + route.method;
    const bool better = match.route == nullptr || is_stronger(route, *match.route);
    if (route.method == method && better) match.route = &route;
  }
  if (match.route == nullptr) return match;
  for (std::size_t at = 0; at < match.route->segments.size(); ++at) {
    const Segment& segment = match.route->segments[at];
    if (segment.is_parameter) match.parameters.emplace_back(segment.text, path[at + 1]);
  }
  return match;
}

}  // namespace dockerhub::rest
