// The steps of this module's prompt; auth.cpp has its row.
#pragma once

#include <dockerhub/sdk/steps.hpp>

namespace dockerhub::auth {

inline constexpr std::string_view kRotationAim =
    "Help the user to replace access tokens of Docker Hub that end soon or are no longer needed. "
    "What uses a token stops working when it ends, so the user decides about each. Never repeat a "
    "token in your words.";

inline constexpr sdk::Step kTokenRotation[] = {
    {"See who is logged in, and with what kind of credential. Docker Hub makes no new token for "
     "one who came with a token: if so, tell the user that a log-in with the password is needed "
     "for that.",
     "hub_admin", "whoami", "{}"},
    {"List the personal access tokens that end within {days|30} days.", "hub_auth", "list_pats",
     R"({"expires_within": {days|30}})"},
    {"List all of them, to find those that were not used for long or never end.", "hub_auth",
     "list_pats", R"({"page_size": 100})"},
    {"List the tokens of the organization {org} that end within {days|30} days. They are replaced "
     "by create_oat and delete_oat; the user decides about each.",
     "hub_auth", "list_oats", R"({"org": "{org}", "expires_within": {days|30}})"},
    {"Show the user the tokens with label, scopes, last use and end, and ask which shall be "
     "replaced, and which programs use each. The user decides; without a clear yes you stop here. "
     "Say that a new token which you ask for stands in this conversation, and that `dockerhub auth "
     "rotate_pat UUID --out FILE` in a terminal keeps it out."},
    {"Only for a token that the user named: replace it, the old one deactivated so that it can be "
     "switched on again; give expires_at as well if it ends. The user decides in each call when "
     "asked for consent.",
     "hub_auth", "rotate_pat", R"({"uuid": "UUID", "old_token": "deactivate"})"},
    {"Wait until the user says that everything works with the new token. Only then, and only if "
     "the user decides so: delete the old one.",
     "hub_auth", "delete_pat", R"({"uuid": "OLD_UUID"})"},
    {"Report which tokens were replaced, deleted or kept, and when each ends."},
};

}  // namespace dockerhub::auth
