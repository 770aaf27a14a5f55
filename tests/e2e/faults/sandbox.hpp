// A dockerhub-sandbox of the build tree and its control listener (docs/sandbox.md). It ends with the
// object, and with this process: its standard input is a pipe of ours. Errors are exceptions, since a
// test can do nothing about them. One thread at a time.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub::test {

// One request that came to a host of the sandbox.
struct JournalEntry {
  std::uint64_t sequence = 0;
  std::string listener, method, path, query;
  std::string authorization;  // as it was sent, or empty
  std::string body;           // of JSON and forms
  std::uint64_t body_size = 0;
  int status = 0;     // of the answer; 0: none
  std::string fault;  // kind of the fault that was played, or empty

  // Whether it asked for a token, and nothing else.
  bool is_log_in() const;
  std::string text() const;  // "hub POST /v2/auth/token -> 200"
};

class Sandbox {
 public:
  explicit Sandbox(const std::vector<std::string>& options = {});
  ~Sandbox();
  Sandbox(const Sandbox&) = delete;
  Sandbox& operator=(const Sandbox&) = delete;

  // What a program needs to find it: variables by name.
  const std::map<std::string, std::string>& environment() const { return environment_; }
  // Every secret of its accounts.
  const std::vector<std::string>& secrets() const { return secrets_; }

  void reset();
  void clear_journal();
  // Adds faults, one JSON object or an array.
  void play(const std::string& faults);
  void clear_faults();
  // The requests after that one.
  std::vector<JournalEntry> journal(std::uint64_t after = 0);

 private:
  struct Control;

  void start(const std::vector<std::string>& options);
  std::string ask(const std::string& method, const std::string& path, const std::string& body = {});

  pid_t process_ = 0;
  int input_ = -1, output_ = -1;
  std::unique_ptr<Control> control_;
  std::map<std::string, std::string> environment_;
  std::vector<std::string> secrets_;
};

}  // namespace dockerhub::test
