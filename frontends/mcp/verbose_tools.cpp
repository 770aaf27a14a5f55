#include "verbose_tools.hpp"

#include "tool_arguments.hpp"
#include "tool_list.hpp"
#include "tool_schema.hpp"

namespace dockerhub::mcp {
namespace {

constexpr char kOptionMark = '_';

std::string description(const Action& action) {
  std::string text = action.description.empty() ? action.summary : action.description;
  if (text.empty()) text = action.title;
  if (const Effect effect = action.worst_effect(); effect != Effect::read) {
    text += " [" + std::string(effect_name(effect)) + "]";
  }
  if (!action.deprecated_since.empty()) text += " [deprecated]";
  return text;
}

// A row's raw schema is kept as it is; one that is made from parameters gets the options.
void put_schema(json::Writer& writer, const Action& action) {
  if (!action.input_schema.empty()) return json::put_raw(writer, action.input_schema);
  const std::string plain = input_schema(action);
  const auto schema = json::parse(plain);
  const json::Value* properties = schema ? json::find(*schema, "properties") : nullptr;
  writer.StartObject();
  json::put_member(writer, "type", "object");
  writer.Key("properties");
  writer.StartObject();
  if (properties != nullptr && properties->IsObject()) {
    for (const auto& member : properties->GetObject()) {
      json::put_key(writer, json::view(member.name));
      member.value.Accept(writer);
    }
  }
  put_option_schemas(writer, action, std::string(1, kOptionMark));
  writer.EndObject();
  const json::Value* required = schema ? json::find(*schema, "required") : nullptr;
  if (required != nullptr) {
    writer.Key("required");
    required->Accept(writer);
  }
  writer.EndObject();
}

void put_tool(json::Writer& writer, const Tool& tool, const Action& action) {
  const Effect worst = action.worst_effect();
  writer.StartObject();
  json::put_member(writer, "name", verbose_name(tool, action));
  if (!action.title.empty()) json::put_member(writer, "title", action.title);
  json::put_member(writer, "description", description(action));
  writer.Key("inputSchema");
  put_schema(writer, action);
  writer.Key("annotations");
  put_annotations(writer, {action.title, worst, action.idempotent || worst == Effect::read});
  writer.EndObject();
}

bool is_option(std::string_view name, const Action& action) {
  if (name.empty() || name.front() != kOptionMark || action.find_parameter(name) != nullptr) {
    return false;
  }
  return is_call_option(name.substr(1));
}

}  // namespace

std::string verbose_name(const Tool& tool, const Action& action) {
  return action.verbose_name.empty() ? tool.name + "_" + action.name : action.verbose_name;
}

std::optional<VerboseTool> find_verbose(const std::vector<Tool>& tools, std::string_view name) {
  for (const Tool& tool : tools) {
    for (const Action& action : tool.actions) {
      if (verbose_name(tool, action) == name) return VerboseTool{&tool, &action};
    }
  }
  return std::nullopt;
}

void put_verbose_tools(json::Writer& writer, const std::vector<Tool>& tools) {
  for (const Tool& tool : tools) {
    for (const Action& action : tool.actions) put_tool(writer, tool, action);
  }
}

Result<CallRequest> read_verbose_arguments(const Tool& tool, const Action& action,
                                           const json::Value* arguments) {
  json::Document options(rapidjson::kObjectType);
  CallRequest request;
  request.tool = tool.name;
  request.action = action.name;
  request.params = json::object([&](json::Writer& writer) {
    if (arguments == nullptr) return;
    for (const auto& member : arguments->GetObject()) {
      const std::string_view name = json::view(member.name);
      if (member.value.IsNull()) continue;
      if (is_option(name, action)) {
        const std::string plain(name.substr(1));
        options.AddMember(json::Value(plain.c_str(), options.GetAllocator()),
                          json::Value(member.value, options.GetAllocator()),
                          options.GetAllocator());
        continue;
      }
      json::put_key(writer, name);
      member.value.Accept(writer);
    }
  });
  auto read = read_call_options(&options);
  if (!read) return Failure(read.error());
  request.options = *read;
  return request;
}

}  // namespace dockerhub::mcp
