// A redis-server of one test: on a free port of loopback, with a folder of its own, ended with the object. Not the
// service of the machine.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../temporary_folder.hpp"
#include "dockerhub/shared_store.hpp"

namespace dockerhub::test {

class RedisProcess {
 public:
  enum class Port { plain, tls };

  // options: behind our own ("--requirepass", "secret").
  explicit RedisProcess(std::vector<std::string> options = {}, Port port = Port::plain);
  ~RedisProcess();
  RedisProcess(const RedisProcess&) = delete;
  RedisProcess& operator=(const RedisProcess&) = delete;

  // "redis://LOGIN127.0.0.1:PORT" or "rediss://..."; login: "user:password@", or empty.
  std::string url(const std::string& login = {}) const;
  const TemporaryFolder& folder() const { return folder_; }

  // Ends it at once, as a machine that fails does.
  void kill();
  // Again at the same port, after kill(): it remembers nothing.
  void start();
  // It answers nobody, and goes on with what was sent meanwhile.
  void freeze() const;
  void thaw() const;

  // All keys and values as it would write them to a disk. store: of this process.
  std::string dump(SharedStore& store) const;

 private:
  bool launch();

  const std::vector<std::string> options_;
  const Port kind_;
  TemporaryFolder folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = -1;
  int output_ = -1;
};

// What a server needs for a Redis at that URL, with a time that a slow machine keeps; more: beside it, or instead.
std::map<std::string, std::string> redis_environment(
    const std::string& url, const std::map<std::string, std::string>& more = {});

// A store at that URL; the error of one that cannot be made.
Result<std::unique_ptr<SharedStore>> redis_store(
    const std::string& url, const std::map<std::string, std::string>& more = {});

}  // namespace dockerhub::test
