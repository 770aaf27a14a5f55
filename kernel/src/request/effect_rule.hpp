// What a request does, whatever the module that sends it says of itself. Any thread.
#pragma once

#include <string_view>

#include "dockerhub/kernel.hpp"

namespace dockerhub {

struct RequestFacts {
  std::string_view method;
  std::string_view path;     // encoded, without the base URL's own path
  std::string_view body;     // JSON of a small body, or empty
  bool hub = false;          // Docker Hub's management API, or its stand-in
  bool safe_query = false;   // a POST that changes nothing, as the action's row says
  bool own_session = false;  // an upload session that this very call opened
  bool streamed = false;     // the body follows later and is not known here
  bool scout = false;        // Docker Scout's API, whose POSTs are GraphQL
};

// GET and HEAD read, DELETE destroys (but for a call's own upload session), all else writes; and a
// table of routes of Docker Hub whose requests do more than their method says. A POST to Docker Scout
// reads where it is a GraphQL query.
Effect effect_of(const RequestFacts& facts);

}  // namespace dockerhub
