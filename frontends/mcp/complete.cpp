#include <algorithm>

#include "contents.hpp"
#include "handlers.hpp"

namespace dockerhub::mcp {
namespace {

// More values than these are not carried by the protocol.
constexpr rapidjson::SizeType kMaxValues = 100;

struct Reference {
  std::string_view of, name;
};

Reference read_reference(const json::Value* ref) {
  const std::string_view type = json::text_of(ref, "type");
  if (type == "ref/prompt") return {"prompt", json::text_of(ref, "name")};
  if (type == "ref/resource") return {"resource", json::text_of(ref, "uri")};
  return {};
}

std::string completion_request(const Reference& reference, const json::Value* argument,
                               const json::Value* known) {
  return json::object([&](json::Writer& writer) {
    json::put_member(writer, "of", reference.of);
    json::put_member(writer, "name", reference.name);
    json::put_member(writer, "argument", json::text_of(argument, "name"));
    json::put_member(writer, "value", json::text_of(argument, "value"));
    writer.Key("arguments");
    if (known != nullptr && known->IsObject()) {
      known->Accept(writer);
    } else {
      json::put_raw(writer, "{}");
    }
  });
}

void put_values(json::Writer& writer, const json::Value* values) {
  writer.Key("values");
  writer.StartArray();
  const rapidjson::SizeType count =
      values != nullptr && values->IsArray() ? std::min(values->Size(), kMaxValues) : 0;
  for (rapidjson::SizeType index = 0; index < count; ++index) {
    if ((*values)[index].IsString()) (*values)[index].Accept(writer);
  }
  writer.EndArray();
}

std::string completion_result(const json::Value* data) {
  return json::object([&](json::Writer& writer) {
    writer.Key("completion");
    writer.StartObject();
    put_values(writer, json::find(data, "values"));
    if (const json::Value* total = json::find(data, "total");
        total != nullptr && total->IsInt64()) {
      writer.Key("total");
      total->Accept(writer);
    }
    if (const json::Value* more = json::find(data, "has_more"); more != nullptr && more->IsBool()) {
      writer.Key("hasMore");
      more->Accept(writer);
    }
    writer.EndObject();
  });
}

}  // namespace

Reply complete(Exchange& exchange) {
  const Reference reference = read_reference(json::find(exchange.params(), "ref"));
  const json::Value* argument = json::find(exchange.params(), "argument");
  const json::Value* name = json::find(argument, "name");
  const json::Value* value = json::find(argument, "value");
  const bool complete_form = !reference.name.empty() && name != nullptr && name->IsString() &&
                             value != nullptr && value->IsString();
  if (!complete_form) {
    return tl::unexpected(RpcError{code::kInvalidParams,
                                   "\"ref\" has to name a prompt or a resource, \"argument\" its "
                                   "argument's name and value",
                                   {}});
  }
  const json::Value* known = json::find(json::find(exchange.params(), "context"), "arguments");
  const CallResult result =
      exchange.kernel().complete(completion_request(reference, argument, known), exchange.caller());
  if (result.error) return tl::unexpected(rpc_error(*result.error));
  const auto envelope = json::parse(result.envelope);
  return completion_result(envelope ? json::find(*envelope, "data") : nullptr);
}

}  // namespace dockerhub::mcp
