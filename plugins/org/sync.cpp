// An organization made to be as the caller's rows say: one plan, one consent for all of it, then one
// change after the other; what fails is told and the rest goes on.
#include <algorithm>
#include <string>

#include "actions.hpp"
#include "changes.hpp"
#include "hub/account.hpp"
#include "hub/answer.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"
#include "hub/plan_text.hpp"
#include "hub/stopped.hpp"
#include "plan_text.hpp"

namespace dockerhub::org {
namespace {

// What an invitation leaves undone; empty: nothing.
std::string outlook(const Change& change) {
  if (change.later.empty()) return {};
  return "invited into the team " + change.team +
         " alone; after it is accepted the next sync adds " + hub::joined(change.later);
}

sdk::Json row_of(const Change& change, const char* result = "planned",
                 const std::string& detail = {}) {
  return {{"member", change.member},
          {"change", kind_name(change.kind)},
          {"role", sdk::text_or_null(change.role)},
          {"team", sdk::text_or_null(change.team)},
          {"result", result},
          {"detail", sdk::text_or_null(detail.empty() ? outlook(change) : detail)}};
}

class Sync {
 public:
  explicit Sync(sdk::Context& ctx) : ctx_(ctx), org_(ctx.params().text("org")) {}

  sdk::Status run() {
    const auto wanted = wanted_members(ctx_);
    if (!wanted) return wanted.status();
    const auto roster = read_roster(ctx_, org_);
    if (!roster) return roster.status();
    if (const sdk::Status clear = check_names(*wanted, *roster); !clear) return clear;
    const Member* own = roster->find(hub::folded(hub::account_of(ctx_)));
    changes_ = changes_for(*wanted, *roster, ctx_.params().flag("remove"),
                           own == nullptr ? std::string() : own->username);
    if (!keeps_an_owner(*roster)) {
      return wrong_rows("nobody would be left as an owner of " + org_,
                        "Give a row with the role owner. Nothing was changed.");
    }
    if (changes_.empty()) ctx_.outcome(sdk::Outcome::ok, hub::kNothingToChange);
    if (ctx_.dry_run()) return plan();
    if (const sdk::Status agreed = consent(); !agreed) return agreed;
    return apply();
  }

 private:
  sdk::Status wrong_rows(std::string_view message, std::string_view hint) {
    return hub::wrong_parameter(ctx_, ctx_.params().has("rows") ? "rows" : "csv", message, hint);
  }

  // Every row stands for one member, and for none twice.
  sdk::Status check_names(const std::vector<Wanted>& wanted, const Roster& roster) {
    if (const auto conflict = conflict_in(wanted, roster))
      return wrong_rows(*conflict, "Give one row for each member. Nothing was changed.");
    const bool is_doubtful =
        ctx_.params().flag("remove") && roster.hides_addresses &&
        std::any_of(wanted.begin(), wanted.end(), [&](const Wanted& row) {
          return row.member.find('@') != std::string::npos && !roster.knows(row.member);
        });
    if (!is_doubtful) return {};
    return wrong_rows(hub::kHiddenAddresses, hub::kNameByDockerId);
  }

  // What is planned for the present owners leaves one of them, or makes another member one.
  bool keeps_an_owner(const Roster& roster) const {
    const bool touches_roles =
        std::any_of(changes_.begin(), changes_.end(), [](const Change& change) {
          return change.kind == Change::Kind::set_role || change.kind == Change::Kind::remove;
        });
    if (!touches_roles) return true;
    return std::any_of(roster.members.begin(), roster.members.end(), [&](const Member& member) {
      std::string role = member.role;
      for (const Change& change : changes_) {
        if (change.member != member.username) continue;
        if (change.kind == Change::Kind::set_role) role = change.role;
        if (change.kind == Change::Kind::remove) role.clear();
      }
      return role == "owner";
    });
  }

  sdk::Status plan() {
    for (const Change& change : changes_) {
      if (const sdk::Status told = hub::tell(ctx_, row_of(change)); !told) return told;
    }
    return ctx_.answer(sdk::Json::raw("{}"));
  }

