#include "input_form.hpp"

#include <optional>
#include <vector>

#include "json.hpp"
#include "text_width.hpp"
#include "values.hpp"

namespace dockerhub::cli {

namespace {

constexpr std::string_view kCancelled = R"({"action":"cancel"})";

struct Choice {
  std::string value, title;
};

// The choices of a field or of its items, in each of the forms that a schema may state them.
std::vector<Choice> choices_of(const json::Value& schema) {
  std::vector<Choice> choices;
  for (const char* name : {"oneOf", "anyOf"}) {
    const json::Value* rows = json::find(schema, name);
    if (rows == nullptr || !rows->IsArray()) continue;
    for (const auto& row : rows->GetArray()) {
      const std::string_view value = json::text_of(row, "const");
      choices.push_back({std::string(value), std::string(json::text_of(row, "title", value))});
    }
  }
  const json::Value* values = json::find(schema, "enum");
  if (values == nullptr || !values->IsArray()) return choices;
  const json::Value* titles = json::find(schema, "enumNames");
  for (rapidjson::SizeType i = 0; i < values->Size(); ++i) {
    const json::Value& value = (*values)[i];
    if (!value.IsString()) continue;
    const bool titled =
        titles != nullptr && titles->IsArray() && i < titles->Size() && (*titles)[i].IsString();
    choices.push_back(
        {std::string(json::view(value)), std::string(json::view(titled ? (*titles)[i] : value))});
  }
  return choices;
}

struct Field {
  std::string name;
  Parameter parameter;  // name, type and bounds as far as a text is turned into JSON by them
  std::vector<Choice> choices;
  bool list = false, required = false;
  std::string title, description, default_json;
  std::size_t min_length = 0, max_length = std::string::npos;
  std::optional<double> minimum, maximum;
};

ParameterType field_type(const json::Value& schema) {
  const std::string_view name = json::text_of(schema, "type", "string");
  for (const ParameterType type :
       {ParameterType::integer, ParameterType::number, ParameterType::boolean}) {
    if (parameter_type_name(type) == name) return type;
  }
  return ParameterType::string;
}

std::optional<double> number_of(const json::Value& schema, std::string_view name) {
  const json::Value* value = json::find(schema, name);
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  return value->GetDouble();
}

Field field_of(std::string_view name, const json::Value& schema, const json::Value* required) {
  Field field;
  field.name = field.parameter.name = std::string(name);
  field.list = json::text_of(schema, "type") == "array";
  const json::Value* items = json::find(schema, "items");
  const json::Value& typed = field.list && items != nullptr ? *items : schema;
  field.parameter.type = field_type(typed);
  field.choices = choices_of(typed);
  field.title = std::string(json::text_of(schema, "title", name));
  field.description = std::string(json::text_of(schema, "description"));
  field.minimum = number_of(typed, "minimum");
  field.maximum = number_of(typed, "maximum");
  if (const auto least = number_of(typed, "minLength"))
    field.min_length = static_cast<std::size_t>(*least);
  if (const auto most = number_of(typed, "maxLength"))
    field.max_length = static_cast<std::size_t>(*most);
  if (const json::Value* value = json::find(schema, "default"))
    field.default_json = json::write(*value);
  if (required != nullptr && required->IsArray()) {
    for (const auto& text : required->GetArray()) {
      if (text.IsString() && json::view(text) == name) field.required = true;
    }
  }
  return field;
}

std::string unquoted(const std::string& value_json) {
  const auto value = json::parse(value_json);
  return value && value->IsString() ? std::string(json::view(*value)) : value_json;
}

std::string question_of(const Field& field) {
  std::string text = field.title;
  if (!field.description.empty()) text += " - " + field.description;
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    text += "\n  " + std::to_string(i + 1) + ") " + field.choices[i].title;
  }
  if (!field.choices.empty()) text += field.list ? "\nNumbers, comma separated" : "\nNumber";
  if (field.parameter.type == ParameterType::boolean) text += " (y/n)";
  if (!field.default_json.empty()) {
    text += " [" + unquoted(field.default_json) + "]";
  } else if (!field.required) {
    text += " (optional)";
  }
  return text + ": ";
}

// What was typed for a choice: its number, its value or its title.
const Choice* chosen(const Field& field, std::string_view text) {
  for (std::size_t i = 0; i < field.choices.size(); ++i) {
    const Choice& choice = field.choices[i];
    if (text == std::to_string(i + 1) || text == choice.value || text == choice.title)
      return &choice;
  }
  return nullptr;
}

Failure invalid(std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  return Failure(std::move(error));
}

std::size_t code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return count;
}

