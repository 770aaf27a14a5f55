// The kernel's parts as the pipeline and the host extensions see them. One per Kernel, made by it and
// alive as long as it; every part may be used from any thread. Modules come last, since their code may
// use all the others to its end.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "approval/seal.hpp"
#include "config/configuration_impl.hpp"
#include "dockerhub/kernel.hpp"
#include "modules/module_table.hpp"
#include "redaction/redactor.hpp"
#include "telemetry/log.hpp"
#include "trail/trail.hpp"

namespace dockerhub {

class KeptRecords;
class Pipeline;
class Surfaces;

struct Services {
  Services(Configuration given, Hooks given_hooks, std::unique_ptr<Redactor> given_redactor,
           std::unique_ptr<Log> given_log, const Seal& given_seal);
  ~Services();
  Services(const Services&) = delete;
  Services& operator=(const Services&) = delete;

  // Unique in this process and, by its first half, probably everywhere; no secret.
  std::string new_request_id() const;

  const Configuration configuration;
  const std::size_t most_answer;  // bytes of an answer that is held in memory
  const std::chrono::milliseconds call_time;
  Hooks hooks;
  std::unique_ptr<Redactor> redactor;
  std::unique_ptr<Log> log;
  Seal seal;
  std::unique_ptr<Surfaces> surfaces;
  std::unique_ptr<Trail> trail;  // nullptr: none is kept
  std::unique_ptr<KeptRecords> kept;
  std::shared_ptr<UsedStates> used_states;
  std::function<void(const Change&)> changed;
  std::unique_ptr<Pipeline> pipeline;
  std::unique_ptr<ModuleTable> modules;

 private:
  std::string process_;  // the first half of its requests' ids
  mutable std::atomic<std::uint32_t> request_count_ = 0;
};

}  // namespace dockerhub
