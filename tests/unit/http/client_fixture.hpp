// A client and the requests that most tests make of it.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "http/client.hpp"
#include "scripted_server.hpp"

namespace dockerhub::http {

class ClientFixture : public testing::Test {
 protected:
  // What differs from these has to be set before the first use of client().
  ClientFixture() {
    options_.user_agent = "dockerhub/test";
    options_.max_retries = 0;
  }

  Client& client() {
    if (!client_) client_ = std::make_unique<Client>(options_);
    return *client_;
  }

  static Request request(const Url& url, const std::string& method = "GET", std::string body = {}) {
    Request made;
    made.method = method;
    made.url = url;
    made.body = std::move(body);
    return made;
  }

  Result<Answer> fetch(Request request, const Control& control = {}) {
    return client().fetch(std::move(request), control, kMost);
  }
  Result<Answer> fetch(const Url& url) { return fetch(request(url)); }

  // The error of a request that must fail.
  Error failure(Request request, const Control& control = {}) {
    const auto answer = fetch(std::move(request), control);
    EXPECT_FALSE(answer) << "status " << answer->response.status_code << ": " << answer->body;
    return answer ? Error{} : answer.error();
  }
  Error failure(const Url& url) { return failure(request(url)); }

  static constexpr std::size_t kMost = 16 * 1024 * 1024;

  ClientOptions options_;

 private:
  std::unique_ptr<Client> client_;
};

}  // namespace dockerhub::http
