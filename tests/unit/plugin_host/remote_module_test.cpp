// The kernel's side against a process that breaks the rules, or does not end: no call waits for ever, and
// each says what happened.
#include <gmock/gmock.h>

#include <atomic>
#include <functional>
#include <future>

#include "remote_module.hpp"
#include "sanitizer_options.hpp"

namespace dockerhub::plugin_host {
namespace {

using testing::HasSubstr;

// A call of the kernel's, as far as it matters here.
struct GivenCall {
  std::atomic<bool> cancelled = false;
  std::int64_t remaining = -1;
  std::string params;
  std::string type;     // of the error that was put on it
  std::string message;  // and its text

  dh_call* handle() { return reinterpret_cast<dh_call*>(this); }
};

GivenCall& given(dh_call* call) {
  return *reinterpret_cast<GivenCall*>(call);
}

dh_status params(dh_call* call, dh_str* json) {
  *json = text_of(given(call).params);
  return DH_OK;
}
dh_status put_error(dh_call* call, const dh_error* error) {
  given(call).type = view(error->type);
  given(call).message = view(error->message);
  return DH_E_FAILED;
}
dh_status take_answer(dh_call* /*call*/, dh_str /*json*/) {
  return DH_OK;
}
std::int32_t is_dry_run(dh_call* /*call*/) {
  return 0;
}
std::int32_t is_cancelled(dh_call* call) {
  return given(call).cancelled ? 1 : 0;
}
std::int64_t remaining_ms(dh_call* call) {
  return given(call).remaining;
}

// A host with call/1 and emit/1, whose listener may be set.
struct GivenHost {
  GivenHost() {
    call.size = sizeof call;
    call.params = params;
    call.answer = take_answer;
    call.fail = put_error;
    call.dry_run = is_dry_run;
    call.cancelled = is_cancelled;
    call.remaining_ms = remaining_ms;
    emit.size = sizeof emit;
    emit.changed = [](const dh_host* self, std::int32_t, dh_str) -> dh_status {
      of(self).on_change();
      return DH_OK;
    };
  }

  static GivenHost& of(const dh_host* self) { return *static_cast<GivenHost*>(self->kernel); }
  static const void* extension(const dh_host* self, dh_str id) {
    if (view(id) == DH_CALL_1) return &of(self).call;
    return view(id) == DH_EMIT_1 ? &of(self).emit : nullptr;
  }

  dh_call_1 call{};
  dh_emit_1 emit{};
  std::function<void()> on_change = [] {};
  dh_host host{sizeof(dh_host), DH_ABI_MAJOR, DH_ABI_MINOR, this, extension};
};

class Rude : public testing::Test {
 protected:
  RemoteModule::Options options() const {
    RemoteModule::Options options;
    options.program = RUDE_HOST;
    options.module = "any";
    options.environment = sanitizer_options();
    options.grace = std::chrono::milliseconds(50);
    return options;
  }

  void SetUp() override {
    auto started = RemoteModule::start(&host.host, options());
    ASSERT_TRUE(started) << started.error();
    module = std::move(*started);
  }

  dh_status invoke(const char* action) { return invoke(action, call); }
  dh_status invoke(const char* action, GivenCall& with) {
    return module->invoke(with.handle(), text_of(std::string_view("rude")),
                          text_of(std::string_view(action)));
  }

