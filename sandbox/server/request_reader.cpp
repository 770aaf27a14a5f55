#include "server/request_reader.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "server/listener.hpp"

namespace dockerhub::sandbox {
namespace {

ReadOutcome read_body(Poco::Net::HTTPServerRequest& from, std::string& body) {
  const bool chunked = from.getChunkedTransferEncoding();
  const bool sized = from.hasContentLength() && !chunked;
  // RFC 9112 6.3: then there is no body. Poco would read to the end of the connection.
  if (!sized && !chunked) return ReadOutcome::whole;
  const std::int64_t promised = sized ? from.getContentLength64() : 0;
  if (promised > static_cast<std::int64_t>(Listener::kMostBody)) return ReadOutcome::too_large;
  std::array<char, 65'536> piece{};
  std::istream& stream = from.stream();
  while (stream.good()) {
    stream.read(piece.data(), piece.size());
    body.append(piece.data(), static_cast<std::size_t>(stream.gcount()));
    if (body.size() > Listener::kMostBody) return ReadOutcome::too_large;
  }
  const bool cut = sized && body.size() != static_cast<std::size_t>(promised);
  return cut || stream.bad() ? ReadOutcome::broken : ReadOutcome::whole;
}

}  // namespace

ReadOutcome read_request(Poco::Net::HTTPServerRequest& from, const std::string& scheme,
                         Request& to) {
  to.method = from.getMethod();
  std::string target = from.getURI();
  // A proxy's form, "GET http://host/path", means the path (RFC 9112 3.2.2).
  if (target.starts_with(scheme + "://"))
    target.erase(0, std::min(target.find('/', scheme.size() + 3), target.size()));
  const std::size_t question = std::min(target.find('?'), target.size());
  to.path = target.substr(0, question);
  to.query = target.substr(std::min(question + 1, target.size()));
  for (const auto& [name, value] : from) to.headers.push_back({name, value});
  to.origin = scheme + "://" + from.get("Host", from.serverAddress().toString());
  return read_body(from, to.body);
}

}  // namespace dockerhub::sandbox
