// Messages of protocol.hpp: their fields, and the socket that they go over.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "dockerhub/abi.h"
#include "protocol.hpp"

namespace dockerhub::plugin_host {

struct Message {
  Kind kind = Kind::request;
  std::uint32_t function = 0;
  std::uint64_t id = kHostId;
  std::string fields;
};

// Appends fields. One thread at a time.
class FieldWriter {
 public:
  void number(std::int64_t value);
  void bytes(std::string_view value);
  std::string take() { return std::move(fields_); }

 private:
  std::string fields_;
};

// Takes fields in their order. What is not there, or of the other sort, is 0 or empty, and good() is
// false from then on. Views are into the text. One thread at a time.
class FieldReader {
 public:
  explicit FieldReader(std::string_view fields) : rest_(fields) {}
  std::int64_t number();
  std::string_view bytes();
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view take(std::size_t size);
  bool starts_with(char sort);

  std::string_view rest_;
  bool good_ = true;
};

// A NULL with a size is nothing.
inline std::string_view view(dh_str text) {
  return text.data == nullptr ? std::string_view() : std::string_view(text.data, text.size);
}
inline std::string_view view(dh_bytes bytes) {
  return bytes.data == nullptr ? std::string_view()
                               : std::string_view(static_cast<const char*>(bytes.data), bytes.size);
}
inline dh_str text_of(std::string_view text) {
  return {text.data(), text.size()};
}
inline dh_bytes bytes_of(std::string_view bytes) {
  return {bytes.data(), bytes.size()};
}

// One end of the socket pair, which the caller closes.
class Link {
 public:
  // ended: a descriptor that becomes readable when the process at the other end has ended, or -1. From then
  // on only what that process had sent is received, whoever else still holds its end.
  explicit Link(int descriptor, int ended = -1) : descriptor_(descriptor), ended_(ended) {}

  static bool fits(std::string_view fields);

  // The whole message, or false: the other end is gone, or does not read. It has to fit. Any thread.
  bool send(const Message& message);
  // The next message; nullopt at the end, and after what is no message. One thread at a time.
  std::optional<Message> receive();

 private:
  void wait_for_bytes();
  bool read_all(char* data, std::size_t size);

  int descriptor_;
  int ended_;  // of the thread that receives
  std::mutex sending_;
};

}  // namespace dockerhub::plugin_host
