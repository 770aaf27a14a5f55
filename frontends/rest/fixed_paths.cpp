#include "fixed_paths.hpp"

#include <array>

namespace dockerhub::rest {
namespace {

constexpr auto kFixedPaths = std::to_array<FixedPath>({
    {"/v1", "get",
     R"({"operationId":"server.tools","tags":["server"],"summary":"The tools that there are",
"responses":{"200":{"description":"Each with its name, title, summary and number of actions.",
"content":{"application/json":{"schema":{"type":"object"}}}},
"4XX":{"$ref":"#/components/responses/Problem"}}})"},
    {"/v1/tools/{tool}", "get",
     R"({"operationId":"server.describe","tags":["server"],"summary":"The actions of a tool",
"parameters":[{"name":"tool","in":"path","required":true,"schema":{"type":"string"}}],
"responses":{"200":{"$ref":"#/components/responses/Envelope"},
"304":{"$ref":"#/components/responses/NotModified"},
"4XX":{"$ref":"#/components/responses/Problem"},"5XX":{"$ref":"#/components/responses/Problem"}}})"},
    {"/v1/approvals", "get",
     R"({"operationId":"server.approvals","tags":["server"],
"summary":"Consents that are waited for: the caller's own, and those that it may decide about",
"responses":{"200":{"description":"All of them.","content":{"application/json":{"schema":{
"type":"object","required":["approvals"],"properties":{"approvals":{"type":"array",
"items":{"$ref":"#/components/schemas/Approval"}}}}}}},
"4XX":{"$ref":"#/components/responses/Problem"},"5XX":{"$ref":"#/components/responses/Problem"}}})"},
    {"/v1/approvals/{id}", "post",
     R"({"operationId":"server.decide","tags":["server"],"summary":"Approve or deny what another caller asks for",
"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
"requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object",
"required":["approve"],"properties":{"approve":{"type":"boolean"}}}}}},
"responses":{"200":{"description":"It was decided.","content":{"application/json":{"schema":{
"type":"object","properties":{"id":{"type":"string"},"decision":{"type":"string"},
"decided_by":{"type":"string"}}}}}},
"4XX":{"$ref":"#/components/responses/Problem"},"5XX":{"$ref":"#/components/responses/Problem"}}})"},
    {"/health", "get",
     R"({"operationId":"server.health","tags":["server"],"summary":"Whether the server runs","security":[{}],
"responses":{"200":{"description":"It does.","content":{"application/json":{"schema":{"type":"object"}}}},
"4XX":{"$ref":"#/components/responses/NoRequest"}}})"},
    {"/health/ready", "get",
     R"({"operationId":"server.ready","tags":["server"],"summary":"Whether the server can do its work",
"security":[{}],
"responses":{"200":{"description":"It can.","content":{"application/json":{"schema":{"type":"object"}}}},
"4XX":{"$ref":"#/components/responses/NoRequest"},
"503":{"description":"It cannot, or ends.","content":{"application/json":{"schema":{"type":"object"}}}}}})"},
    {"/metrics", "get",
     R"({"operationId":"server.metrics","tags":["server"],
"summary":"Counts in Prometheus' text format, for this machine or with a token",
"responses":{"200":{"description":"The counts.","content":{"text/plain":{"schema":{"type":"string"}}}},
"4XX":{"$ref":"#/components/responses/Problem"}}})"},
});

}  // namespace

std::span<const FixedPath> fixed_paths() {
  return kFixedPaths;
}

}  // namespace dockerhub::rest
