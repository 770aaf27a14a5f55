#include "operation.hpp"

#include <algorithm>
#include <array>

#include "bytes.hpp"
#include "lists.hpp"
#include "parameters.hpp"

namespace dockerhub::rest {
namespace {

struct OptionSchema {
  std::string_view name;
  bool of_lists;  // else of what changes something
  std::string_view schema;
};

constexpr auto kOptions = std::to_array<OptionSchema>({
    {option::kDryRun, false,
     R"({"type":"boolean","description":"Say what would be sent, and send nothing that changes anything."})"},
    {option::kMaxItems, true,
     R"({"type":"integer","minimum":1,"description":"End after so many items, over as many pages as that takes."})"},
    {option::kAllPages, true,
     R"({"type":"boolean","description":"Follow the server's pages to the end."})"},
    {option::kFields, true,
     R"({"type":"array","items":{"type":"string"},"description":"Only these members of each item."})"},
});

bool has_option(const OptionSchema& option, const Action& action) {
  return option.of_lists ? is_list(action) : action.worst_effect() != Effect::read;
}

bool is_in_path(const Form& form, std::string_view name) {
  return std::any_of(form.segments.begin(), form.segments.end(), [&](const Segment& segment) {
    return segment.is_parameter && segment.text == name;
  });
}

bool is_required(const json::Value& schema, std::string_view name) {
  const json::Value* required = json::find(schema, "required");
  return required != nullptr && required->IsArray() &&
         std::any_of(required->Begin(), required->End(), [&](const json::Value& each) {
           return each.IsString() && json::view(each) == name;
         });
}

// What has members is one JSON text in a query.
bool is_structure(const json::Value& schema) {
  const std::string_view type = json::text_of(&schema, "type");
  return type.empty() || type == "object";
}

void put_parameter(json::Writer& writer, std::string_view name, const char* place, bool required,
                   const json::Value& schema) {
  writer.StartObject();
  json::put_member(writer, "name", name);
  json::put_member(writer, "in", place);
  writer.Key("required");
  writer.Bool(required);
  const bool as_text = std::string_view(place) == "query" && is_structure(schema);
  if (as_text) {
    writer.Key("content");
    writer.StartObject();
    writer.Key("application/json");
    writer.StartObject();
  }
  writer.Key("schema");
  schema.Accept(writer);
  if (as_text) {
    writer.EndObject();
    writer.EndObject();
  }
  writer.EndObject();
}

void put_reference(json::Writer& writer, std::string_view to) {
  writer.StartObject();
  json::put_member(writer, "$ref", "#/components/" + std::string(to));
  writer.EndObject();
}

void put_parameters(json::Writer& writer, const Action& action, const Form& form,
                    const json::Document& schema) {
  writer.Key("parameters");
  writer.StartArray();
  if (const json::Value* properties = json::find(schema, "properties")) {
    for (const auto& member : properties->GetObject()) {
      const std::string_view name = json::view(member.name);
      const Parameter* row = action.find_parameter(name);
      if (is_in_path(form, name)) {
        put_parameter(writer, name, "path", true, member.value);
      } else if (form.has_query() && (row == nullptr || !row->secret)) {
        put_parameter(writer, name, "query", is_required(schema, name), member.value);
      }
    }
  }
  if (action.worst_effect() != Effect::read) {
    put_reference(writer, "parameters/IdempotencyKey");
    put_reference(writer, "parameters/Confirm");
  }
  writer.EndArray();
}

// Whether a call without a body is a wrong one.
bool needs_body(const Form& form, const json::Document& schema) {
  const json::Value* required = json::find(schema, "required");
  return required != nullptr && required->IsArray() &&
         std::any_of(required->Begin(), required->End(), [&](const json::Value& each) {
           return each.IsString() && !is_in_path(form, json::view(each));
         });
}

// Without what is in the path.
void put_body_schema(json::Writer& writer, const Form& form, const json::Document& schema) {
  writer.StartObject();
  for (const auto& member : schema.GetObject()) {
    const std::string_view key = json::view(member.name);
    if (key == "properties" && member.value.IsObject()) {
      writer.Key("properties");
      writer.StartObject();
      for (const auto& property : member.value.GetObject()) {
        if (is_in_path(form, json::view(property.name))) continue;
        json::put_key(writer, json::view(property.name));
        property.value.Accept(writer);
      }
      writer.EndObject();
    } else if (key == "required" && member.value.IsArray()) {
      writer.Key("required");
      writer.StartArray();
      for (const json::Value& name : member.value.GetArray()) {
        if (!name.IsString() || !is_in_path(form, json::view(name))) name.Accept(writer);
      }
      writer.EndArray();
    } else {
      json::put_key(writer, key);
      member.value.Accept(writer);
    }
  }
  writer.EndObject();
}

void put_body(json::Writer& writer, const Action& action, const Form& form,
              const json::Document& schema) {
  writer.Key("requestBody");
  writer.StartObject();
  writer.Key("required");
  writer.Bool(needs_body(form, schema));
  writer.Key("content");
  writer.StartObject();
  writer.Key("application/json");
  writer.StartObject();
  writer.Key("schema");
  put_body_schema(writer, form, schema);
  // An example of all parameters would not fit where some are in the path.
  if (form.segments.empty() && !action.examples.empty()) {
    writer.Key("examples");
    writer.StartObject();
    for (std::size_t at = 0; at < action.examples.size(); ++at) {
      json::put_key(writer, "example" + std::to_string(at + 1));
      writer.StartObject();
      writer.Key("value");
      json::put_raw(writer, action.examples[at]);
      writer.EndObject();
    }
    writer.EndObject();
  }
  writer.EndObject();
  writer.EndObject();
  writer.EndObject();
}

void put_responses(json::Writer& writer, const Action& action, const Form& form) {
  writer.Key("responses");
  writer.StartObject();
  writer.Key("2XX");
  put_reference(writer, is_list(action)       ? "responses/List"
                        : gives_bytes(action) ? "responses/Bytes"
                                              : "responses/Envelope");
  if (form.method == "GET") {
    writer.Key("304");
    put_reference(writer, "responses/NotModified");
  }
  for (const char* status : {"4XX", "5XX"}) {
    writer.Key(status);
    put_reference(writer, "responses/Problem");
  }
  writer.EndObject();
}

// The schema of the parameters with the options as further ones.
json::Document whole_schema(const Action& action) {
  auto parsed = json::parse(input_schema(action));
  json::Document schema;
  if (parsed) schema = std::move(*parsed);
  if (!schema.IsObject()) schema.SetObject();
  auto& memory = schema.GetAllocator();
  if (!schema.HasMember("properties") || !schema["properties"].IsObject()) {
    schema.RemoveMember("properties");
    schema.AddMember("properties", json::Value(rapidjson::kObjectType), memory);
  }
  for (const OptionSchema& option : kOptions) {
    if (!has_option(option, action)) continue;
    const auto told = json::parse(option.schema);
    if (!told) continue;
    json::Value copy(*told, memory);
    json::Value name(option.name.data(), static_cast<rapidjson::SizeType>(option.name.size()),
                     memory);
    schema["properties"].AddMember(name, copy, memory);
  }
  return schema;
}

}  // namespace

std::string operation(const Tool& tool, const Action& action, const Form& form) {
  const json::Document schema = whole_schema(action);
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "operationId", tool.name + "." + action.name + form.suffix);
    writer.Key("tags");
    writer.StartArray();
    json::put(writer, tool.name);
    writer.EndArray();
    json::put_member(writer, "summary", action.summary.empty() ? action.title : action.summary);
    if (!action.description.empty()) json::put_member(writer, "description", action.description);
    if (!action.deprecated_since.empty()) {
      writer.Key("deprecated");
      writer.Bool(true);
    }
    json::put_member(writer, "x-effect", effect_name(action.worst_effect()));
    put_parameters(writer, action, form, schema);
    if (!form.has_query()) put_body(writer, action, form, schema);
    put_responses(writer, action, form);
  });
}

