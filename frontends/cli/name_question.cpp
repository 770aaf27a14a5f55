#include "name_question.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "joined_names.hpp"
#include "json.hpp"
#include "stores.hpp"
#include "text_source.hpp"
#include "typed_place.hpp"

namespace dockerhub::cli {

namespace {

struct NamedParameter {
  std::string_view parameter, argument;
};
constexpr std::array<NamedParameter, 9> kNamedParameters{{{"namespace", "namespace"},
                                                          {"org", "org"},
                                                          {"repository", "repository"},
                                                          {"repo", "repo"},
                                                          {"from_repo", "repo"},
                                                          {"tag", "tag"},
                                                          {"reference", "reference"},
                                                          {"base_ref", "reference"},
                                                          {"target_ref", "reference"}}};

using KnownNames = std::map<std::string, std::string, std::less<>>;

std::string_view argument_of(const Parameter& parameter) {
  if (parameter.secret || !parameter.choices.empty()) return {};
  const auto found =
      std::find_if(kNamedParameters.begin(), kNamedParameters.end(),
                   [&](const NamedParameter& row) { return row.parameter == parameter.name; });
  return found == kNamedParameters.end() ? std::string_view() : found->argument;
}

// The next word may be part of this one: "acme/app".
bool holds_repository(const TypedPlace& place) {
  const std::vector<std::string>& positionals = place.action->action.positionals;
  const std::size_t next = place.given.positionals.size() + 1;
  return place.option.empty() && next < positionals.size() && positionals[next] == "repository";
}

// What the line says of namespaces and repositories. Files and standard input are not read for that.
KnownNames names_on_line(const TypedPlace& place) {
  KnownNames names;
  const auto note = [&](std::string_view name, const std::string& text) {
    const bool is_of_interest = name == "namespace" || name == "repository" || name == "repo";
    if (is_of_interest && !TextSource::refers(text))
      names.insert_or_assign(std::string(name), text);
  };
  const std::vector<std::string>& places = place.action->action.positionals;
  const std::vector<std::string>& texts = place.given.positionals;
  for (std::size_t i = 0; i < std::min(places.size(), texts.size()); ++i) note(places[i], texts[i]);
  for (const auto& [option, values] : place.given.values) note(option, values.back());
  return names;
}

std::string object_of(const KnownNames& names) {
  std::string object;
  for (const auto& [name, text] : names)
    object.append(object.empty() ? "" : ",").append(json::quote(name) + ":" + json::quote(text));
  return "{" + object + "}";
}

// "acme/app:1" asks for tags of acme/app.
void take_tag_apart(NameQuestion& question, KnownNames& known) {
  const std::size_t colon = colon_of_tag(question.value);
  if (question.argument != "repo" || colon == std::string::npos) return;
  known.insert_or_assign("repo", question.value.substr(0, colon));
  question.argument = "tag";
  question.before = question.value.substr(0, colon + 1);
  question.value.erase(0, colon + 1);
}

// Docker Hub can be asked about it: what it belongs to is known, and is no other registry's.
bool can_be_asked(const NameQuestion& question, const KnownNames& known) {
  const auto repo = known.find("repo");
  // Of "localhost:5000" the host alone is known, and nothing below it.
  if (repo != known.end() && names_registry(repo->second + "/")) return false;
  if (question.argument == "repo") return !names_registry(question.value);
  if (question.argument == "namespace" || question.argument == "org") return true;
  const bool has_namespace = known.count("namespace") != 0;
  if (question.argument == "repository") return has_namespace;
  return repo != known.end() || (has_namespace && known.count("repository") != 0);
}

ParsedOptions with_word(const TypedPlace& place, const std::string& typed) {
  ParsedOptions given = place.given;
  if (!place.option.empty()) {
    given.values[place.option].push_back(typed);
    return given;
  }
  given.positionals.push_back(typed);
  given.positionals = names_apart(place.action->action, given.positionals);
  return given;
}

}  // namespace

std::optional<NameQuestion> name_question(const Catalogue& catalogue,
                                          const std::vector<std::string>& words) {
  const std::string typed = words.empty() ? std::string() : words.back();
  const TypedPlace place = place_after(catalogue, words);
  const Parameter* parameter = parameter_at(place);
  // "-" begins an option, and stands for standard input; "oci:DIR" is no name.
  const bool is_name =
      typed.compare(0, 1, "-") != 0 && !TextSource::refers(typed) && !names_store(typed);
  if (parameter == nullptr || !is_name) return std::nullopt;
  NameQuestion question;
  question.argument = argument_of(*parameter);
  if (question.argument.empty()) return std::nullopt;
  question.value = typed;
  KnownNames known = names_on_line(place);
  take_tag_apart(question, known);
  if (question.argument == "namespace" && holds_repository(place)) question.argument = "repo";
  if (!can_be_asked(question, known)) return std::nullopt;
  question.known = object_of(known);
  question.target = place.action->tool->name + "." + place.action->action.name;
  question.action = place.action->action;
  question.given = with_word(place, typed);
  return question;
}

}  // namespace dockerhub::cli
