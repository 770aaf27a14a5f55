// The kernel's side of a module's process by hand, message by message.
#pragma once

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

#include "module_process.hpp"
#include "sanitizer_options.hpp"
#include "wire.hpp"

namespace dockerhub::plugin_host {

class ByHand : public testing::Test {
 protected:
  explicit ByHand(const char* module)
      : process(ModuleProcess::start(HOST_PROGRAM, module, sanitizer_options()).value()) {}

  // The status of the start; what create() asks of the host is answered by DH_OK.
  dh_status start(std::int64_t protocol = kProtocol) {
    FieldWriter fields;
    fields.number(protocol);
    fields.number(DH_ABI_MAJOR);
    fields.number(DH_ABI_MINOR);
    for (const char* id : {DH_CALL_1, DH_HTTP_1, DH_ASK_1, DH_STORE_1, DH_DIGEST_1, DH_CONFIG_1,
                           DH_LOG_1, DH_EMIT_1})
      fields.bytes(id);
    send(ModuleFunction::start, 1, fields);
    Message message = receive();
    while (!HasFailure() && message.kind == Kind::request && message.id == kHostId) {
      reply(message);
      message = receive();
    }
    FieldReader in(message.fields);
    const auto status = static_cast<dh_status>(in.number());
    problem = in.bytes();
    return in.good() && message.kind == Kind::reply ? status : DH_E_FAILED;
  }

  // A call of this action without an end.
  void invoke(std::uint64_t id, std::string_view action) {
    FieldWriter call;
    call.number(0);
    call.number(-1);
    call.bytes("tool");
    call.bytes(action);
    send(ModuleFunction::invoke, id, call);
  }

  void send(ModuleFunction function, std::uint64_t id, FieldWriter& fields) {
    ASSERT_TRUE(
        link.send({Kind::request, static_cast<std::uint32_t>(function), id, fields.take()}));
  }
  void reply(const Message& request) {
    FieldWriter fields;
    fields.number(DH_OK);
    reply(request, fields);
  }
  void reply(const Message& request, FieldWriter& fields) {
    ASSERT_TRUE(link.send({Kind::reply, request.function, request.id, fields.take()}));
  }
  Message receive() {
    auto message = link.receive();
    EXPECT_TRUE(message) << "the process has ended";
    return message ? std::move(*message) : Message();
  }

  ModuleProcess process;
  Link link{process.socket()};
  std::string problem;  // what was wrong with the start
};

}  // namespace dockerhub::plugin_host
