// The fields of the structs of abi.h that go over the wire, in their order; `size` goes before them.
#pragma once

#include "dockerhub/abi.h"

namespace dockerhub::plugin_host {

template <typename Visit>
void visit_fields(dh_content& part, const Visit& visit) {
  visit(part.kind);
  visit(part.text);
  visit(part.data);
  visit(part.media_type);
  visit(part.uri);
  visit(part.name);
  visit(part.annotations);
}

template <typename Visit>
void visit_fields(dh_error& error, const Visit& visit) {
  visit(error.status_code);
  visit(error.retry_after_ms);
  visit(error.type);
  visit(error.message);
  visit(error.hint);
  visit(error.parameter);
  visit(error.request);
  visit(error.details);
}

template <typename Visit>
void visit_fields(dh_request& request, const Visit& visit) {
  visit(request.credential);
  visit(request.surface);
  visit(request.host);
  visit(request.method);
  visit(request.path);
  visit(request.path_params);
  visit(request.query);
  visit(request.headers);
  visit(request.media_type);
  visit(request.body);
  visit(request.body_size);
  visit(request.timeout_ms);
  visit(request.scope);
}

template <typename Visit>
void visit_fields(dh_response& response, const Visit& visit) {
  visit(response.status_code);
  visit(response.content_length);
  visit(response.headers);
}

}  // namespace dockerhub::plugin_host
