// Invitations in one request, and what became of each.
#include <algorithm>
#include <set>
#include <string>

#include "actions.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"

namespace dockerhub::org {
namespace {

constexpr std::string_view kHint =
    "Only owners invite. dry_run=true asks Docker Hub what would become of each, hub_org "
    "list_invites shows who is invited already.";

std::string body_of(const sdk::Params& params) {
  return sdk::Json::write([&](sdk::JsonWriter& json) {
           json.StartObject();
           for (const char* name : {"org", "team", "role", "invitees", "dry_run"}) {
             const sdk::Value* value = params.find(name);
             if (value == nullptr) continue;
             json.Key(name);
             value->Accept(json);
           }
           json.EndObject();
         })
      .text();
}

// Docker's document nests the list in an object of the same name.
const sdk::Value* report_of(const sdk::Value& body) {
  const sdk::Value* outer = hub::member(body, "invitees");
  if (outer == nullptr || outer->IsArray()) return outer;
  return hub::array_member(*outer, "invitees");
}

struct Tally {
  std::size_t all = 0, invited = 0;
};

sdk::Status report(sdk::Context& ctx, const sdk::Value& rows, Tally& tally) {
  std::set<std::string> told;  // folded
  for (const sdk::Value& row : rows.GetArray()) {
    told.insert(hub::folded(hub::text_member(row, "invitee")));
    ++tally.all;
    if (hub::text_member(row, "status") == "invited") ++tally.invited;
    if (const sdk::Status sent = hub::tell(ctx, row); !sent) return sent;
  }
  for (const std::string_view invitee : ctx.params().texts("invitees")) {
    if (!told.insert(hub::folded(invitee)).second) continue;
    ++tally.all;
    const sdk::Status sent = hub::tell(ctx, {{"invitee", invitee}, {"status", "not_reported"}});
    if (!sent) return sent;
  }
  return {};
}

}  // namespace

sdk::Status bulk_invite(sdk::Context& ctx) {
  const sdk::Params& params = ctx.params();
  const std::string body = body_of(params);
  sdk::Request request;
  request.method = "POST";
  request.path = "/v2/invites/bulk";
  request.media_type = "application/json";
  request.body = body;
  if (params.has("client_feature"))
    request.headers = sdk::Json{{"X-Analytics-Client-Feature", params.text("client_feature")}};
  const auto answer = hub::ask(ctx, request, kHint);
  if (!answer) return answer.status();
  const sdk::Value* rows = report_of(answer->body);
  if (rows == nullptr) return hub::pass_on(ctx, *answer);
  ctx.annotate("status_code", answer->status_code);
  Tally tally;
  if (const sdk::Status told = report(ctx, *rows, tally); !told) return told;
  if (tally.invited < tally.all && !params.flag("dry_run")) {
    ctx.outcome(sdk::Outcome::partial, std::to_string(tally.invited) + " of " +
                                           std::to_string(tally.all) + " were invited.");
  }
  return ctx.answer(sdk::Json::raw("{}"));
}

}  // namespace dockerhub::org
