#include "scout/scout_host.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "exchange/routes.hpp"
#include "hub/bearer.hpp"
#include "scout/graphql_document.hpp"
#include "scout/resolvers.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr int kForbidden = 403;

Answer plain_error(int status, std::string_view message) {
  return json_answer(status, JsonText::object({{"message", message}}));
}

JsonText problem(std::string_view message, std::string_view field, std::string_view code,
                 int status) {
  std::vector<JsonText::Member> extensions = {{"code", code}};
  if (status != 0) extensions.push_back({"status", status});
  return JsonText::object({{"message", message},
                           {"path", JsonText::array({JsonText(field)})},
                           {"extensions", JsonText::object(extensions)}});
}

// Errors of GraphQL come with status 200.
Answer graphql_answer(const std::string& data, const std::vector<JsonText>& errors) {
  std::vector<JsonText::Member> members;
  if (!errors.empty()) members.push_back({"errors", JsonText::array(errors)});
  if (!data.empty()) members.push_back({"data", JsonText::raw(data)});
  members.push_back({"extensions", JsonText::object({{"correlation_id", "sandbox-correlation"}})});
  return json_answer(200, JsonText::object(members));
}

// The field's arguments with the values of their variables.
json::Document arguments_of(const Selection& field, const json::Value& variables) {
  json::Document arguments(rapidjson::kObjectType);
  auto& allocator = arguments.GetAllocator();
  for (const auto& [name, variable] : field.arguments) {
    const json::Value* value = json::find(variables, variable);
    if (value == nullptr) continue;
    arguments.AddMember(json::copy(name, allocator), json::Value(*value, allocator), allocator);
  }
  return arguments;
}

class Execution {
 public:
  Execution(World& world, const std::optional<Caller>& caller, const json::Value& variables)
      : world_(world), caller_(caller), variables_(variables), writer_(buffer_) {}

  Answer run(const std::vector<Selection>& fields) {
    writer_.StartObject();
    for (const Selection& field : fields) {
      if (!resolve(field)) return graphql_answer({}, errors_);
    }
    writer_.EndObject();
    return graphql_answer({buffer_.GetString(), buffer_.GetSize()}, errors_);
  }

 private:
  // False: the document does not fit the schema.
  bool resolve(const Selection& field) {
    const Resolver* resolver = find_resolver(field.name);
    if (resolver == nullptr) return refuse(field, "Cannot query field \"" + field.name + "\".");
    const json::Document arguments = arguments_of(field, variables_);
    const ScoutCall call{world_, caller_, arguments};
    json::put_key(writer_, field.name);
    if (!may_read_context(call)) {
      writer_.Null();
      errors_.push_back(problem("no access to the organization", field.name,
                                "DOWNSTREAM_SERVICE_ERROR", kForbidden));
      return true;
    }
    const auto value = json::parse(resolver->value(call).text());
    if (!value) return refuse(field, "Internal error");
    const Result<void> projected = project(*value, field.fields, variables_, writer_);
    return projected || refuse(field, projected.error().message);
  }

  bool refuse(const Selection& field, const std::string& message) {
    errors_.push_back(problem(message, field.name, "GRAPHQL_VALIDATION_FAILED", 0));
    return false;
  }

  World& world_;
  const std::optional<Caller>& caller_;
  const json::Value& variables_;
  json::Buffer buffer_;
  json::Writer writer_;
  std::vector<JsonText> errors_;
};

Answer answer_graphql(World& world, const Request& request, const std::optional<Caller>& caller) {
  const auto body = json::parse(request.body);
  if (!body || !body->IsObject()) return plain_error(400, "the body is no JSON object");
  const auto fields = read_query(json::text_of(*body, "query"));
  if (!fields) {
    return graphql_answer({}, {problem(fields.error().message, {}, "GRAPHQL_PARSE_FAILED", 0)});
  }
  static const json::Value kNothing(rapidjson::kObjectType);
  const json::Value* variables = json::find(*body, "variables");
  const bool has_variables = variables != nullptr && variables->IsObject();
  return Execution(world, caller, has_variables ? *variables : kNothing).run(*fields);
}

// The exporter's bearer is the access token itself.
const Account* owner_of_token(const World& world, std::string_view bearer) {
  for (const Account& account : world.accounts.all()) {
    const bool holds =
        std::any_of(account.tokens.begin(), account.tokens.end(), [&](const PersonalToken& token) {
          return bearer == "Bearer " + token.secret && token.works(now());
        });
    if (holds) return &account;
  }
  return nullptr;
}

Answer answer_metrics(const World& world, const Request& request, const std::string& organization) {
  const Account* account = owner_of_token(world, request.header("Authorization").value_or(""));
  if (account == nullptr) return plain_error(401, "unauthorized");
  const Organization* known = world.accounts.organization(organization);
  const auto member =
      known == nullptr ? decltype(known->members.find(""))() : known->members.find(account->name);
  const bool is_owner =
      known != nullptr && member != known->members.end() && member->second.role == Role::owner;
  if (!is_owner)
    return plain_error(kForbidden, "only owners of the organization may read its metrics");
  Answer answer = text_answer(
      200,
      "# TYPE scout_stream_vulnerabilities gauge\n"
      "scout_stream_vulnerabilities{streamName=\"latest-indexed\",severity=\"critical\"} 1\n"
      "scout_policy_compliant_images{id=\"default-non-root-user\",displayName=\"No "
      "root\",streamName=\"latest-indexed\"} 1\n"
      "scout_policy_evaluated_images{id=\"default-non-root-user\",displayName=\"No "
      "root\",streamName=\"latest-indexed\"} 4\n");
  return answer;
}

}  // namespace

Answer answer_scout_request(World& world, const Request& request) {
  if (const auto metrics = match_path("/v1/exporter/org/{org}/metrics", request.path)) {
    if (request.method != "GET") return plain_error(405, "method not allowed").set("Allow", "GET");
    return answer_metrics(world, request, metrics->find("org")->second);
  }
  if (!match_path("/v1/graphql", request.path)) return plain_error(404, "not found");
  if (request.method != "POST") return plain_error(405, "method not allowed").set("Allow", "POST");
  const auto authorization = request.header("Authorization");
  const auto caller = authorization ? read_bearer(world, *authorization) : std::nullopt;
  if (authorization && !caller) return plain_error(401, "unauthorized");
  return answer_graphql(world, request, caller);
}

}  // namespace dockerhub::sandbox
