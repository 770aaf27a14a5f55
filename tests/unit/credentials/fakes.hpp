// A world for the tests of credentials: services that answer what a test says, and clocks that stand still until
// a test moves them.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/base64.hpp"
#include "credentials/fetch.hpp"
#include "credentials/secret.hpp"
#include "credentials/secret_base64.hpp"
#include "http/authorizer.hpp"
#include "http/message.hpp"

namespace dockerhub {

// An account in the environment.
inline const std::map<std::string, std::string> kPair = {{"DOCKER_HUB_USER", "ann"},
                                                         {"DOCKER_HUB_TOKEN", "token-of-ann"}};

inline http::Url url(std::string_view text) {
  return http::parse_url(text).value();
}

inline std::string value_of(const std::shared_ptr<const Secret>& secret) {
  return secret ? std::string(secret->reveal()) : std::string();
}

// The header for a user and password, "USER:PASSWORD".
inline std::string basic(std::string_view pair) {
  const SecretBytes bytes = secret_to_base64(pair);
  return "Basic " + std::string(bytes.begin(), bytes.end());
}

inline http::Answer answer(int status, std::string body, const http::Headers& headers = {}) {
  http::Answer answer;
  answer.response.status_code = status;
  answer.response.headers = headers;
  answer.body = std::move(body);
  return answer;
}

// "HEADER.PAYLOAD.SIGNATURE" with that JSON as payload.
inline std::string jwt(std::string_view payload) {
  return to_base64url("{\"alg\":\"none\"}") + '.' + to_base64url(payload) + ".c2lnbmF0dXJl";
}

class FakeClocks {
 public:
  void pass(std::chrono::milliseconds time) { passed_ += time.count(); }
  std::int64_t unix_time() const { return std::chrono::system_clock::to_time_t(system()); }
  std::chrono::system_clock::time_point system() const {
    return std::chrono::system_clock::from_time_t(1'800'000'000) +
           std::chrono::milliseconds(passed_);
  }
  Clocks clocks() {
    return {[this] {
              return std::chrono::steady_clock::time_point(std::chrono::milliseconds(passed_));
            },
            [this] { return system(); }};
  }

 private:
  std::atomic<std::int64_t> passed_ = 1'000'000;
};

// Takes the requests for log-ins and keeps them; any thread.
class FakeService {
 public:
  using Handler = std::function<Result<http::Answer>(const http::Request&)>;

  explicit FakeService(Handler handler) : handler_(std::move(handler)) {}

  Fetch fetch() {
    return [this](const http::Request& request, const http::Control&) {
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        requests_.push_back(request);
      }
      return handler_(request);
    };
  }
  std::vector<http::Request> requests() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return requests_;
  }
  std::size_t count() const { return requests().size(); }

 private:
  Handler handler_;
  mutable std::mutex mutex_;
  std::vector<http::Request> requests_;
};

// A server that wants authorization: gets the Authorization header ("" for none), answers a status and, with 401,
// its WWW-Authenticate.
using FakeServer = std::function<std::pair<int, std::string>(const std::string& authorization)>;

struct Exchanged {
  int status = 0;
  std::vector<std::string> authorizations;  // of each attempt
};

// One request as the client sends it: at most two rounds of authorization.
inline Result<Exchanged> exchange(http::Authorizer& authorizer, const std::string& target,
                                  const FakeServer& server, const http::Control& control = {}) {
  http::Request request;
  request.url = url(target);
  Exchanged done;
  for (int round = 0;; ++round) {
    const auto header = authorizer.authorization(request, control);
    if (!header) return Failure(header.error());
    done.authorizations.push_back(value_of(*header));
    const auto [status, challenge] = server(done.authorizations.back());
    done.status = status;
    if (status != 401 || round == 2) return done;
    http::Response response;
    response.status_code = status;
    if (!challenge.empty()) response.headers.add("WWW-Authenticate", challenge);
    const auto again = authorizer.challenged(request, response, *header, control);
    if (!again) return Failure(again.error());
    if (!*again) return done;
  }
}

}  // namespace dockerhub
