// A host for tests of the SDK: its functions write down what they are told. Extensions can be taken
// away or cut short.
#pragma once

#include <dockerhub/abi.h>

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

struct FakeHost {
  FakeHost();
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  // Runs one action of this entry in a fresh instance.
  dh_status run(const dh_entry& entry, std::string_view tool, std::string_view action);
  dh_call* call() { return reinterpret_cast<dh_call*>(this); }
  static FakeHost& of(dh_call* call) { return *reinterpret_cast<FakeHost*>(call); }

  dh_host host{};
  std::set<std::string> missing;  // ids of extensions that this host does not have

  dh_call_1 call_1{};
  dh_ask_1 ask_1{};
  dh_catalog_1 catalog_1{};
  dh_http_1 http_1{};
  dh_digest_1 digest_1{};
  dh_config_1 config_1{};
  dh_log_1 log_1{};
  dh_emit_1 emit_1{};
  dh_kept_1 kept_1{};

  // What the call is given.
  std::string params = "{}";
  std::string capabilities = "{}";
  std::map<std::string, std::string> answers;   // of questions, by key
  std::map<std::string, std::string> settings;  // JSON by key
  std::string response_body;
  bool dry = false;
  dh_status warn_status = DH_OK;
  dh_status item_status = DH_OK;
  std::string envelope;  // of an action run through catalog/1, and how it ended
  dh_status catalog_status = DH_OK;
  std::map<std::string, std::string> kept;  // values by the names of their records
  std::set<std::string> hidden;             // "tool.action" that catalog/1 does not offer

  // What it did.
  std::vector<std::string> answered, items, parts, annotations, warnings, progress, questions, log,
      emitted, requests;
  std::string error_type, error_message, error_hint;
  int error_status_code = 0;
  int64_t error_retry_after_ms = 0;
  std::vector<uint32_t> waits;  // milliseconds
  std::vector<uint32_t> times;  // seconds that values are kept
  std::string held;             // the name of the record that is open
  int open_handles = 0;
};
