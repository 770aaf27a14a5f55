#include "plan.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/json.hpp"

namespace dockerhub::test {
namespace {

using json::Document;
using json::Value;

Document read_plan(const std::string& name) {
  std::ifstream file(DOCKERHUB_SOURCE_DIR "/tests/e2e/faults/" + name);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  Result<Document> document = json::parse(text);
  if (!document) throw std::runtime_error(name + ": " + document.error().message);
  return *std::move(document);
}

std::vector<std::string> texts_of(const Value& array) {
  std::vector<std::string> texts;
  for (const Value& text : array.GetArray()) texts.emplace_back(json::view(text));
  return texts;
}

bool names(const Value& list, std::string_view name) {
  const std::vector<std::string> texts = texts_of(list);
  return std::find(texts.begin(), texts.end(), name) != texts.end();
}

// An example with the sandbox's names in place of its own.
void exchange(Value& value, const Value& names, Document::AllocatorType& allocator) {
  if (value.IsObject()) {
    std::for_each(value.MemberBegin(), value.MemberEnd(),
                  [&](auto& member) { exchange(member.value, names, allocator); });
  } else if (value.IsArray()) {
    for (Value& item : value.GetArray()) exchange(item, names, allocator);
  } else if (value.IsString()) {
    const Value* other = json::find(names, json::view(value));
    if (other != nullptr) value.CopyFrom(*other, allocator);
  }
}

std::string example_of(const Action& action, const Value& names) {
  if (action.examples.empty()) return "{}";
  Document example;
  example.Parse(action.examples.front().c_str());
  exchange(example, names, example.GetAllocator());
  return json::write(example);
}

Step step_of(const Value& value) {
  Step step{std::string(json::text_of(value, "tool")),
            std::string(json::text_of(value, "action")),
            json::write(value["params"]),
            {}};
  const Value* take = json::find(value, "take");
  if (take == nullptr) return step;
  for (const auto& member : take->GetObject())
    step.take.emplace(json::view(member.name), json::view(member.value));
  return step;
}

// row: of the file, or nullptr.
PlannedAction planned(const Tool& tool, const Action& action, const Document& plan,
                      const Value* row) {
  PlannedAction planned;
  planned.tool = tool.name;
  planned.action = action.name;
  if (row != nullptr) planned.use = json::text_of(*row, "use");
  planned.effect = action.worst_effect();
  planned.is_sample = names(plan["sample"], planned.name());
  planned.is_log_in_sample = names(plan["log_in_sample"], planned.name());
  if (row == nullptr) {
    planned.params = example_of(action, plan["names"]);
    return planned;
  }
  const Value* params = json::find(*row, "params");
  planned.params = params == nullptr ? example_of(action, plan["names"]) : json::write(*params);
  planned.tells_failures = json::flag_of(*row, "tells_failures");
  planned.differs = json::flag_of(*row, "differs");
  if (const Value* types = json::find(*row, "types")) planned.types = texts_of(*types);
  planned.signs_in = json::flag_of(*row, "signs_in");
  if (const Value* before = json::find(*row, "before")) {
    for (const Value& step : before->GetArray()) planned.before.push_back(step_of(step));
  }
  return planned;
}

Passes passes_of(std::string_view name) {
  if (name == "no") return Passes::no;
  if (name == "empty") return Passes::empty;
  return name == "same" ? Passes::same : Passes::other;
}

std::string_view name_of(Requests requests) {
  if (requests == Requests::log_ins) return "log_ins";
  return requests == Requests::registry_tokens ? "registry_tokens" : "own";
}

}  // namespace

std::vector<PlannedAction> planned_actions(const Catalogue& catalogue) {
  const Document plan = read_plan("actions.json");
  std::vector<PlannedAction> actions, others;
  for (const Tool& tool : catalogue.tools) {
    if (names(plan["local_tools"], tool.name)) continue;
    for (const Action& action : tool.actions) {
      const Value* row = json::find(plan["actions"], tool.name + ' ' + action.name);
      actions.push_back(planned(tool, action, plan, row));
      const Value* more = row == nullptr ? nullptr : json::find(*row, "other_uses");
      if (more == nullptr) continue;
      for (const Value& use : more->GetArray()) others.push_back(planned(tool, action, plan, &use));
    }
  }
  actions.insert(actions.end(), others.begin(), others.end());
  return actions;
}

std::vector<PlannedFault> planned_faults() {
  constexpr int kUsual = 20'000;
  const Document plan = read_plan("faults.json");
  std::vector<PlannedFault> faults;
  for (const Value& row : plan["faults"].GetArray()) {
    const Value* timeout = json::find(row, "timeout_ms");
    faults.push_back({std::string(json::text_of(row, "name")), json::write(row["play"]),
                      texts_of(row["types"]), passes_of(json::text_of(row, "passes")),
                      std::chrono::milliseconds(timeout == nullptr ? kUsual : timeout->GetInt()),
                      json::flag_of(row, "tls"),
                      json::text_of(row, "of") == name_of(Requests::registry_tokens)
                          ? Requests::registry_tokens
                          : Requests::own});
  }
  return faults;
}

std::vector<std::string> unreached(Requests requests) {
  const Document plan = read_plan("faults.json");
  const Value* list = json::find(plan["unreached"], name_of(requests));
  return list == nullptr ? std::vector<std::string>() : texts_of(*list);
}

std::string play_on(const PlannedFault& fault, Requests requests, int after, bool once) {
  constexpr std::string_view kLogIns = "/v2/auth/token|/v2/users/(2fa-)?login|/token";
  Document play;
  play.Parse(fault.play.c_str());
  auto& allocator = play.GetAllocator();
  std::string path = "(" + std::string(kLogIns) + ")";
  if (requests == Requests::own) path = "(?!" + path + "$).*";
  if (requests == Requests::registry_tokens) {
    play.AddMember("listener", "auth", allocator);
  } else if (requests != Requests::any) {
    play.AddMember("path", json::copy(path, allocator), allocator);
  }
  play.AddMember("after", after, allocator);
  if (once) play.AddMember("times", 1, allocator);
  return json::write(play);
}

}  // namespace dockerhub::test