  // Only what is taken away is behind the gate: another role is not, as in update_member.
  sdk::Status consent() {
    if (changes_.empty()) return {};
    const auto text = hub::plan_question(
        ctx_, plan_text("In the organization " + org_ + ": ", changes_), whole_plan_text(changes_));
    if (!text) return text.status();
    const bool loses = std::any_of(changes_.begin(), changes_.end(), takes_away);
    return ctx_.ask().approve(loses ? sdk::Effect::destructive : sdk::Effect::write, *text, org_);
  }

  sdk::Reply<hub::Answer> send(std::string_view method, std::string_view path, sdk::Json place,
                               const std::string& body = {}) {
    sdk::Request request;
    request.method = method;
    request.path = path;
    request.path_params = std::move(place);
    request.body = body;
    if (!body.empty()) request.media_type = "application/json";
    return hub::send(ctx_, request);
  }

  sdk::Reply<hub::Answer> invite(const Change& change) {
    const auto body = [&] {
      const sdk::Json invitees = sdk::Json::array({change.member});
      if (change.team.empty())
        return sdk::Json{{"org", org_}, {"invitees", invitees}, {"role", change.role}};
      return sdk::Json{
          {"org", org_}, {"invitees", invitees}, {"role", change.role}, {"team", change.team}};
    }();
    return send("POST", "/v2/invites/bulk", sdk::Json::raw("{}"), body.text());
  }

  sdk::Reply<hub::Answer> send(const Change& change) {
    constexpr std::string_view kMember = "/v2/orgs/{org}/members/{username}";
    constexpr std::string_view kTeam = "/v2/orgs/{org}/groups/{team}/members";
    const sdk::Json member{{"org", org_}, {"username", change.member}};
    switch (change.kind) {
      case Change::Kind::invite:
        return invite(change);
      case Change::Kind::set_role:
        return send("PUT", kMember, member, sdk::Json{{"role", change.role}}.text());
      case Change::Kind::join:
        return send("POST", kTeam, {{"org", org_}, {"team", change.team}},
                    sdk::Json{{"member", change.member}}.text());
      case Change::Kind::leave:
        return send("DELETE", std::string(kTeam) + "/{username}",
                    {{"org", org_}, {"team", change.team}, {"username", change.member}});
      case Change::Kind::remove:
        return send("DELETE", kMember, member);
    }
    return sdk::Status(DH_E_INVALID);
  }

  // Docker Hub takes an invitation and says in its answer what it did not like.
  static std::string complaint(const Change& change, const hub::Answer& answer) {
    if (!answer.good()) {
      const std::string_view detail = hub::text_member(answer.body, "detail");
      return detail.empty() ? "HTTP " + std::to_string(answer.status_code) : std::string(detail);
    }
    if (change.kind != Change::Kind::invite) return {};
    const sdk::Value* rows = hub::member(answer.body, "invitees");
    if (rows != nullptr && rows->IsObject()) rows = hub::array_member(*rows, "invitees");
    const bool has_row = rows != nullptr && rows->IsArray() && !rows->Empty();
    const std::string_view status =
        has_row ? hub::text_member((*rows)[0], "status") : std::string_view();
    if (status.empty()) return "not_reported";
    return status == "invited" ? std::string() : std::string(status);
  }

  sdk::Status apply() {
    std::size_t done = 0;
    std::size_t failures = 0;
    for (const Change& change : changes_) {
      const auto answer = send(change);
      if (!answer) {
        return hub::stopped(ctx_, answer.status(), {done, changes_.size(), change.member});
      }
      const std::string wrong = complaint(change, *answer);
      if (!wrong.empty()) ++failures;
      const sdk::Status told =
          hub::tell(ctx_, row_of(change, wrong.empty() ? "done" : "failed", wrong));
      if (!told) return hub::stopped(ctx_, told, {done, changes_.size(), change.member});
      ++done;
    }
    if (failures > 0) {
      ctx_.outcome(sdk::Outcome::partial, std::to_string(failures) + " of " +
                                              std::to_string(changes_.size()) + " changes failed.");
    }
    return ctx_.answer(sdk::Json::raw("{}"));
  }

  sdk::Context& ctx_;
  std::string org_;
  std::vector<Change> changes_;
};

}  // namespace

sdk::Status sync(sdk::Context& ctx) {
  return Sync(ctx).run();
}

}  // namespace dockerhub::org
