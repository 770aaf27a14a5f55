// A host of one test over real connections, which keeps a journal of what it was sent.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../http/scripted_server.hpp"

namespace dockerhub {

// Answers each request by what the test set, as long as it lives.
class Site {
 public:
  using Answer =
      std::function<std::string(const std::string& path, const std::string& authorization)>;

  explicit Site(std::string host) : host_(std::move(host)) {}

  void answer_by(Answer answer) {
    const std::lock_guard<std::mutex> lock(mutex_);
    answer_ = std::move(answer);
  }
  std::string url(const std::string& path = {}) const { return "http://" + authority() + path; }
  std::string authority() const { return host_ + ':' + std::to_string(server_.port()); }

  std::vector<std::string> requests() const { return server_.requests(); }
  // The values of the Authorization headers that came.
  std::vector<std::string> authorizations() const {
    std::vector<std::string> values;
    for (const std::string& request : requests()) {
      const std::string value = authorization_in(request);
      if (!value.empty()) values.push_back(value);
    }
    return values;
  }

 private:
  static std::string authorization_in(const std::string& request) {
    constexpr std::string_view kName = "\r\nAuthorization: ";
    const std::size_t at = request.find(kName);
    if (at == std::string::npos) return {};
    const std::size_t begin = at + kName.size();
    return request.substr(begin, request.find("\r\n", begin) - begin);
  }

  void serve(http::Peer& peer) {
    for (std::string request = peer.read_request(); !request.empty();
         request = peer.read_request()) {
      server_.journal(request);
      const std::size_t path = request.find(' ') + 1;
      Answer answer;
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        answer = answer_;
      }
      peer.send(
          answer(request.substr(path, request.find(' ', path) - path), authorization_in(request)));
    }
  }

  std::string host_;
  std::mutex mutex_;
  Answer answer_ = [](const std::string&, const std::string&) { return http::status(404); };
  http::ScriptedServer server_{[this](http::Peer& peer) { serve(peer); }};
};

}  // namespace dockerhub