std::string shared_components() {
  return R"({"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}},
"parameters":{
"IdempotencyKey":{"name":"Idempotency-Key","in":"header","schema":{"type":"string","maxLength":255},
"description":"The same request under the same key is done once; its answer is given again."},
"Confirm":{"name":"Confirm","in":"header","schema":{"type":"string"},
"description":"The id of the approval in the answer 409 to this same request."}},
"schemas":{
"Envelope":{"type":"object","required":["status_code","data"],"properties":{
"status_code":{"type":"integer"},"data":{},"exists":{"type":"boolean"},
"rate_limit":{"type":"object"},"warnings":{"type":"array","items":{"type":"string"}}}},
"Error":{"type":"object","required":["type","message"],"properties":{
"type":{"type":"string"},"message":{"type":"string"},"hint":{"type":"string"},
"parameter":{"type":"string"},"status_code":{"type":"integer"},"retry_after":{"type":"number"},
"request":{"type":"string"},"request_id":{"type":"string"},"details":{"type":"object"}}},
"Problem":{"type":"object","required":["type","title","status"],"properties":{
"type":{"type":"string"},"title":{"type":"string"},"status":{"type":"integer"},
"detail":{"type":"string"},"instance":{"type":"string"},
"error":{"$ref":"#/components/schemas/Error"},
"approval":{"$ref":"#/components/schemas/Approval"}}},
"Approval":{"type":"object","required":["id","tool","action","effect","text","decision"],"properties":{
"id":{"type":"string"},"tool":{"type":"string"},"action":{"type":"string"},
"effect":{"type":"string"},"text":{"type":"string"},"target":{"type":"string"},
"principal":{"type":"string"},"decision":{"type":"string"},"decided_by":{"type":"string"},
"expires_in":{"type":"integer"}}}},
"responses":{
"Envelope":{"description":"What the call gave.","content":{"application/json":{
"schema":{"$ref":"#/components/schemas/Envelope"}}}},
"NoRequest":{"description":"What came is no HTTP, too large or too slow.","content":{"text/plain":{
"schema":{"type":"string"}}}},
"NotModified":{"description":"What If-None-Match names is still the answer."},
"List":{"description":"What the call gave, or its items alone, one a line.","content":{
"application/json":{"schema":{"$ref":"#/components/schemas/Envelope"}},
"application/x-ndjson":{"schema":{}}}},
"Bytes":{"description":"What the call gave, or the bytes alone where they come in pieces.","content":{
"application/json":{"schema":{"$ref":"#/components/schemas/Envelope"}},
"application/octet-stream":{"schema":{}}}},
"Problem":{"description":"What went wrong, or what has to be consented to (409).","content":{
"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}}}}})";
}

}  // namespace dockerhub::rest
