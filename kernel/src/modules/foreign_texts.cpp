#include "modules/foreign_texts.hpp"

#include "base/shown_json.hpp"

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
  for (Parameter& parameter : action.parameters) show_prose(parameter.description);
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

}  // namespace

void show_foreign_texts(Manifest& manifest) {
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
}

}  // namespace dockerhub
