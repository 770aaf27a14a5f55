#include "error_envelope.hpp"

#include "json.hpp"

namespace dockerhub::server {

std::string error_envelope(const Error& error) {
  return json::object([&](json::Writer& writer) {
    writer.Key("error");
    writer.StartObject();
    json::put_member(writer, "type", type_name(error.kind));
    json::put_member(writer, "message", error.message);
    if (!error.hint.empty()) json::put_member(writer, "hint", error.hint);
    if (!error.parameter.empty()) json::put_member(writer, "parameter", error.parameter);
    if (!error.details.empty()) {
      writer.Key("details");
      json::put_raw(writer, error.details);
    }
    writer.EndObject();
  });
}

}  // namespace dockerhub::server
