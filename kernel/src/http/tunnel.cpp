#include "http/tunnel.hpp"

#include <string>

#include "http/answer_head.hpp"
#include "http/http_error.hpp"
#include "http/retry_policy.hpp"
#include "http/wire_format.hpp"

namespace dockerhub::http {
namespace {

constexpr int kFirstNotSuccess = 300;

std::string connect_head(const Proxy& proxy, const Origin& target, std::string_view user_agent) {
  constexpr std::size_t kOwn = 128;  // names and line ends
  const std::string to = target.host_and_port();
  const std::string_view credential =
      proxy.authorization ? proxy.authorization->reveal() : std::string_view();
  std::string head;
  // At once, so that no growing leaves a copy of the credential behind.
  head.reserve(kOwn + 2 * to.size() + user_agent.size() + credential.size());
  ((((head += "CONNECT ") += to) += " HTTP/1.1\r\nHost: ") += to) += "\r\n";
  if (!user_agent.empty()) ((head += "User-Agent: ") += user_agent) += "\r\n";
  if (!credential.empty()) ((head += "Proxy-Authorization: ") += credential) += "\r\n";
  return head += "\r\n";
}

tl::unexpected<ConnectFailure> with_proxy(const Proxy& proxy, Error error) {
  const bool may_pass = error.kind == ErrorKind::network;
  if (may_pass) error.message = proxy.name() + ": " + error.message;
  return no_connection(std::move(error), may_pass);
}

Connecting<int> receive_status(Connection& connection, const Proxy& proxy) {
  AnswerHead head;
  for (int answers = 0; answers <= kMostInterim;) {
    const auto size = read_head(connection.input(), head);
    if (!size) return with_proxy(proxy, size.error());
    if (*size > 0) {
      connection.consume(*size);
      if (head.status_code >= kFirstFinal) return head.status_code;
      ++answers;
      continue;
    }
    const auto filled = connection.fill();
    if (!filled) return with_proxy(proxy, filled.error());
    if (!*filled) {
      return with_proxy(
          proxy,
          network_failure("it closed the connection without an answer", "Try again.").value());
    }
  }
  return with_proxy(proxy, malformed("too many interim answers").value());
}

tl::unexpected<ConnectFailure> refused(const Proxy& proxy, const Origin& target, int status) {
  if (status == kProxyLogin) return no_connection(proxy_wants_login(proxy), false);
  return no_connection(
      network_failure(proxy.name() + " does not connect to " + target.host_and_port() + ": HTTP " +
                          std::to_string(status),
                      "Ask its operator, or name the host in NO_PROXY if it can be reached "
                      "without it.")
          .value(),
      is_passing(status));
}

}  // namespace

Connecting<void> open_tunnel(Connection& connection, const Proxy& proxy, const Origin& target,
                             std::string_view user_agent) {
  std::string head = connect_head(proxy, target, user_agent);
  const auto sent = connection.send(head, false);
  wipe(head.data(), head.size());
  if (!sent) return with_proxy(proxy, sent.error());
  const auto status = receive_status(connection, proxy);
  if (!status) return tl::unexpected(status.error());
  if (*status >= kFirstNotSuccess) return refused(proxy, target, *status);
  // Nobody but the proxy can have spoken: the host waits for a TLS hello.
  if (!connection.input().empty())
    return with_proxy(proxy, malformed("more than an answer to CONNECT").value());
  return {};
}

}  // namespace dockerhub::http
