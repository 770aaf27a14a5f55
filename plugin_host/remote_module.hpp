// A module in a process of its own, for the kernel's side: it is called like the module itself, through
// the functions of abi.h, and reaches the kernel's host functions as if it were here.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <tl/expected.hpp>
#include <vector>

#include "dockerhub/abi.h"
#include "module_process.hpp"
#include "wire.hpp"

namespace dockerhub::plugin_host {

class RemoteModule {
 public:
  struct Options {
    std::filesystem::path program;         // dockerhub-plugin-host
    std::filesystem::path module;          // the file, checked by the caller
    std::vector<std::string> environment;  // all that the process has, "NAME=value"
    // For loading the module and making its instance.
    std::chrono::milliseconds start_time = std::chrono::minutes(1);
    // For a call that was cancelled, or whose deadline has passed. Where it has not ended by then, the
    // process is killed, and with it whatever else the module was doing.
    std::chrono::milliseconds grace = std::chrono::seconds(10);
  };

  // Starts the process and makes the module's instance in it, for this host, which has to outlive the
  // object. The error says what is wrong, a sentence without its end.
  static tl::expected<std::unique_ptr<RemoteModule>, std::string> start(const dh_host* host,
                                                                        const Options& options);
  // Ends the instance and the process; one that does not leave within two seconds is killed. No call may
  // be under way.
  ~RemoteModule();
  RemoteModule(const RemoteModule&) = delete;
  RemoteModule& operator=(const RemoteModule&) = delete;

  // True when the module has that extension ("tools/1").
  bool offers(std::string_view extension) const;
  // Of the process, while it runs.
  pid_t process_id() const { return process_.id(); }

  // The functions of the module's extensions. [any] thread, several at once. When the process ends
  // meanwhile, breaks the protocol or does not end a call in time, the call has an error of the type
  // ModuleError that says so, and DH_E_FAILED is returned; later calls fail in the same way.
  dh_status invoke(dh_call* call, dh_str tool, dh_str action);
  dh_status read(dh_call* call, dh_str uri);
  dh_status watch(dh_call* call, dh_str uri, int32_t on);
  dh_status get(dh_call* call, dh_str name, dh_str arguments);
  dh_status complete(dh_call* call, dh_str request);
  dh_status check(dh_call* call);

 private:
  // What came last for one call under way, and whether the next message is the other side's.
  struct Exchange {
    std::optional<Message> arrived;
    bool theirs = false;
    std::condition_variable changed;
  };
  class Turn;

  RemoteModule(const dh_host* host, ModuleProcess process, std::chrono::milliseconds grace);
  tl::expected<void, std::string> create_instance(std::chrono::milliseconds time);
  void listen();
  std::string how_it_ended();
  bool accept(Message message);
  void serve_host();
  bool serve_host(const Message& request);
  std::string reply_of(dh_call* call, FieldWriter& fields) const;
  dh_status run(ModuleFunction function, dh_call* call, FieldWriter arguments);
  dh_status finish(dh_call* call, const Message& reply) const;
  dh_status broken(dh_call* call, const std::string& what) const;
  dh_status fail(dh_call* call, std::string_view message) const;
  dh_status refuse_size(dh_call* call, std::string_view message) const;
  dh_status put_error(dh_call* call, std::string_view type, std::string_view message,
                      std::string_view hint) const;
  FieldWriter call_fields(dh_call* call) const;

  const dh_host* host_;
  const dh_call_1* call_functions_;
  ModuleProcess process_;
  Link link_;
  std::chrono::milliseconds grace_;
  std::vector<std::string> extensions_;
  std::mutex mutex_;
  std::condition_variable ended_changed_;
  std::map<std::uint64_t, Exchange*> exchanges_;
  std::uint64_t next_id_ = kHostId + 1;
  std::condition_variable host_asked_;
  std::optional<Message> host_request_;  // under kHostId, until it is served
  std::optional<std::string> ended_;     // how the process ended
  std::thread listener_;
};

}  // namespace dockerhub::plugin_host
