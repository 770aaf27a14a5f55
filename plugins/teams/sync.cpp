// A team made to have exactly the members of a list: the plan first, one consent for all of it, then one
// change after the other; what fails is told and the rest goes on.
#include <map>
#include <set>
#include <string>
#include <vector>

#include "actions.hpp"
#include "hub/members.hpp"
#include "hub/names.hpp"
#include "hub/pages.hpp"
#include "hub/plan_text.hpp"
#include "hub/stopped.hpp"

namespace dockerhub::teams {
namespace {

struct Plan {
  std::vector<std::string> add, remove;
  std::size_t stay = 0;

  bool is_empty() const { return add.empty() && remove.empty(); }
};

class Sync {
 public:
  explicit Sync(sdk::Context& ctx)
      : ctx_(ctx), org_(ctx.params().text("org")), team_(ctx.params().text("group_name")) {}

  sdk::Status run() {
    if (const sdk::Status read = make_plan(); !read) return read;
    if (plan_.is_empty()) ctx_.outcome(sdk::Outcome::ok, hub::kNothingToChange);
    if (ctx_.dry_run()) {
      return ctx_.answer({{"add", sdk::Json::array(plan_.add)},
                          {"remove", sdk::Json::array(plan_.remove)},
                          {"stay", plan_.stay}});
    }
    if (const sdk::Status agreed = consent(); !agreed) return agreed;
    return apply();
  }

 private:
  sdk::Json place() const { return {{"org", org_}, {"group_name", team_}}; }

  sdk::Status make_plan() {
    std::map<std::string, std::string> wanted;
    for (const std::string_view member : ctx_.params().texts("members")) {
      if (member.empty())
        return hub::wrong_parameter(ctx_, "members", "a member has no name",
                                    "Nothing was changed.");
      if (hub::is_too_long(member))
        return hub::wrong_parameter(ctx_, "members", "a member has a name of more than 255 bytes",
                                    "Nothing was changed.");
      wanted.emplace(hub::folded(member), member);
    }
    const hub::List list{
        "/v2/orgs/{org}/groups/{group_name}/members", place(), "results", {}, "username"};
    bool hides_addresses = false;
    const auto read = hub::read_all(ctx_, list, [&](const sdk::Value& member) {
      const std::string_view name = hub::text_member(member, "username");
      const bool by_name = wanted.erase(hub::folded(name)) > 0;
      const std::string_view address = hub::text_member(member, "email");
      hides_addresses = hides_addresses || address.empty();
      const bool by_mail = wanted.erase(hub::folded(address)) > 0;
      if (by_name || by_mail) {
        ++plan_.stay;
      } else {
        plan_.remove.emplace_back(name);
      }
      return sdk::Status();
    });
    if (!read) return read.status();
    if (!read->is_whole) return hub::endless(ctx_);
    bool names_addresses = false;
    for (const auto& [key, member] : wanted) {
      names_addresses = names_addresses || key.find('@') != std::string::npos;
      plan_.add.push_back(member);
    }
    if (hides_addresses && names_addresses && !plan_.remove.empty())
      return hub::wrong_parameter(ctx_, "members", hub::kHiddenAddresses, hub::kNameByDockerId);
    return {};
  }

  hub::PlanText plan_text() const {
    const std::string team = "the team " + team_ + " of " + org_ + ": ";
    hub::PlanText leave;
    hub::PlanText join;
    hub::name_some(leave, plan_.remove, hub::kMostLosersNamed, "to remove");
    hub::name_some(join, plan_.add, hub::kMostOthersNamed, "to add");
    hub::PlanText plan;
    plan.is_whole = leave.is_whole && join.is_whole;
    if (plan_.remove.empty()) {
      plan.text = "Add to " + team + join.text;
    } else {
      plan.text = "Remove from " + team + leave.text;
      if (!plan_.add.empty()) plan.text += "; add: " + join.text;
    }
    plan.text += " (" + std::to_string(plan_.stay) + " stay)";
    return plan;
  }

  std::string whole_plan_text() const {
    return "remove: " + hub::joined(plan_.remove) + "; add: " + hub::joined(plan_.add);
  }

  // Only leaving is behind the gate.
  sdk::Status consent() {
    if (plan_.is_empty()) return {};
    const auto text = hub::plan_question(ctx_, plan_text(), whole_plan_text());
    if (!text) return text.status();
    const auto effect = plan_.remove.empty() ? sdk::Effect::write : sdk::Effect::destructive;
    return ctx_.ask().approve(effect, *text, team_);
  }

  sdk::Reply<hub::Answer> add(const std::string& member) {
    const std::string body = sdk::Json{{"member", member}}.text();
    sdk::Request request;
    request.method = "POST";
    request.path = "/v2/orgs/{org}/groups/{group_name}/members";
    request.path_params = place();
    request.media_type = "application/json";
    request.body = body;
    return hub::send(ctx_, request);
  }

  sdk::Reply<hub::Answer> remove(const std::string& member) {
    sdk::Request request;
    request.method = "DELETE";
    request.path = "/v2/orgs/{org}/groups/{group_name}/members/{username}";
    request.path_params = sdk::Json{{"org", org_}, {"group_name", team_}, {"username", member}};
    return hub::send(ctx_, request);
  }

  sdk::Status report(const std::string& member, const char* done,
                     const sdk::Reply<hub::Answer>& answer) {
    if (!answer) return answer.status();
    sdk::Status told;
    if (answer->good()) {
      told = hub::tell(ctx_, {{"member", member}, {"change", done}});
    } else {
      ++failures_;
      told = hub::tell(ctx_, {{"member", member},
                              {"change", "failed"},
                              {"status_code", answer->status_code},
                              {"detail", hub::text_member(answer->body, "detail")}});
    }
    if (told) ++changes_;
    return told;
  }

  sdk::Status stopped(sdk::Status status, const std::string& member) {
    const std::size_t all = plan_.add.size() + plan_.remove.size();
    return hub::stopped(ctx_, status, {changes_, all, member}, {{"stay", plan_.stay}});
  }

  // Those who join come first: a team is not left without anybody in between.
  sdk::Status apply() {
    for (const std::string& member : plan_.add) {
      if (const sdk::Status told = report(member, "added", add(member)); !told)
        return stopped(told, member);
    }
    for (const std::string& member : plan_.remove) {
      if (const sdk::Status told = report(member, "removed", remove(member)); !told)
        return stopped(told, member);
    }
    if (failures_ > 0) {
      ctx_.outcome(sdk::Outcome::partial, std::to_string(failures_) + " of " +
                                              std::to_string(changes_) + " changes failed.");
    }
    return ctx_.answer({{"stay", plan_.stay}});
  }

  sdk::Context& ctx_;
  std::string org_, team_;
  Plan plan_;
  std::size_t changes_ = 0, failures_ = 0;
};

}  // namespace

sdk::Status sync(sdk::Context& ctx) {
  return Sync(ctx).run();
}

}  // namespace dockerhub::teams
