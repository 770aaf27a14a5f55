#include "exchange/message.hpp"

#include <strings.h>

#include <algorithm>
#include <utility>

namespace dockerhub::sandbox {
namespace {

bool same_name(const Header& header, std::string_view name) {
  return header.name.size() == name.size() &&
         strncasecmp(header.name.data(), name.data(), name.size()) == 0;
}

std::optional<std::string> first_of(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (same_name(header, name)) return header.value;
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> Request::header(std::string_view name) const {
  return first_of(headers, name);
}

Body::Body(std::string bytes) : Body(std::make_shared<const std::string>(std::move(bytes))) {}

Body::Body(std::shared_ptr<const std::string> bytes)
    : bytes_(std::move(bytes)), size_(bytes_ ? bytes_->size() : 0) {}

std::string_view Body::view() const {
  return bytes_ ? std::string_view(*bytes_).substr(first_, size_) : std::string_view();
}

Body Body::part(std::size_t first, std::size_t size) const {
  Body cut = *this;
  cut.first_ += first;
  cut.size_ = size;
  return cut;
}

Answer& Answer::set(std::string_view name, std::string_view value) {
  std::erase_if(headers, [&](const Header& header) { return same_name(header, name); });
  return add(name, value);
}

Answer& Answer::add(std::string_view name, std::string_view value) {
  headers.push_back({std::string(name), std::string(value)});
  return *this;
}

std::optional<std::string> Answer::header(std::string_view name) const {
  return first_of(headers, name);
}

Answer json_answer(int status, const JsonText& body) {
  return {status, {{"Content-Type", "application/json"}}, Body(body.text())};
}

Answer text_answer(int status, std::string text) {
  return {status, {{"Content-Type", "text/plain; charset=utf-8"}}, Body(std::move(text))};
}

Answer empty_answer(int status) {
  return {status, {}, {}};
}

}  // namespace dockerhub::sandbox
