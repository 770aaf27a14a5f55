// A secret text and the book of all secrets of one kernel.
//
// Secret holds a credential: it wipes its memory when it dies, cannot be copied by accident,
// printed or turned into JSON, and is seen only through reveal(). SecretBook knows the values that
// must never leave this process; making a Secret through it is the only way to make one, so that
// none can be forgotten by redaction. SecretBook may be used from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dockerhub {

class SecretBook;

class Secret {
 public:
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret();

  // The plain value; valid as long as this object. Give it to nothing that keeps or prints it.
  std::string_view reveal() const { return {bytes_.get(), size_}; }
  bool empty() const { return size_ == 0; }

 private:
  friend class SecretBook;
  explicit Secret(std::string_view value);

  std::unique_ptr<char[]> bytes_;
  std::size_t size_ = 0;
};

class SecretBook {
 public:
  SecretBook();
  ~SecretBook();
  SecretBook(const SecretBook&) = delete;
  SecretBook& operator=(const SecretBook&) = delete;

  // A secret of that value, known to redaction from now on. `value` itself is the caller's to wipe.
  Secret make(std::string_view value);

  // How long redaction knows a value after its last holder dropped it.
  enum class After { forgotten, remembered };
  // So many dropped values are remembered; one more, and the oldest is forgotten. Late answers and log
  // lines may still show a token that has just been replaced.
  static constexpr std::size_t kRemembered = 64;

  // Makes redaction know a value until the handle is dropped (a `secret` parameter, for its call), or a
  // while longer (a token that was minted). An empty value gives nullptr.
  [[nodiscard]] std::shared_ptr<const Secret> learn(std::string_view value,
                                                    After after = After::forgotten);

  // "SCHEME VALUE" as a header has it; keeps `value` known as long as it lives.
  static std::shared_ptr<const Secret> with_scheme(std::string_view scheme,
                                                   std::shared_ptr<const Secret> value);

  // The values known now; an immutable snapshot that rises in `version` with every change.
  struct Known {
    std::uint64_t version = 0;
    std::vector<Secret> values;
  };
  std::shared_ptr<const Known> known() const;

 private:
  class Shelf;
  std::shared_ptr<Shelf> shelf_;  // shared with the handles
};

// Overwrites memory in a way that the compiler keeps.
void wipe(void* bytes, std::size_t size) noexcept;

}  // namespace dockerhub
