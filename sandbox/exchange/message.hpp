// A request as a host of the sandbox sees it and the answer that it makes. Plain values: no socket, no
// library type, so that hosts are functions from one to the other. Source: RFC 9110.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "encoding/json_text.hpp"

namespace dockerhub::sandbox {

struct Header {
  std::string name;
  std::string value;
};

struct Request {
  std::string listener;  // the name of the listener that took it
  std::string method;
  std::string path;   // as sent, with its escapes
  std::string query;  // as sent, without the question mark
  std::vector<Header> headers;
  std::string body;
  std::string origin;  // "http://127.0.0.1:1234": how the client calls this listener

  // The first header of that name, in any case of letters.
  std::optional<std::string> header(std::string_view name) const;
};

// Bytes that an answer shares with whoever keeps them, or a part of them.
class Body {
 public:
  Body() = default;
  Body(std::string bytes);
  Body(std::shared_ptr<const std::string> bytes);

  std::string_view view() const;
  std::size_t size() const { return size_; }
  // Within these bytes; the caller has checked the range.
  Body part(std::size_t first, std::size_t size) const;

 private:
  std::shared_ptr<const std::string> bytes_;
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

struct Answer {
  int status = 200;
  std::vector<Header> headers;
  Body body;

  Answer& set(std::string_view name, std::string_view value);  // replaces
  Answer& add(std::string_view name, std::string_view value);
  std::optional<std::string> header(std::string_view name) const;
};

Answer json_answer(int status, const JsonText& body);
Answer text_answer(int status, std::string text);
Answer empty_answer(int status);

}  // namespace dockerhub::sandbox
