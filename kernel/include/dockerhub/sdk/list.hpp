// Lists of fixed capacity for rows. A row is a constexpr value that an author may keep in a
// variable, so its lists own their elements and allocate nothing. Going beyond the capacity is an
// error at compile time that names the rule.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace dockerhub::sdk {

// Thrown at compile time only: the compiler then shows the text of the rule that a row breaks.
struct Mistake {
  const char* rule;
};

// The rule, told by the compiler when `holds` is false.
constexpr void demand(bool holds, const char* rule) {
  if (!holds) throw Mistake{rule};
}

template <typename T, std::size_t Capacity>
class List {
 public:
  constexpr void add(T element) {
    demand(size_ < Capacity, "this list of a row has too many elements");
    elements_[size_++] = element;
  }
  constexpr std::size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr const T* begin() const { return elements_.data(); }
  constexpr const T* end() const { return elements_.data() + size_; }

 private:
  std::array<T, Capacity> elements_{};
  std::size_t size_ = 0;
};

template <std::size_t Capacity>
using Texts = List<std::string_view, Capacity>;

template <std::size_t Capacity, typename... Text>
constexpr Texts<Capacity> texts(Text... text) {
  Texts<Capacity> list;
  (list.add(text), ...);
  return list;
}

}  // namespace dockerhub::sdk
