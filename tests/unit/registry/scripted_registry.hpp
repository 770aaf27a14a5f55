// A kernel for tests of hub_registry: requests are answered as the test wrote down, everything that the
// module does is kept. Digests are real. A request that nobody wrote down is answered 404.
#pragma once

#include <dockerhub/abi.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct ScriptedAnswer {
  int status_code = 200;
  std::string body{};
  std::map<std::string, std::string> headers{};  // names in lower case
  bool tells_length = true;
  dh_status failure = DH_OK;  // instead of an answer
};

class ScriptedRegistry {
 public:
  ScriptedRegistry();
  ScriptedRegistry(const ScriptedRegistry&) = delete;
  ScriptedRegistry& operator=(const ScriptedRegistry&) = delete;

  // target: "GET /v2/...[?name=value]". Answers to the same target come in turn, the last one stays.
  void answer(const std::string& target, ScriptedAnswer answer);
  // A manifest as a registry gives it, under `reference` and under its digest, for GET and HEAD.
  // Gives its digest.
  std::string manifest(const std::string& repository, const std::string& reference,
                       const std::string& body, const std::string& media_type);
  // A blob under its digest, which it gives.
  std::string blob(const std::string& repository, const std::string& body,
                   const std::string& media_type = "application/octet-stream");

  dh_status run(std::string_view action, const std::string& params);

  dh_host host{};
  std::map<std::string, std::string> settings;  // JSON by key
  bool dry = false, all_pages = false;
  std::size_t max_items = 1'000'000;
  dh_status consent = DH_OK;
  std::vector<std::string> offered;         // "tool.action"
  std::map<std::string, std::string> kept;  // values by the names of their records
  bool is_taken = false;                    // somebody else has them

  // What the module did.
  std::vector<std::string> requests;         // "GET /v2/..."
  std::vector<std::string> hosts;            // of each request
  std::vector<std::string> request_headers;  // of each request, JSON
  std::vector<std::string> bodies, scopes;   // of each request
  std::vector<std::string> items, warnings, questions;
  std::vector<std::string> progress;  // "DONE/TOTAL UNIT", behind the name of its track
  std::map<std::string, std::string> annotations;
  std::string data;
  std::string error_type, error_message, error_hint, error_parameter, error_request;
  int error_status_code = 0;
  std::string outcome;  // its text, where the work did not end simply well
  std::size_t most_open = 0, open_handles = 0;

 private:
  friend struct Tables;
  struct Exchange {
    std::string target;
    ScriptedAnswer answer;
    std::size_t at = 0;
    std::size_t number = 0;  // of the request
  };
  ScriptedAnswer take(const std::string& target);
  static ScriptedRegistry& of(dh_call* call) { return *reinterpret_cast<ScriptedRegistry*>(call); }
  dh_handle open(const std::string& target, const dh_request& request);

  std::map<std::string, std::deque<ScriptedAnswer>> script_;
  std::map<dh_handle, Exchange> exchanges_;
  std::map<dh_handle, std::pair<std::string, std::string>> digests_;  // algorithm, bytes
  std::map<dh_handle, std::string> records_;                          // names
  std::deque<std::string> lent_;
  dh_handle next_handle_ = 1;
  std::string params_;
};

// "sha256:..." of a text.
std::string sha256(std::string_view text);
std::string sha512(std::string_view text);

inline constexpr const char* kOciIndexType = "application/vnd.oci.image.index.v1+json";
inline constexpr const char* kOciManifestType = "application/vnd.oci.image.manifest.v1+json";
