#include "consents.hpp"

#include <algorithm>
#include <chrono>

#include "problem.hpp"
#include "server/json.hpp"
#include "server/random_id.hpp"

namespace dockerhub::rest {
namespace {

namespace json = server::json;

using server::Confirm;

Error not_consented(std::string message, std::string hint) {
  Error error;
  error.kind = ErrorKind::approval;
  error.message = std::move(message);
  error.hint = std::move(hint);
  return error;
}

std::string_view state_name(const Approval& approval) {
  if (!approval.decision)
    return approval.confirm == Confirm::other_principal ? "waits" : "not needed";
  return *approval.decision ? "approved" : "denied";
}

void put_approval(json::Writer& writer, const Approval& approval) {
  const auto left = std::chrono::duration_cast<std::chrono::seconds>(
      approval.expires - std::chrono::system_clock::now());
  json::put_member(writer, "tool", approval.tool);
  json::put_member(writer, "action", approval.action);
  json::put_member(writer, "effect", effect_name(approval.effect));
  json::put_member(writer, "text", approval.text);
  if (!approval.target.empty()) json::put_member(writer, "target", approval.target);
  json::put_member(writer, "principal", approval.principal);
  json::put_member(writer, "decision", state_name(approval));
  if (!approval.decided_by.empty()) json::put_member(writer, "decided_by", approval.decided_by);
  writer.Key("expires_in");
  writer.Int64(std::max<std::int64_t>(left.count(), 0));
}

const char* how_to_go_on(const Approval& approval) {
  if (approval.confirm == Confirm::other_principal)
    return "Somebody else has to approve it (POST /v1/approvals/ID); then repeat the request with "
           "the header Confirm: ID.";
  return "Read `text`. If that is what should happen, repeat the same request with the header "
         "Confirm: ID.";
}

// 409: it waits for consent.
web::Response waiting(const Approval& approval, const std::string& instance) {
  web::Response response =
      web::json_response(web::status::kConflict, json::object([&](json::Writer& writer) {
                           json::put_member(writer, "type", "urn:dockerhub:approval-needed");
                           json::put_member(writer, "title", "Consent is needed");
                           writer.Key("status");
                           writer.Int(web::status::kConflict);
                           json::put_member(writer, "detail", how_to_go_on(approval));
                           json::put_member(writer, "instance", instance);
                           writer.Key("approval");
                           writer.StartObject();
                           json::put_member(writer, "id", approval.id);
                           put_approval(writer, approval);
                           writer.EndObject();
                         }));
  response.headers.front().second = kProblemType;
  return response;
}

// What the caller is asked, as one: all of its questions are consents.
void take_questions(Approval& approval, const CallResult& suspended) {
  for (const Question& question : suspended.questions) {
    approval.keys.push_back(question.key);
    approval.text += (approval.text.empty() ? "" : "\n") + question.text;
    if (approval.target.empty()) approval.target = question.target;
    approval.effect = std::max(approval.effect, question.effect);
  }
}

bool are_consents(const CallResult& suspended) {
  return std::all_of(
      suspended.questions.begin(), suspended.questions.end(),
      [](const Question& question) { return question.kind == Question::Kind::approval; });
}

bool is_of(const Approval& approval, const Call& call) {
  return approval.principal == call.principal.text() && approval.tool == call.request.tool &&
         approval.action == call.request.action && approval.digest == call.digest();
}

bool may_decide(const Approval& approval, const server::Principal& caller) {
  return approval.confirm == Confirm::other_principal && approval.name != caller.name &&
         approval.effect <= caller.most;
}

bool is_decided_alike(const Approval& one, const Approval& other) {
  return one.decision == other.decision && one.decided_by == other.decided_by;
}

// Valid as long as the approval and the id.
ConsentDecision decision_of(const Approval& approval, ConsentDecision::Kind kind,
                            std::string_view request_id = {}) {
  return {kind,          approval.decided_by, approval.principal,
          approval.tool, approval.action,     approval.effect,
          request_id};
}

}  // namespace

web::Response Consents::ask(const Call& call, const CallResult& suspended) {
  if (!are_consents(suspended)) {
    Error error;
    error.kind = ErrorKind::capability;
    error.message =
        "this call asks for more than a consent, and nobody can be asked over this interface";
    error.hint = "Use the command line: dockerhub.";
    return problem(error, call.instance);
  }
  Approval approval;
  approval.id = server::random_id();
  approval.principal = call.principal.text();
  approval.name = call.principal.name;
  approval.tool = call.request.tool;
  approval.action = call.request.action;
  approval.digest = call.digest();
  approval.confirm = call.confirm;
  approval.call_state = suspended.state;
  approval.expires = std::chrono::system_clock::now() + State::kApprovalLife;
  take_questions(approval, suspended);
  const web::Response response = waiting(approval, call.instance);
  const bool unguessable = !approval.id.empty();
  const auto kept = state_.keep(std::move(approval));
  if (!kept) return problem(kept.error(), call.instance);
  if (!unguessable)
    return problem(web::status::kInternal, "The system gives no random bytes.", call.instance);
  return response;
}

std::optional<web::Response> Consents::redeem(Call& call) {
  const auto found = state_.find(call.confirm_token);
  if (!found) return problem(found.error(), call.instance);
  if (!*found || !is_of(**found, call)) {
    return problem(not_consented("the token in Confirm is not (or no more) for this request",
                                 "Send the request without Confirm to get a new one."),
                   call.instance);
  }
  const Approval& approval = **found;
  if (approval.effect > call.principal.most) {
    return problem(not_consented("this caller may not do what was consented to",
                                 "Use a token whose scopes allow it."),
                   call.instance);
  }
  if (call.confirm == Confirm::other_principal && approval.confirm != Confirm::other_principal) {
    return problem(not_consented("by now somebody else has to consent to this",
                                 "Send the request without Confirm to ask for it."),
                   call.instance);
  }
  if (approval.confirm == Confirm::other_principal && !approval.decision)
    return waiting(approval, call.instance);
  const auto taken = state_.take(call.confirm_token);
  if (!taken) return problem(taken.error(), call.instance);
  if (!*taken) {
    return problem(not_consented("the token in Confirm was used", "A token works once."),
                   call.instance);
  }
  const bool denied = approval.decision && !*approval.decision;
  if (denied) {
    return problem(not_consented("somebody else has denied it", "Ask them why."), call.instance);
  }
  if (approval.decision) {
    // By it the trail's entry of the call is known to be that of this decision.
    if (call.request.request_id.empty()) call.request.request_id = server::random_id();
    record_(decision_of(approval, ConsentDecision::Kind::used, call.request.request_id));
  }
  call.request.state = approval.call_state;
  for (const std::string& key : approval.keys) call.request.answers[key] = "true";
  return std::nullopt;
}

web::Response Consents::list(const server::Principal& caller) {
  const auto all = state_.approvals();
  if (!all) return problem(all.error(), "/v1/approvals");
  return web::json_response(
      web::status::kOk, json::object([&](json::Writer& writer) {
        writer.Key("approvals");
        writer.StartArray();
        for (const Approval& approval : *all) {
          if (approval.principal != caller.text() && !may_decide(approval, caller)) continue;
          writer.StartObject();
          json::put_member(writer, "id", approval.id);
          put_approval(writer, approval);
          writer.EndObject();
        }
        writer.EndArray();
      }));
}

web::Response Consents::decide(const server::Principal& caller, const std::string& id,
                               bool approved, const std::string& instance) {
  const auto found = state_.find(id);
  if (!found) return problem(found.error(), instance);
  if (!*found) return problem(web::status::kNotFound, "There is no such approval.", instance);
  if (!may_decide(**found, caller)) {
    return problem(not_consented("this caller cannot decide about it",
                                 "Another caller has to, one that may itself do such a thing."),
                   instance);
  }
  const auto decided = state_.decide(id, approved, caller.name);
  if (!decided) return problem(decided.error(), instance);
  Approval approval = **found;
  approval.decision = approved;
  approval.decided_by = caller.name;
  // A decision whose answer was lost is sent again: the one that stands is what counts.
  if (!*decided) {
    const auto stands = state_.find(id);
    if (!stands) return problem(stands.error(), instance);
    if (!*stands || !is_decided_alike(**stands, approval))
      return problem(web::status::kConflict, "It was decided about before.", instance);
  }
  record_(decision_of(approval,
                      approved ? ConsentDecision::Kind::approved : ConsentDecision::Kind::denied));
  return web::json_response(web::status::kOk, json::object([&](json::Writer& writer) {
                              json::put_member(writer, "id", id);
                              json::put_member(writer, "decision", state_name(approval));
                              json::put_member(writer, "decided_by", approval.decided_by);
                            }));
}

}  // namespace dockerhub::rest
