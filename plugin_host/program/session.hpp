// The module's process: one module, one socket, a thread for each call under way.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "conversation.hpp"
#include "loaded_module.hpp"

namespace dockerhub::plugin_host {

class Session {
 public:
  // The file is loaded when the kernel's side asks for it.
  Session(int socket, std::string file);

  // Serves until the instance was stopped, and then returns. Where the other end is closed before, or
  // breaks the protocol, the process ends here: nobody is left to work for.
  void run();

 private:
  struct Running {
    Running(Link& link, std::uint64_t id) : call(link, id) {}
    dh_call call;
    std::atomic<bool> done = false;
    std::thread thread;
  };

  bool accept(Message message);
  bool begin(Message request);
  void join_finished();
  void work(Running& running, const Message& request);
  void start(FieldReader& in, FieldWriter& reply);
  void stop();
  void call_module(dh_call& call, ModuleFunction function, FieldReader& in, FieldWriter& reply);

  int socket_;
  std::string file_;
  Link link_;
  HostState host_;
  LoadedModule module_;
  std::map<std::uint64_t, std::unique_ptr<Running>> running_;  // of the thread of run() alone
  std::atomic<bool> stopped_ = false;
};

}  // namespace dockerhub::plugin_host
