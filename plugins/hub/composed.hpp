// Texts put together. Pure; any thread.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace dockerhub::hub {

// A text or a number, in the braces of composed(): it holds no copy of a text. Modules have hundreds of them,
// and a call takes less room than what is done in it: no constructor is inlined.
class Part {
 public:
  [[gnu::noinline]] Part(const char* text) noexcept;
  [[gnu::noinline]] Part(const std::string& text) noexcept;
  [[gnu::noinline]] Part(std::string_view text) noexcept;
  Part(bool) = delete;
  Part(char) = delete;
  Part(std::signed_integral auto number) noexcept
      : Part(Number{static_cast<std::int64_t>(number)}) {}
  Part(std::unsigned_integral auto number) noexcept
      : Part(Natural{static_cast<std::uint64_t>(number)}) {}

  std::string_view text() const { return {data_ != nullptr ? data_ : digits_.data(), size_}; }

 private:
  struct Number {
    std::int64_t value;
  };
  struct Natural {
    std::uint64_t value;
  };
  [[gnu::noinline]] explicit Part(Number number) noexcept;
  [[gnu::noinline]] explicit Part(Natural number) noexcept;

  const char* data_ = nullptr;
  std::size_t size_ = 0;
  std::array<char, 20> digits_;
};

// `pattern` with each "{}" replaced by the next of `parts`, which are as many.
std::string composed(std::string_view pattern, std::initializer_list<Part> parts);

}  // namespace dockerhub::hub
