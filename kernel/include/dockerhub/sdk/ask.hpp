// Consent and input during a call (ask/1). Where the caller cannot be asked while the call runs, a
// question comes back with a suspended() status: put further questions if there are any, then
// return that status; the handler is run again from its start and finds the answers. To go on as if
// nothing had happened ends the call as the module's mistake. Until its last question a handler
// must only have read: after an item, a write or another action that writes, asking is
// DH_E_INVALID.
//
// A key names the question within the action: [A-Za-z0-9_.-], 1 to 64 characters. The same key
// gives the same answer. All functions only inside the call, on its thread.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "dockerhub/sdk/action.hpp"
#include "dockerhub/sdk/json.hpp"
#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

// What the user answered to a question.
struct Answer {
  std::string action;  // "accept", "decline", "cancel"
  Document content;    // object; empty unless accepted

  bool accepted() const { return action == "accept"; }
  // A field of the answer as text, empty when it is not there or no text.
  std::string_view text(const char* field) const {
    const auto member = content.FindMember(field);
    return member != content.MemberEnd() && member->value.IsString() ? view(member->value)
                                                                     : std::string_view();
  }
};

class Asking {
 public:
  Asking(const dh_ask_1* table, dh_call* call) : table_(table), call_(call) {}

  // Raises the effect of the call to write or destructive and asks for consent to exactly this
  // text. target: the name of what dies or changes. Good: go on, once. DH_E_REFUSED: do not. An
  // action whose row says read cannot raise its effect: DH_E_INVALID. A dry run asks nothing.
  Status approve(Effect effect, std::string_view text, std::string_view target = {}) const {
    return invoke(table_, &dh_ask_1::approve, call_, static_cast<std::int32_t>(effect),
                  to_abi(text), to_abi(target));
  }

  // Asks the user. schema: a flat JSON Schema object. Never for secrets. DH_E_UNSUPPORTED: this
  // caller cannot be asked.
  Reply<Answer> input(std::string_view key, std::string_view message, const Json& schema) const {
    return question(key, Json{{"message", message}, {"schema", schema}});
  }
  // Sends the user to a URL, for what does not belong into a form.
  Reply<Answer> visit(std::string_view key, std::string_view message, std::string_view url) const {
    return question(key, Json{{"message", message}, {"url", url}});
  }
  // A completion by the caller's model: params and result of MCP sampling/createMessage.
  Reply<Document> sample(std::string_view key, const Json& request) const {
    dh_str json{};
    const Status status =
        invoke(table_, &dh_ask_1::sample, call_, to_abi(key), to_abi(request.text()), &json);
    return parsed(status, json);
  }
  // The caller's roots: result of MCP roots/list.
  Reply<Document> roots(std::string_view key) const {
    dh_str json{};
    return parsed(invoke(table_, &dh_ask_1::roots, call_, to_abi(key), &json), json);
  }

  // Bytes kept over a suspension, at most DH_STATE_MAX, sealed; empty on the first run.
  Reply<std::string> state() const {
    dh_bytes bytes{};
    const Status status = invoke(table_, &dh_ask_1::state_get, call_, &bytes);
    if (!status) return status;
    return std::string(static_cast<const char*>(bytes.data), bytes.size);
  }
  Status keep(std::string_view state) const {
    return invoke(table_, &dh_ask_1::state_set, call_, bytes_of(state));
  }

 private:
  static Reply<Document> parsed(Status status, dh_str json) {
    if (!status) return status;
    auto document = parse_json(from_abi(json));
    if (!document) return Status(DH_E_INVALID);
    return std::move(*document);
  }
  Reply<Answer> question(std::string_view key, const Json& request) const {
    dh_str json{};
    const Status status =
        invoke(table_, &dh_ask_1::input, call_, to_abi(key), to_abi(request.text()), &json);
    auto document = parsed(status, json);
    if (!document) return document.status();
    if (!document->IsObject() || !document->HasMember("action")) return Status(DH_E_INVALID);
    Answer answer;
    answer.action = view((*document)["action"]);
    answer.content.SetObject();
    if (document->HasMember("content") && (*document)["content"].IsObject()) {
      answer.content.CopyFrom((*document)["content"], answer.content.GetAllocator());
    }
    return answer;
  }

  const dh_ask_1* table_;
  dh_call* call_;
};

}  // namespace dockerhub::sdk
