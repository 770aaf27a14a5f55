// One logical request of the client with all its attempts: authorization, connection, redirects,
// repeats, and the answer's body out of its framing. One thread at a time.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "http/answer_head.hpp"
#include "http/body_decoder.hpp"
#include "http/client_parts.hpp"
#include "http/content_decoder.hpp"
#include "http/retry_policy.hpp"

namespace dockerhub::http {

class ClientExchange final : public Exchange {
 public:
  ClientExchange(ClientParts& parts, Request request, const Control& control);
  ~ClientExchange() override;

  // Sends the request, but for a streamed body.
  Result<void> begin();

  Result<Written> write(std::string_view bytes) override;
  Result<Progress> finish() override;
  const Response& response() const override { return response_; }
  Result<std::size_t> read(char* buffer, std::size_t capacity) override;
  int waits_on() const override;

 private:
  enum class State { writing, sent, answered, failed };
  struct Broken {
    Error error;
    Attempted attempted = Attempted::unknown;
    bool may_pass = false;
    bool left_over = false;  // what came may belong to the exchange before this one
  };
  using Attempt = tl::expected<void, Broken>;

  // That passes this request on as it is; nullptr also where a tunnel leads through one.
  const Proxy* proxy() const;
  bool is_streamed() const { return request_.body_size != 0; }

  // One attempt: credential, connection, head, small body.
  Attempt attempt();
  // Waits for this request's turn in its rate budget.
  Attempt await_turn();
  Attempt authorize();
  Attempt connect();
  Attempt send(std::string_view bytes);
  Attempt send_large_body();
  // Attempts until one succeeds.
  Result<void> send_request();
  // Waits before the next attempt, or gives the error that ends the exchange.
  Result<void> recover(Broken broken);
  void observe_limits(const Headers& headers);
  bool was_stale(const Broken& broken);

  // Body bytes on the wire; false: the peer answered, or broke the connection, before it took them.
  Result<bool> send_body(std::string_view bytes);
  Result<bool> send_part(std::string_view bytes);
  bool skip_interim();
  // From the request's end to an answer, or to the need of writing the body again.
  Result<Progress> conclude();
  tl::expected<AnswerHead, Broken> receive_head();
  // True: the answer is not the last one, and the request has to be sent again.
  Result<bool> judge(const AnswerHead& head);
  Result<bool> challenge();
  Result<bool> redirect();
  Result<bool> wait_for_server();
  void hold_budget(std::chrono::milliseconds time);
  Error too_long_a_wait(std::chrono::milliseconds asked) const;
  // Takes over an answer's head; its body follows.
  Result<void> accept(const AnswerHead& head);
  // Reads the rest of an answer that nobody wants, if that is little, so that the connection can be
  // used again.
  void drop_answer();
  Result<void> accept_content();
  // Out of its framing, but as it came.
  Result<std::size_t> read_body(char* buffer, std::size_t capacity);
  void release_connection();
  Failure fail(Error error);

  ClientParts& parts_;
  Request request_;
  WaitBounds bounds_;
  Route route_;
  Backoff backoff_;
  State state_ = State::writing;
  std::optional<Error> failure_;

  std::string budget_;                        // of the pace; empty: of none
  Pace::Ticket ticket_;                       // of this attempt
  Control::Clock::time_point sent_at_;        // of this attempt
  std::shared_ptr<const Secret> credential_;  // of this attempt
  std::unique_ptr<Connection> connection_;
  std::int64_t written_ = 0;  // of a streamed body
  bool body_is_whole_ = false;
  bool avoid_pool_ = false;  // its connections turned out dead
  int interim_ = 0;          // answers of this attempt
  int challenges_ = 0;
  int repeats_ = 0;

  Response response_;
  BodyFraming framing_;
  BodyDecoder decoder_{BodyFraming{}};
  std::unique_ptr<ContentDecoder> content_;  // of an answer that came as gzip
};

}  // namespace dockerhub::http
