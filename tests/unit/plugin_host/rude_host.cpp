// In the place of dockerhub-plugin-host: it speaks the protocol, and breaks it in the way that the action is
// named after. It does not leave when it is hung up on either, for a minute. usage: rude_host FILE, where the
// file "silent" never answers that it was loaded.
#include <unistd.h>

#include <array>
#include <cstring>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "wire.hpp"

namespace {

using dockerhub::plugin_host::FieldReader;
using dockerhub::plugin_host::FieldWriter;
using dockerhub::plugin_host::HostFunction;
using dockerhub::plugin_host::kHostId;
using dockerhub::plugin_host::Kind;
using dockerhub::plugin_host::kSocket;
using dockerhub::plugin_host::Link;
using dockerhub::plugin_host::Message;
using dockerhub::plugin_host::ModuleFunction;

constexpr std::uint32_t kNoFunction = 9999;

class RudeHost {
 public:
  explicit RudeHost(bool silent) : silent_(silent) {}

  // Returns when it was told to stop.
  void run() {
    while (const auto message = link_.receive()) {
      const auto function = static_cast<ModuleFunction>(message->function);
      if (message->kind == Kind::reply) {
        go_on(*message);
      } else if (message->kind == Kind::request && function == ModuleFunction::start) {
        if (!silent_) end(message->id, DH_OK, "", {DH_TOOLS_1});
      } else if (message->kind == Kind::request && function == ModuleFunction::invoke) {
        invoke(*message);
      } else if (message->kind == Kind::request) {
        return;
      }
    }
    ::alarm(60);
    ::pause();
  }

 private:
  void invoke(const Message& request) {
    FieldReader in(request.fields);
    in.number();
    in.number();
    in.bytes();
    const std::string action(in.bytes());
    actions_[request.id] = action;
    if (action == "answers") end(request.id, DH_OK);
    if (action == "refuses") end(request.id, DH_E_LIMIT, "has too many calls under way");
    if (action == "throws") end(request.id, DH_E_FAILED, "words");
    if (action == "asks what nobody has") ask(kNoFunction, request.id);
    if (action == "asks with too few fields") ask(HostFunction::answer, request.id);
    if (action == "answers without a status") link_.send({Kind::reply, 0, request.id, {}});
    if (action == "answers for another call") end(request.id + 1000, DH_OK);
    if (action == "announces too much") announce_too_much();
    if (action == "leaves") ::_exit(7);
    if (action == "asks for ever" || action == "asks for parameters")
      ask(HostFunction::params, request.id);
    if (action == "tells of a change") {
      changing_ = request.id;
      ask_for_change();
    }
    if (action == "asks the host twice") {
      for (int time = 0; time < 16; ++time) ask_for_change();
    }
    if (action == "answers twice") {
      end(request.id, DH_OK);
      end(request.id, DH_OK);
    }
  }

  void go_on(const Message& reply) {
    if (reply.id == kHostId) {
      end(changing_, DH_OK);
    } else if (actions_[reply.id] == "asks for ever") {
      ask(HostFunction::params, reply.id);
    } else {
      end(reply.id, static_cast<dh_status>(FieldReader(reply.fields).number()));
    }
  }

  void ask_for_change() {
    FieldWriter fields;
    fields.number(DH_KIND_PROMPT);
    fields.bytes("");
    ask(HostFunction::changed, kHostId, fields.take());
  }

  void ask(HostFunction function, std::uint64_t id, std::string fields = {}) {
    ask(static_cast<std::uint32_t>(function), id, std::move(fields));
  }
  void ask(std::uint32_t function, std::uint64_t id, std::string fields = {}) {
    link_.send({Kind::request, function, id, std::move(fields)});
  }

  void end(std::uint64_t id, dh_status status, std::string_view text = {},
           std::initializer_list<std::string_view> more = {}) {
    FieldWriter fields;
    fields.number(status);
    fields.bytes(text);
    for (const std::string_view one : more) fields.bytes(one);
    link_.send({Kind::reply, 0, id, fields.take()});
  }

  static void announce_too_much() {
    std::array<char, 17> head{};
    const std::uint32_t size = 0xffffffff;
    std::memcpy(head.data(), &size, sizeof size);
    static_cast<void>(::write(kSocket, head.data(), head.size()) < 0);
  }

  bool silent_;
  Link link_{kSocket};
  std::map<std::uint64_t, std::string> actions_;
  std::uint64_t changing_ = 0;
};

}  // namespace

int main(int count, char** words) {
  RudeHost(count == 2 && std::string_view(words[1]) == "silent").run();
  return 0;
}
