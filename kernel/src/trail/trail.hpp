// The audit trail: one line for each call that changes something, appended to a file that programs and
// threads share (docs/trail.md says what it can and cannot show). Nothing is touched on disk before the
// first write. Any thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>

#include "base/private_file.hpp"
#include "config/configuration_impl.hpp"
#include "credentials/secret.hpp"
#include "dockerhub/kernel.hpp"
#include "trail/chain.hpp"

namespace dockerhub {

class Trail {
 public:
  static constexpr std::chrono::seconds kLongestWait{10};  // for other writers
  static constexpr std::size_t kMostHead = 4096;  // bytes of the file that tells the last entry

  // key: of the operator; nullptr: one is kept in the folder, and made with the trail.
  Trail(std::filesystem::path folder, std::shared_ptr<const Secret> key,
        std::shared_ptr<SecretBook> book);

  // Whether an entry could be appended now. Errors (configuration, timeout): not ours, a newer format,
  // another key, a broken chain, no place; cancelled while other writers are waited for.
  Result<void> check(const std::stop_token& stop = {});

  // Appends what `members` gives for the number of the new entry. On disk when it returns.
  Result<void> append(const std::function<std::string(std::uint64_t)>& members);

  // Reads it all; nothing is written.
  Result<TrailReport> verify(const std::stop_token& stop);

 private:
  struct Opened;

  Result<Opened> open(const std::stop_token& stop = {});
  Result<void> begin(Opened& opened) const;
  Result<void> take_up(Opened& opened, const ChainEnd& head, std::uint64_t size) const;
  Result<void> write(Opened& opened, const std::string& members) const;
  Result<std::shared_ptr<const Secret>> key(bool make);
  Result<TrailReport> examine(TrailReport report, const std::stop_token& stop);
  Failure broken(const std::string& what) const;

  std::filesystem::path folder_;
  PrivateFile entries_, head_, key_file_;
  std::shared_ptr<SecretBook> book_;
  std::mutex mutex_;
  std::shared_ptr<const Secret> key_;
};

// The trail of that folder with the key of the settings.
std::unique_ptr<Trail> make_trail(const Configuration::Impl& settings,
                                  std::filesystem::path folder);

}  // namespace dockerhub