  GivenHost host;
  GivenCall call;
  std::unique_ptr<RemoteModule> module;
};

TEST_F(Rude, MayBePoliteToo) {
  EXPECT_TRUE(module->offers(DH_TOOLS_1));
  EXPECT_EQ(invoke("answers"), DH_OK);
  EXPECT_EQ(call.message, "");
}

TEST_F(Rude, WhatThrewIsToldApartFromWhatWasNotRun) {
  EXPECT_EQ(invoke("throws"), DH_E_FAILED);
  EXPECT_EQ(call.message, "the module threw an exception: words");
  EXPECT_EQ(invoke("refuses"), DH_E_FAILED);
  EXPECT_EQ(call.message, "the process of the module has too many calls under way");
}

TEST_F(Rude, ACancelledCallThatDoesNotEndIsEnded) {
  call.cancelled = true;
  EXPECT_EQ(invoke("does nothing"), DH_E_FAILED);
  EXPECT_EQ(call.type, "ModuleError");
  EXPECT_EQ(call.message,
            "the process of the module did not end when it was told to, and was ended by signal 9");
}

TEST_F(Rude, ACallThatAsksForEverAfterItsDeadlineIsEnded) {
  call.remaining = 0;
  EXPECT_EQ(invoke("asks for ever"), DH_E_FAILED);
  EXPECT_THAT(call.message, HasSubstr("did not end when it was told to"));
}

TEST_F(Rude, WhatEndsInTimeIsNotEnded) {
  RemoteModule::Options patient = options();
  patient.grace = std::chrono::minutes(1);
  module = RemoteModule::start(&host.host, patient).value();
  call.cancelled = true;
  EXPECT_EQ(invoke("answers"), DH_OK);
  GivenCall next;
  EXPECT_EQ(invoke("answers", next), DH_OK);
}

TEST_F(Rude, TheOthersFailWithTheOneThatWasEnded) {
  GivenCall other;
  auto waits = std::async(std::launch::async, [&] { return invoke("does nothing", other); });
  call.cancelled = true;
  EXPECT_EQ(invoke("does nothing"), DH_E_FAILED);
  EXPECT_EQ(waits.get(), DH_E_FAILED);
  EXPECT_THAT(other.message, HasSubstr("was ended by signal 9"));
}

TEST_F(Rude, MessagesThatBreakARuleEndTheProcess) {
  for (const char* action :
       {"asks what nobody has", "asks with too few fields", "answers without a status"}) {
    SetUp();
    EXPECT_EQ(invoke(action), DH_E_FAILED) << action;
    EXPECT_EQ(call.message, "the process of the module broke the protocol") << action;
    EXPECT_EQ(invoke("answers"), DH_E_FAILED) << action;
    EXPECT_THAT(call.message, HasSubstr("was ended by signal 9")) << action;
  }
  for (const char* action : {"answers for another call", "announces too much"}) {
    SetUp();
    EXPECT_EQ(invoke(action), DH_E_FAILED) << action;
    EXPECT_THAT(call.message, HasSubstr("was ended by signal 9 while the call ran")) << action;
  }
}

TEST_F(Rude, ASecondMessageInATurnEndsTheProcess) {
  EXPECT_EQ(invoke("answers twice"), DH_OK) << "the first was right";
  EXPECT_EQ(invoke("does nothing"), DH_E_FAILED);
  EXPECT_THAT(call.message, HasSubstr("was ended by signal 9"));
}

TEST_F(Rude, LeavingInTheMiddleIsTold) {
  EXPECT_EQ(invoke("leaves"), DH_E_FAILED);
  EXPECT_THAT(call.message, HasSubstr("exited with status 7 while the call ran"));
}

TEST_F(Rude, ResultsThatAreTooLongAreRefusedAndNothingElseFails) {
  call.params = std::string(kMaxMessage, 'x');
  EXPECT_EQ(invoke("asks for parameters"), DH_E_LIMIT);
  EXPECT_EQ(call.type, "ApiError");
  EXPECT_THAT(call.message, HasSubstr("too long to be sent to the module"));
  EXPECT_EQ(invoke("answers"), DH_OK);
}

TEST_F(Rude, ArgumentsThatAreTooLongAreRefusedAndNothingElseFails) {
  const std::string arguments(kMaxMessage, 'x');
  EXPECT_EQ(module->get(call.handle(), text_of(std::string_view("prompt")), text_of(arguments)),
            DH_E_FAILED);
  EXPECT_EQ(call.type, "ApiError");
  EXPECT_THAT(call.message, HasSubstr("is too long"));
  EXPECT_EQ(invoke("answers"), DH_OK);
}

TEST_F(Rude, WhoIsToldOfAChangeMayCallTheModule) {
  std::atomic<dh_status> inner = DH_E_FAILED;
  host.on_change = [&] {
    GivenCall other;
    inner = invoke("answers", other);
  };
  EXPECT_EQ(invoke("tells of a change"), DH_OK);
  EXPECT_EQ(inner, DH_OK);
}

TEST_F(Rude, WhoAsksTheHostWithoutWaitingIsEnded) {
  std::promise<void> seen;
  host.on_change = [ready = seen.get_future().share()] { ready.wait(); };
  EXPECT_EQ(invoke("asks the host twice"), DH_E_FAILED);
  EXPECT_THAT(call.message, HasSubstr("was ended by signal 9"));
  seen.set_value();
}

TEST_F(Rude, OneThatIsNeverReadyIsNotWaitedFor) {
  RemoteModule::Options slow = options();
  slow.module = "silent";
  slow.start_time = std::chrono::milliseconds(50);
  const auto started = RemoteModule::start(&host.host, slow);
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error(),
            "its process took too long and was ended by signal 9 before the module was loaded");
}

}  // namespace
}  // namespace dockerhub::plugin_host
