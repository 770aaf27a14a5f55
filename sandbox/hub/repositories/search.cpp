#include <algorithm>
#include <array>
#include <set>

#include "hub/repositories/handlers.hpp"
#include "registry/names.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::int64_t kMostSize = 100;
constexpr std::int64_t kSize = 25;
constexpr std::int64_t kMostFrom = 10'000;

JsonText labelled(const std::set<std::string>& names) {
  std::vector<JsonText> list;
  for (const std::string& name : names)
    list.push_back(JsonText::object({{"name", name}, {"label", name}}));
  return JsonText::array(list);
}

std::string badge_of(const Repository& repository) {
  return namespace_of(repository.name) == "library" ? "official" : "none";
}

struct Platforms {
  std::set<std::string> systems, architectures;
};

Platforms platforms_of(const Repository& repository) {
  Platforms found;
  for (const auto& [digest, manifest] : repository.manifests) {
    for (const Descriptor& child : manifest.children) {
      if (!child.platform || child.platform->os == "unknown") continue;
      found.systems.insert(child.platform->os);
      found.architectures.insert(child.platform->architecture);
    }
  }
  return found;
}

// Whether one of the values of a comma list is among those of the repository; an absent list fits all.
bool has_one_of(const Query& query, std::string_view name, const std::set<std::string>& values) {
  const std::string list = query.text(name);
  if (list.empty()) return true;
  std::size_t first = 0;
  while (first <= list.size()) {
    const std::size_t comma = std::min(list.find(',', first), list.size());
    if (values.contains(list.substr(first, comma - first))) return true;
    first = comma + 1;
  }
  return false;
}

bool is_found(const Query& query, const Repository& repository) {
  if (repository.is_private) return false;
  const std::string text = query.text("query");
  if (repository.name.find(text) == std::string::npos &&
      repository.description.find(text) == std::string::npos)
    return false;
  const Platforms platforms = platforms_of(repository);
  return has_one_of(query, "badges", {badge_of(repository)}) &&
         has_one_of(query, "type", {"image"}) && query.text("categories").empty() &&
         has_one_of(query, "operating_systems", platforms.systems) &&
         has_one_of(query, "architectures", platforms.architectures);
}

JsonText result(const Repository& repository) {
  const std::string publisher = namespace_of(repository.name);
  const Platforms platforms = platforms_of(repository);
  return JsonText::object(
      {{"id", std::to_string(repository.id)},
       {"name", repository.name},
       {"slug", repository.name},
       {"type", "image"},
       {"publisher", JsonText::object({{"id", publisher}, {"name", publisher}})},
       {"created_at", rfc3339(repository.registered)},
       {"updated_at", rfc3339(repository.updated)},
       {"short_description", repository.description},
       {"badge", badge_of(repository)},
       {"star_count", 0},
       {"pull_count", std::to_string(repository.pulls)},
       {"logo_url", nullptr},
       {"operating_systems", labelled(platforms.systems)},
       {"architectures", labelled(platforms.architectures)},
       {"categories", JsonText::array({})},
       {"extension_reviewed", false},
       {"archived", false}});
}

struct Sorting {
  std::string_view name;
  std::uint64_t (*key)(const Repository& repository);
};
constexpr std::array<Sorting, 2> kSortings = {{
    {"pull_count", [](const Repository& repository) { return repository.pulls; }},
    {"updated_at",
     [](const Repository& repository) { return static_cast<std::uint64_t>(repository.updated); }},
}};

void sort_results(const Query& query, std::vector<const Repository*>& list) {
  const std::string wanted = query.text("sort");
  const bool ascending = query.text("order") == "asc";
  for (const Sorting& sorting : kSortings) {
    if (sorting.name != wanted) continue;
    std::stable_sort(list.begin(), list.end(), [&](const Repository* one, const Repository* other) {
      const auto left = sorting.key(*one), right = sorting.key(*other);
      return ascending ? left < right : right < left;
    });
  }
}

std::optional<std::int64_t> number(const Query& query, std::string_view name, std::int64_t fallback,
                                   std::int64_t most) {
  const auto text = query.value(name);
  const auto value = text ? to_number(*text) : std::optional<std::int64_t>(fallback);
  return value && *value >= 0 && *value <= most ? value : std::nullopt;
}

}  // namespace

Answer search_repositories(HubCall& call) {
  const auto from = number(call.query, "from", 0, kMostFrom);
  const auto size = number(call.query, "size", kSize, kMostSize);
  if (!from || !size) return hub_error(400, "from and size have to be numbers in their range");
  std::vector<const Repository*> found;
  for (const auto& [name, repository] : call.world.store.repositories()) {
    if (is_found(call.query, repository)) found.push_back(&repository);
  }
  sort_results(call.query, found);
  const auto total = static_cast<std::int64_t>(found.size());
  std::vector<JsonText> results;
  for (std::int64_t i = *from; i < std::min(*from + *size, total); ++i)
    results.push_back(result(*found[static_cast<std::size_t>(i)]));
  return json_answer(200,
                     JsonText::object({{"total", total}, {"results", JsonText::array(results)}}));
}

}  // namespace dockerhub::sandbox
