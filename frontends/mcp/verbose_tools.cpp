#include "verbose_tools.hpp"

#include "tool_arguments.hpp"
#include "tool_list.hpp"
#include "tool_schema.hpp"

namespace dockerhub::mcp {
namespace {

constexpr char kOptionMark = '_';

std::string description(const Tool& tool, const Action& action) {
  std::string text = action.summary.empty() ? action.title : action.summary;
  if (!action.description.empty() && action.description != text) {
    if (!text.empty()) text += text.back() == '.' ? " " : ". ";
    text += action.description;
  }
  if (const Effect effect = action.worst_effect(); effect != Effect::read) {
    text += " [" + std::string(effect_name(effect)) + "]";
  }
  if (!action.deprecated_since.empty()) text += " [deprecated]";
  if (!tool.publisher.empty()) text += " [module of " + tool.publisher + "]";
  return text;
}

// Objects whose members no row tells, and values of any type, have no schema that all services take: they
// are given as JSON text.
bool is_told_as_text(const Parameter& parameter) {
  const ParameterType type =
      parameter.type == ParameterType::array ? parameter.item_type : parameter.type;
  return type == ParameterType::object || type == ParameterType::any;
}

void put_plain_property(json::Writer& writer, const Parameter& parameter,
                        const json::Value& schema) {
  constexpr std::string_view kMinItems = "minItems", kMaxItems = "maxItems";
  writer.StartObject();
  if (is_told_as_text(parameter)) {
    json::put_member(writer, "type", "string");
    json::put_member(
        writer, "description",
        parameter.description + (parameter.description.empty() ? "" : " ") + "As JSON text.");
  } else {
    for (const auto& member : schema.GetObject()) {
      const std::string_view word = json::view(member.name);
      if (word == kMinItems || word == kMaxItems) continue;
      json::put_key(writer, word);
      member.value.Accept(writer);
    }
  }
  writer.EndObject();
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
      const std::string_view name = json::view(member.name);
      const Parameter* parameter = action.find_parameter(name);
      json::put_key(writer, name);
      if (parameter != nullptr) put_plain_property(writer, *parameter, member.value);
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

void put_tool(json::Writer& writer, const Tool& tool, const Action& action, bool structured) {
  const Effect worst = action.worst_effect();
  writer.StartObject();
  json::put_member(writer, "name", verbose_name(tool, action));
  if (!action.title.empty()) json::put_member(writer, "title", action.title);
  json::put_member(writer, "description", description(tool, action));
  writer.Key("inputSchema");
  put_schema(writer, action);
  writer.Key("annotations");
  put_annotations(writer, {worst, action.idempotent || worst == Effect::read});
  if (structured) put_output_schema(writer);
  writer.EndObject();
}

// A value of a parameter that is told as text: the text decoded, where that is what the row wants.
void put_argument(json::Writer& writer, const Action& action, std::string_view name,
                  const json::Value& value) {
  json::put_key(writer, name);
  const Parameter* parameter = action.find_parameter(name);
  const bool decodes = parameter != nullptr && value.IsString() &&
                       parameter->type != ParameterType::any && is_told_as_text(*parameter);
  if (decodes) {
    if (auto decoded = json::parse(json::view(value))) {
      decoded->Accept(writer);
      json::wipe(*decoded);
      return;
    }
  }
  value.Accept(writer);
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

void put_verbose_tools(json::Writer& writer, const std::vector<Tool>& tools, bool structured) {
  for (const Tool& tool : tools) {
    for (const Action& action : tool.actions) put_tool(writer, tool, action, structured);
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
      put_argument(writer, action, name, member.value);
    }
  });
  auto read = read_call_options(&options);
  if (!read) return Failure(read.error());
  request.options = *read;
  return request;
}

}  // namespace dockerhub::mcp
