#include "dynamic_tools.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "contents.hpp"
#include "server/error_envelope.hpp"
#include "tool_arguments.hpp"
#include "tool_list.hpp"
#include "tool_schema.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::string_view kSearch = "search_actions";
constexpr std::string_view kDescribe = "describe_action";
constexpr std::string_view kCall = "call_action";
constexpr std::size_t kMostFound = 25;

struct DynamicTool {
  std::string_view name, description, input_schema;
};

// An object has to have properties for some services, so that `params` names one of the many.
constexpr auto kTools = std::to_array<DynamicTool>({
    {kSearch,
     "Finds actions of Docker Hub and registries by words; no words: all tools with their actions' "
     "names.",
     R"({"type":"object","properties":{"query":{"type":"string",)"
     R"("description":"Words, such as: delete tag"}}})"},
    {kDescribe, "The parameters of an action, exactly.",
     R"({"type":"object","properties":{"tool":{"type":"string"},"action":{"type":"string",)"
     R"("description":"Left out: all actions of the tool"}},"required":["tool"]})"},
    {kCall, "Runs an action that search_actions found.",
     R"({"type":"object","properties":{"tool":{"type":"string"},"action":{"type":"string"},)"
     R"("params":{"type":"object","description":"Those that describe_action tells",)"
     R"("properties":{"name":{"type":"string"}}},"params_json":{"type":"string"},)"
     R"("dry_run":{"type":"boolean"},"all_pages":{"type":"boolean"},"max_items":)"
     R"({"type":"integer","minimum":1},"fields":{"type":"array","items":{"type":"string"}},)"
     R"("timeout_ms":{"type":"integer","minimum":1}},"required":["tool","action"]})"},
});

constexpr std::string_view kFindsOnly = R"({"readOnlyHint":true,"openWorldHint":false})";

// What the worst of the tools can do is what a call can do.
void put_hints(json::Writer& writer, const DynamicTool& tool, Effect worst) {
  if (tool.name == kCall) return put_annotations(writer, {worst, false});
  json::put_raw(writer, kFindsOnly);
}

void put_dynamic_tool(json::Writer& writer, const DynamicTool& tool, Effect worst,
                      bool structured) {
  writer.StartObject();
  json::put_member(writer, "name", tool.name);
  json::put_member(writer, "description", tool.description);
  writer.Key("inputSchema");
  json::put_raw(writer, tool.input_schema);
  writer.Key("annotations");
  put_hints(writer, tool, worst);
  if (structured) put_output_schema(writer);
  writer.EndObject();
}

std::string lowered(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return lower;
}

std::vector<std::string> words_of(std::string_view query) {
  std::vector<std::string> words(1);
  for (const char letter : lowered(query)) {
    if (std::isalnum(static_cast<unsigned char>(letter)) != 0) {
      words.back() += letter;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

// How many of the words stand in the action; those in its name count double.
int score(const Tool& tool, const Action& action, const std::vector<std::string>& words) {
  const std::string name = lowered(tool.name + " " + action.name);
  const std::string text = lowered(action.summary + " " + action.title + " " + tool.summary);
  int points = 0;
  for (const std::string& word : words) {
    if (name.find(word) != std::string::npos) points += 2;
    if (text.find(word) != std::string::npos) ++points;
  }
  return points;
}

struct Found {
  int points;
  const Tool* tool;
  const Action* action;
};

std::vector<Found> search(const std::vector<Tool>& tools, const std::vector<std::string>& words) {
  std::vector<Found> found;
  for (const Tool& tool : tools) {
    for (const Action& action : tool.actions) {
      if (const int points = score(tool, action, words); points > 0)
        found.push_back({points, &tool, &action});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& one, const Found& other) { return one.points > other.points; });
  if (found.size() > kMostFound) found.resize(kMostFound);
  return found;
}

std::string found_json(const std::vector<Found>& found) {
  return json::object([&](json::Writer& writer) {
    writer.Key("actions");
    writer.StartArray();
    for (const Found& each : found) {
      writer.StartObject();
      json::put_member(writer, "tool", each.tool->name);
      json::put_member(writer, "action", action_line(*each.action));
      writer.EndObject();
    }
    writer.EndArray();
  });
}

std::string names_json(const std::vector<Tool>& tools) {
  return json::object([&](json::Writer& writer) {
    for (const Tool& tool : tools) {
      json::put_key(writer, tool.name);
      writer.StartArray();
      for (const Action& action : tool.actions) json::put(writer, action.name);
      writer.EndArray();
    }
  });
}

ToolView::Call answered(const std::string& data) {
  CallResult result;
  result.envelope = R"({"status_code":200,"data":)" + data + "}";
  return {std::nullopt, std::move(result)};
}

ToolView::Call refused(ErrorKind kind, std::string_view parameter, std::string message) {
  Error error;
  error.kind = kind;
  error.parameter = parameter;
  error.message = std::move(message);
  error.hint = "search_actions finds tools and actions.";
  CallResult result;
  result.envelope = server::error_envelope(error);
  result.error = std::move(error);
  return {std::nullopt, std::move(result)};
}

const Tool* tool_of(const std::vector<Tool>& tools, std::string_view name) {
  const auto found =
      std::find_if(tools.begin(), tools.end(), [&](const Tool& each) { return each.name == name; });
  return found == tools.end() ? nullptr : &*found;
}

ToolView::Call described(const Tool& tool, std::string_view action) {
  CallRequest request;
  request.tool = tool.name;
  request.action = kDescribeAction;
  if (!action.empty()) {
    request.params = json::object(
        [&](json::Writer& writer) { json::put_member(writer, argument::kAction, action); });
  }
  return {std::move(request), std::nullopt};
}

ToolView::Call called(const Tool& tool, const json::Value& arguments, const Tool* told) {
  json::Document rest = json::copy(arguments);
  rest.RemoveMember("tool");
  auto request = read_tool_arguments(tool.name, &rest, told);
  if (!request) {
    CallResult result;
    result.envelope = server::error_envelope(request.error());
    result.error = std::move(request.error());
    return {std::nullopt, std::move(result)};
  }
  return {std::move(*request), std::nullopt};
}

}  // namespace

void put_dynamic_tools(json::Writer& writer, const std::vector<Tool>& tools, bool structured) {
  Effect worst = Effect::read;
  for (const Tool& tool : tools) worst = std::max(worst, worst_effect(tool));
  for (const DynamicTool& tool : kTools) put_dynamic_tool(writer, tool, worst, structured);
}

ToolView::Call dynamic_call(const FoundAndCalled& tools, std::string_view name,
                            const json::Value* arguments) {
  if (name == kSearch) {
    const auto words = words_of(json::text_of(arguments, "query"));
    return answered(words.empty() ? names_json(tools.found)
                                  : found_json(search(tools.found, words)));
  }
  if (name != kDescribe && name != kCall) return {};
  const Tool* tool =
      tool_of(name == kDescribe ? tools.found : tools.called, json::text_of(arguments, "tool"));
  if (tool == nullptr) {
    return refused(ErrorKind::parameter, "tool",
                   "there is no tool '" + visible(json::text_of(arguments, "tool")) + "'");
  }
  if (name == kDescribe) return described(*tool, json::text_of(arguments, argument::kAction));
  return called(*tool, *arguments, tool_of(tools.found, tool->name));
}

}  // namespace dockerhub::mcp
