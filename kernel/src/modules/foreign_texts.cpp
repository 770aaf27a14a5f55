#include "modules/foreign_texts.hpp"

#include <algorithm>

#include "base/shown_json.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

void show_line(std::string& text) {
  text = visible(text);
}

void show_prose(std::string& text) {
  text = visible(text, true);
}

void show_action(Action& action) {
  for (std::string* line :
       {&action.title, &action.summary, &action.confirm_text, &action.confirm_target,
        &action.deprecated_since, &action.deprecated_use})
    show_line(*line);
  show_prose(action.description);
  for (Parameter& parameter : action.parameters) {
    show_prose(parameter.description);
    parameter.example_json = json::with_visible_texts(parameter.example_json);
  }
  for (std::string& example : action.examples) example = json::with_visible_texts(example);
  if (!action.input_schema.empty())
    action.input_schema = json::with_visible_words(action.input_schema);
}

void show_tool(Tool& tool, const std::string& publisher) {
  show_line(tool.title);
  show_line(tool.summary);
  show_prose(tool.description);
  tool.publisher = publisher;
  std::vector<Action> actions = tool.actions.all();
  for (Action& action : actions) show_action(action);
  tool.actions = std::move(actions);
}

void show_resources(std::vector<ResourceInfo>& resources) {
  for (ResourceInfo& resource : resources) {
    show_line(resource.name);
    show_line(resource.title);
    show_prose(resource.description);
  }
}

void show_prompt(PromptInfo& prompt) {
  show_line(prompt.title);
  show_prose(prompt.description);
  for (PromptArgument& argument : prompt.arguments) show_prose(argument.description);
}

bool has_hidden(const std::string& line) {
  return visible(line) != line;
}

bool has_hidden(const std::vector<std::string>& lines) {
  return std::any_of(lines.begin(), lines.end(),
                     [](const std::string& line) { return has_hidden(line); });
}

bool has_hidden(const Parameter& parameter) {
  return has_hidden(parameter.pattern) || has_hidden(parameter.format) ||
         has_hidden(parameter.choices) || json::hides_something(parameter.default_json);
}

bool has_hidden(const Action& action) {
  const auto& parameters = action.parameters;
  const auto& conditions = action.effect_conditions;
  return has_hidden(action.answer.columns) || json::hides_something(action.input_schema) ||
         std::any_of(parameters.begin(), parameters.end(),
                     [](const Parameter& parameter) { return has_hidden(parameter); }) ||
         std::any_of(conditions.begin(), conditions.end(), [](const EffectCondition& condition) {
           return json::hides_something(condition.equals_json);
         });
}

// What has no words and may not be changed either.
Result<void> check_values(const Manifest& manifest) {
  for (const Tool& tool : manifest.tools) {
    for (const Action& action : tool.actions) {
      if (!has_hidden(action)) continue;
      return refuse_manifest(
          "manifest: characters hide in the values of " + tool.name + "." + action.name,
          kAskAuthor);
    }
  }
  for (const auto* resources : {&manifest.resources, &manifest.resource_templates}) {
    for (const ResourceInfo& resource : *resources) {
      if (!has_hidden(resource.uri) && !has_hidden(resource.media_type)) continue;
      return refuse_manifest("manifest: characters hide in the URI or media type of a resource",
                             kAskAuthor);
    }
  }
  return {};
}

}  // namespace

Result<void> show_foreign_texts(Manifest& manifest) {
  for (std::string* line :
       {&manifest.version, &manifest.title, &manifest.publisher, &manifest.license})
    show_line(*line);
  show_prose(manifest.description);
  const std::string publisher =
      manifest.publisher.empty() ? "an unnamed publisher" : manifest.publisher;
  for (Tool& tool : manifest.tools) show_tool(tool, publisher);
  show_resources(manifest.resources);
  show_resources(manifest.resource_templates);
  for (PromptInfo& prompt : manifest.prompts) show_prompt(prompt);
  return check_values(manifest);
}

}  // namespace dockerhub
