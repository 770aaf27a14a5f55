#include "request/row_request.hpp"

namespace dockerhub {
namespace {

std::string text_of(const json::Value& value) {
  return value.IsString() ? std::string(json::view(value)) : json::write(value);
}

bool has_body(std::string_view method) {
  return method == "POST" || method == "PUT" || method == "PATCH";
}

Wire wire_of(const RequestRow& request, const Parameter& parameter) {
  Wire wire = parameter.wire;
  if (wire.place != Wire::Place::none || !wire.name.empty()) return wire;
  wire.name = parameter.name;
  if (parameter.name == request.host_parameter) return wire;
  if (request.path.find("{" + parameter.name + "}") != std::string::npos) {
    wire.place = Wire::Place::path;
  } else {
    wire.place = has_body(request.method) ? Wire::Place::body : Wire::Place::query;
  }
  return wire;
}

class Filling {
 public:
  Filling(const Action& row, const Manifest& module) : row_(*row.request) {
    outgoing_.surface = row_.surface;
    outgoing_.method = row_.method;
    outgoing_.path = row_.path;
    outgoing_.query = row_.query;
    outgoing_.headers = row_.headers;
    outgoing_.safe_query = row_.safe_query;
    outgoing_.module = &module;
    if (row_.credential == "none") outgoing_.credential = CredentialMode::none;
    if (row_.credential == "body") outgoing_.credential = CredentialMode::in_body;
    if (!row_.accept.empty()) outgoing_.headers.emplace_back("Accept", row_.accept);
    body_.SetObject();
  }

  void put(const Parameter& parameter, const json::Value& value) {
    if (parameter.name == row_.host_parameter) outgoing_.host = text_of(value);
    const Wire wire = wire_of(row_, parameter);
    if (wire.also_in_body) put_in_body(wire.name, value);
    switch (wire.place) {
      case Wire::Place::path:
        outgoing_.path_values[wire.name] = {
            text_of(value),
            parameter.type == ParameterType::repository && outgoing_.surface == "registry"};
        return;
      case Wire::Place::query:
        put_pairs(outgoing_.query, wire.name, value);
        return;
      case Wire::Place::header:
        put_pairs(outgoing_.headers, wire.name, value);
        return;
      case Wire::Place::body:
        put_in_body(wire.name, value);
        return;
      case Wire::Place::none:
        return;
    }
  }

  Outgoing finish() {
    if (body_.MemberCount() > 0) {
      outgoing_.body = json::write(body_);
      outgoing_.media_type = row_.media_type.empty() ? "application/json" : row_.media_type;
    }
    return std::move(outgoing_);
  }

 private:
  void put_in_body(const std::string& name, const json::Value& value) {
    body_.AddMember(json::copy(name, body_.GetAllocator()),
                    json::Value(value, body_.GetAllocator()), body_.GetAllocator());
  }
  static void put_pairs(std::vector<std::pair<std::string, std::string>>& pairs,
                        const std::string& name, const json::Value& value) {
    if (!value.IsArray()) {
      pairs.emplace_back(name, text_of(value));
      return;
    }
    for (const json::Value& element : value.GetArray()) pairs.emplace_back(name, text_of(element));
  }

  const RequestRow& row_;
  Outgoing outgoing_;
  json::Document body_;
};

}  // namespace

Outgoing row_request(const Action& row, const json::Value& params, const Manifest& module) {
  Filling filling(row, module);
  for (const Parameter& parameter : row.parameters) {
    const json::Value* value = json::find(params, parameter.name);
    if (value != nullptr && !value->IsNull()) filling.put(parameter, *value);
  }
  return filling.finish();
}

}  // namespace dockerhub
