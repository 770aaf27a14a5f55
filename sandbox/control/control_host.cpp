#include "control/control_host.hpp"

#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/json.hpp"
#include "control/state_json.hpp"
#include "encoding/query.hpp"
#include "exchange/routes.hpp"
#include "faults/presets.hpp"
#include "hub/organizations/invitation.hpp"
#include "sample/sample_tags.hpp"

namespace dockerhub::sandbox {
namespace {

struct ControlCall {
  World& world;
  Reception& reception;
  const Request& request;
  PathValues values;
  json::Document body;
};

Answer bad_request(const Error& error) {
  return json_answer(400, JsonText::object({{"error", error.message}, {"hint", error.hint}}));
}

Answer get_journal(ControlCall& call) {
  const Query query(call.request.query);
  const auto after = to_number(query.text("after"));
  return json_answer(
      200, call.reception.journal().entries(query.text("listener"),
                                            static_cast<std::uint64_t>(after.value_or(0))));
}

Answer clear_journal(ControlCall& call) {
  call.reception.journal().clear();
  return empty_answer(204);
}

Answer get_faults(ControlCall& call) {
  return json_answer(200, call.reception.faults().describe());
}

Answer play_preset(ControlCall& call) {
  const std::string_view preset = json::text_of(call.body, "preset");
  if (play_profile(call.reception.faults(), preset)) return get_faults(call);
  if (preset != "hostile_registry")
    return bad_request(fault_error("there is no preset called '" + visible(preset) + "'"));
  const std::string elsewhere(json::text_of(call.body, "url"));
  const std::vector<std::string> names =
      play_hostile_registry(call.world, call.reception.faults(), elsewhere);
  return json_answer(201, JsonText::object({{"repositories", JsonText::strings(names)}}));
}

Answer add_faults(ControlCall& call) {
  if (json::find(call.body, "preset") != nullptr) return play_preset(call);
  const Result<std::vector<std::uint64_t>> ids = call.reception.faults().add(call.body);
  if (!ids) return bad_request(ids.error());
  return json_answer(201, JsonText::object({{"ids", JsonText::array({ids->begin(), ids->end()})}}));
}

Answer clear_faults(ControlCall& call) {
  call.reception.faults().clear();
  return empty_answer(204);
}

Answer remove_fault(ControlCall& call) {
  const auto id = to_number(call.values.find("id")->second);
  const bool removed = id && call.reception.faults().remove(static_cast<std::uint64_t>(*id));
  return removed ? empty_answer(204)
                 : json_answer(404, JsonText::object({{"error", "no such fault"}}));
}

Answer get_settings(ControlCall& call) {
  return json_answer(200, settings_json(call.world.settings));
}

Answer change_settings(ControlCall& call) {
  const Result<void> set = set_from_json(call.world.settings, call.body);
  return set ? get_settings(call) : bad_request(set.error());
}

Answer get_state(ControlCall& call) {
  return json_answer(
      200, JsonText::object({{"registry", store_json(call.world.store)},
                             {"second", store_json(call.world.second_store)},
                             {"organizations", organizations_json(call.world.accounts)}}));
}

Answer add_tags(ControlCall& call) {
  const Result<void> added = add_sample_tags(call.world.store, call.body);
  return added ? empty_answer(204) : bad_request(added.error());
}

Answer accept_invitation(ControlCall& call) {
  const std::string& id = call.values.find("id")->second;
  Organization* organization = organization_of_invite(call.world, id);
  if (organization == nullptr)
    return json_answer(404, JsonText::object({{"error", "no such invitation"}}));
  const std::string name = accept_invite(call.world, *organization, id);
  return json_answer(200, JsonText::object({{"username", name}, {"org", organization->name}}));
}

Answer reset_all(ControlCall& call) {
  call.world.begin_anew();
  call.reception.faults().restart();
  call.reception.journal().clear();
  return empty_answer(204);
}

struct Row {
  std::string_view method;
  std::string_view path;
  Answer (*handler)(ControlCall& call);
};
constexpr std::array<Row, 12> kRows = {{
    {"GET", "/journal", &get_journal},
    {"DELETE", "/journal", &clear_journal},
    {"GET", "/faults", &get_faults},
    {"POST", "/faults", &add_faults},
    {"DELETE", "/faults", &clear_faults},
    {"DELETE", "/faults/{id}", &remove_fault},
    {"GET", "/settings", &get_settings},
    {"PATCH", "/settings", &change_settings},
    {"GET", "/state", &get_state},
    {"POST", "/tags", &add_tags},
    {"POST", "/invites/{id}/accept", &accept_invitation},
    {"POST", "/reset", &reset_all},
}};

// The refusal of a body that is no JSON.
std::optional<Answer> read_body(ControlCall& call) {
  if (call.request.body.empty()) return std::nullopt;
  Result<json::Document> body = json::parse(call.request.body);
  if (!body) return bad_request(body.error());
  call.body = *std::move(body);
  return std::nullopt;
}

// A page of a web site that made its name point here must not read the journal.
bool names_loopback(const Request& request) {
  const std::string host = request.header("Host").value_or("");
  return host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
}

}  // namespace

Answer answer_control_request(World& world, Reception& reception, const Request& request) {
  if (!names_loopback(request)) return text_answer(403, "call me 127.0.0.1 or localhost\n");
  auto route = find_route(std::span<const Row>(kRows), request.method, request.path);
  if (route.row == nullptr) {
    if (route.allowed.empty()) return text_answer(404, "see docs/sandbox.md for the paths\n");
    return text_answer(405, "Method not allowed\n").set("Allow", route.allowed);
  }
  ControlCall call{world, reception, request, std::move(route.values), json::Document()};
  if (std::optional<Answer> refusal = read_body(call)) return *std::move(refusal);
  return route.row->handler(call);
}

}  // namespace dockerhub::sandbox