Result<std::string> one_value(const Field& field, std::string_view text) {
  if (!field.choices.empty()) {
    if (const Choice* choice = chosen(field, text)) return json::quote(choice->value);
    return invalid("\"" + std::string(text) + "\" is none of the choices.");
  }
  Result<std::string> value = scalar_json(field.parameter, field.parameter.type, text);
  if (!value) return value;
  const auto parsed = json::parse(*value);
  if (parsed && parsed->IsNumber()) {
    const double number = parsed->GetDouble();
    if (field.minimum && number < *field.minimum) return invalid("The number is too small.");
    if (field.maximum && number > *field.maximum) return invalid("The number is too large.");
  }
  if (parsed && parsed->IsString()) {
    const std::size_t length = code_points(json::view(*parsed));
    if (length < field.min_length) return invalid("The text is too short.");
    if (length > field.max_length) return invalid("The text is too long.");
  }
  return value;
}

Result<std::string> field_value(const Field& field, std::string_view text) {
  if (!field.list) return one_value(field, text);
  std::string items;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view item = text.substr(0, comma);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    Result<std::string> value = one_value(field, item);
    if (!value) return value;
    items.append(items.empty() ? "" : ",").append(*value);
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return "[" + items + "]";
}

// JSON of the field; empty when it was left out; nullopt after Ctrl-D.
std::optional<std::string> ask_field(const Field& field, Prompter& prompter, Messages& messages) {
  while (true) {
    const std::optional<std::string> typed = prompter.line(question_of(field));
    if (!typed) return std::nullopt;
    if (typed->empty()) {
      if (!field.default_json.empty()) return field.default_json;
      if (!field.required) return std::string();
      messages.line("A value is needed. Ctrl-D cancels.");
      continue;
    }
    const Result<std::string> value = field_value(field, *typed);
    if (value) return *value;
    messages.line(value.error().message);
  }
}

Result<std::string> visit(const json::Value& request, Prompter& prompter, Messages& messages) {
  messages.line(json::text_of(request, "url"));
  const auto typed = prompter.line("Open this page, then press Enter here (Ctrl-D cancels): ");
  if (typed) return std::string(R"({"action":"accept"})");
  messages.line("");
  return std::string(kCancelled);
}

}  // namespace

Result<std::string> fill_form(const std::string& request, Prompter& prompter, Messages& messages) {
  const auto parsed = json::parse(request);
  if (!parsed || !prompter.available()) {
    Error error;
    error.kind = ErrorKind::unsupported;
    error.message = "The action asks for input, and there is no terminal to ask on.";
    error.hint = "Run it on a terminal.";
    return Failure(std::move(error));
  }
  messages.line(json::text_of(*parsed, "message"));
  if (json::find(*parsed, "url") != nullptr) return visit(*parsed, prompter, messages);

  std::string content;
  const json::Value* schema = json::find(*parsed, "schema");
  const json::Value* fields = schema == nullptr ? nullptr : json::find(*schema, "properties");
  if (fields != nullptr && fields->IsObject()) {
    for (const auto& member : fields->GetObject()) {
      const Field field =
          field_of(json::view(member.name), member.value, json::find(*schema, "required"));
      const std::optional<std::string> value = ask_field(field, prompter, messages);
      if (!value) {
        messages.line("");
        return std::string(kCancelled);
      }
      if (value->empty()) continue;
      content.append(content.empty() ? "" : ",").append(json::quote(field.name) + ":" + *value);
    }
  }
  return R"({"action":"accept","content":{)" + content + "}}";
}

}  // namespace dockerhub::cli
