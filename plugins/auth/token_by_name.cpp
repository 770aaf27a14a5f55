#include "token_by_name.hpp"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <utility>
#include <vector>

#include "hub/members.hpp"
#include "hub/plan_text.hpp"
#include "personal_tokens.hpp"

namespace dockerhub::auth {
namespace {

bool is_uuid(std::string_view text) {
  constexpr std::string_view kForm = "00000000-0000-0000-0000-000000000000";
  return text.size() == kForm.size() &&
         std::equal(text.begin(), text.end(), kForm.begin(), [](char c, char form) {
           return form == '-' ? c == '-' : std::isxdigit(static_cast<unsigned char>(c)) != 0;
         });
}

// UUIDs of tokens with one label.
struct Labelled {
  std::vector<std::string> active, inactive;
};

sdk::Reply<Labelled> tokens_labelled(sdk::Context& ctx, const std::string& label) {
  Labelled found;
  const auto read = hub::read_all(ctx, pat_list(), [&](const sdk::Value& token) {
    if (hub::text_member(token, "token_label") != label) return sdk::Status();
    const sdk::Value* active = hub::member(token, "is_active");
    const bool is_off = active != nullptr && active->IsFalse();
    (is_off ? found.inactive : found.active).emplace_back(hub::text_member(token, "uuid"));
    return sdk::Status();
  });
  if (!read) return read.status();
  if (read->is_whole) return found;
  return ctx.fail("ApiError", "Docker Hub's list of access tokens does not end",
                  "Nothing was changed. Give the token's UUID.");
}

sdk::Reply<std::string> uuid_of_label(sdk::Context& ctx, const std::string& label) {
  auto found = tokens_labelled(ctx, label);
  if (!found) return found.status();
  if (found->active.size() == 1) return std::move(found->active.front());
  if (found->active.empty()) {
    std::string message = "no active token has the label '" + label + "'";
    if (!found->inactive.empty())
      message += "; inactive ones that have it: " + hub::joined(found->inactive);
    return hub::wrong_parameter(ctx, "uuid", message,
                                "Nothing was changed. hub_auth list_pats shows the tokens.");
  }
  return hub::wrong_parameter(ctx, "uuid",
                              "the label '" + label + "' is that of " +
                                  std::to_string(found->active.size()) +
                                  " active tokens: " + hub::joined(found->active),
                              "Nothing was changed. Give the UUID of the one that is meant.");
}

}  // namespace

sdk::Reply<NamedToken> find_pat(sdk::Context& ctx, const std::string& name) {
  NamedToken named;
  named.uuid = name;
  named.is_by_label = !is_uuid(name);
  if (named.is_by_label) {
    auto uuid = uuid_of_label(ctx, name);
    if (!uuid) return uuid.status();
    named.uuid = *std::move(uuid);
  }
  auto read = hub::ask(ctx, pat_request("GET", named.uuid));
  if (!read) return read.status();
  named.token = std::move(read->body);
  return named;
}

}  // namespace dockerhub::auth
