// hub_admin: who is logged in, and how many requests are left. This file is the table of actions;
// actions.hpp names what does the work.
#include <dockerhub/plugin.hpp>

#include "actions.hpp"

namespace actions = dockerhub::admin;

DOCKERHUB_MODULE(
    module("hub_admin", "1.0.0")
        .title("Account and limits")
        .describe("Who is logged in to Docker Hub, and what its rate limits still allow.")
        .publisher("The dockerhub-api authors")
        .license("MIT")
        .toggle("ADMINTOOL")
        .needs("http/1", "identity/1", "limits/1")
        .uses("catalog/1"),
    action("whoami", read, "Tells who is logged in to Docker Hub", call(actions::whoami))
        .describe(
            "Logs in where an account is configured and no token is at hand; without an account "
            "nothing is sent.")
        .short_form("whoami")
        .rest("GET", "/whoami")
        .verbose("dockerhub_whoami")
        .example("{}"),
    action("rate_limit", read, "Tells how many requests are left", call(actions::rate_limit))
        .describe("`limit`, `remaining` and `reset` are those of Docker Hub's API, `budgets` has "
                  "every API and account: as the servers said last in this process, null where "
                  "they have not yet; sends nothing.")
        .rest("GET", "/rate_limit")
        .verbose("dockerhub_rate_limit")
        .example("{}"),
    action("limits", read, "Asks how many requests and pulls are left", call(actions::limits))
        .describe("Answers `api` as Docker Hub said last, asked now if it has said nothing yet, "
                  "and `pulls`, always asked of Docker's registry without using one up; null where "
                  "a server does not say.")
        .columns("api.limit", "api.remaining", "api.reset", "pulls.limit", "pulls.remaining",
                 "pulls.reset")
        .short_form("limits")
        .rest("GET", "/limits")
        .verbose("dockerhub_limits")
        .example("{}"),
    resource("dockerhub://limits", "Limits", "How many requests and pulls are left.",
             "application/json", answer_of("hub_admin", "limits")))
