// hub_audit: the audit log of an account. This file is the table of actions, in the order of Docker's
// document; actions.hpp names what does the work where a row cannot say it. Source: Docker Hub API,
// "Audit Logs".
#include <dockerhub/plugin.hpp>

#include "actions.hpp"
#include "hub/completion.hpp"
#include "hub/parameters.hpp"

namespace {

using namespace dockerhub::sdk;
namespace actions = dockerhub::audit;

constexpr auto account = string("account", "User or organization whose log is read.")
                             .required()
                             .length(1, 255)
                             .alias("org", "org_name")
                             .example("acme");
constexpr Parameter filters[] = {
    string("action", "Only this action, with its group as `actions` lists them: repo.tag.push.")
        .length(1, 100)
        .example("repo.tag.push"),
    string("name", "Only entries about this, like acme/app.").length(1, 255),
    string("actor", "Only what this user did.").length(1, 255),
    dockerhub::hub::time_or_age("from_date", "Not before: a time, or an age (7d; h, d, w, y).")
        .alias("from"),
    dockerhub::hub::time_or_age("to_date", "Not after: a time, or an age.").alias("to")};
constexpr auto follow =
    boolean("follow", "Wait for new entries and answer them as they come, the oldest first.")
        .defaults(false);
constexpr auto interval =
    integer("interval", "Seconds between two looks when following.").min(1).max(86400).defaults(30);

}  // namespace

DOCKERHUB_MODULE(
    module("hub_audit", "1.0.0")
        .title("Audit log")
        .describe("What was done in an account on Docker Hub, when and by whom.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("AUDITTOOL")
        .needs("http/1")
        .uses("catalog/1", "log/1"),
    action("actions", read, "Lists the actions that the log knows, by group",
           GET("/v2/auditlogs/{account}/actions"), {account})
        .describe(
            "For the user, or an organization's owners: names stand there without their group; "
            "`logs` wants group.name.")
        .positional("account")
        .verbose("dockerhub_get_audit_log_actions")
        .example(R"({"account": "acme"})"),
    action("logs", read, "Reads the audit log of an account", call(actions::logs),
           {account, group(filters), paging, follow, interval})
        .describe("For the user, or an organization's owners: `action` is checked against "
                  "`actions` first; following ends with the call's "
                  "time-out, its cancellation or max_items.")
        .items("logs")
        .columns("timestamp", "actor", "action", "name", "action_description")
        .from_outside("actor", "name", "action_description", "data")
        .positional("account")
        .rest("GET", "/v2/auditlogs/{account}")
        .verbose("dockerhub_get_audit_logs")
        .example(R"({"account": "acme", "action": "repo.tag.push", "page_size": 50})"),
    completion(call(dockerhub::hub::complete_once)))
