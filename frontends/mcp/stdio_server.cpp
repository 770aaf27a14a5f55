#include "stdio_server.hpp"

#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "line_reader.hpp"
#include "line_writer.hpp"
#include "modern_server.hpp"
#include "session.hpp"

namespace dockerhub::mcp {
namespace {

// For requests that run when the client has closed its end.
constexpr std::chrono::seconds kGrace{5};
// For those that only had to be let go by the writer.
constexpr std::chrono::milliseconds kWriterGrace{100};

// The one client: what it sends belongs to the revision that it names, message by message.
class Connection {
 public:
  Connection(const Service& service, const server::Principal& principal, LineWriter& writer)
      : principal_(principal),
        writer_(writer),
        modern_(service, ModernServer::Connections::one),
        session_(Session::create(service, principal,
                                 [&writer](std::string_view message) { writer.send(message); })) {
    outlet_.send = [&writer](std::string_view message) { writer.send(message); };
    outlet_.answer = [&writer](const Answer& answer) {
      if (!answer.message.empty()) writer.send(answer.message);
    };
  }

  void receive(std::string_view line) {
    auto body = json::parse(line);
    if (!body) {
      return refuse({body.error().too_deep() ? code::kInvalidRequest : code::kParse,
                     "not a message: " + body.error().text(),
                     {}});
    }
    const std::string_view method =
        body->IsObject() ? json::text_of(&*body, "method") : std::string_view();
    // A request may be taken back without saying in which revision it was made.
    if (method == kCancelled) modern_.receive(json::copy(*body), principal_, outlet_);
    const bool modern = body->IsObject() && names_modern_version(*body) && method != kCancelled;
    // Clients begin with this to learn what they talk to.
    if (modern || method == "server/discover") {
      return modern_.receive(std::move(*body), principal_, outlet_);
    }
    session_->receive(std::move(*body), outlet_);
  }

  void refuse(const RpcError& error) { writer_.send(error_message(kNoId, error)); }

  void client_gone() { session_->client_gone(); }

  void cancel_all() {
    session_->cancel_all();
    modern_.cancel_all();
  }

 private:
  static constexpr std::string_view kCancelled = "notifications/cancelled";

  const server::Principal principal_;
  LineWriter& writer_;
  Outlet outlet_;
  ModernServer modern_;
  std::shared_ptr<Session> session_;
};

void read_messages(LineReader& reader, Connection& client) {
  std::string line;
  for (;;) {
    switch (reader.next(line)) {
      case LineReader::Got::line:
        client.receive(line);
        json::wipe(line);
        break;
      case LineReader::Got::too_long:
        client.refuse(
            {code::kInvalidRequest,
             "a line of more than " + std::to_string(LineReader::kMaxLine) + " bytes was skipped",
             {}});
        break;
      case LineReader::Got::end:
      case LineReader::Got::interrupted:
        return;
    }
  }
}

// 0: none has come.
int pending_signal(int signals) {
  pollfd ready = {signals, POLLIN, 0};
  signalfd_siginfo info = {};
  if (poll(&ready, 1, 0) != 1 || read(signals, &info, sizeof info) != sizeof info) return 0;
  return static_cast<int>(info.ssi_signo);
}

}  // namespace

int serve_stdio(const Service& service, const server::Principal& principal, StandardStreams streams,
                const Descriptor& signals) {
  LineReader reader(std::move(streams.input), signals.get());
  LineWriter writer(std::move(streams.output), signals.get());
  Connection client(service, principal, writer);
  read_messages(reader, client);
  client.client_gone();
  service.changes.close();

  int signal = pending_signal(signals.get());
  bool idle = signal == 0 && service.workers.wait_idle(kGrace, signals.get());
  if (signal == 0) signal = pending_signal(signals.get());
  if (!idle) {
    client.cancel_all();
    idle = service.workers.wait_idle(server::WorkerPool::kCancelGrace);
  }
  // Whoever still writes does so to a client that does not read.
  writer.close();
  const int code = signal == 0 ? EXIT_SUCCESS : 128 + signal;
  if (!idle && !service.workers.wait_idle(kWriterGrace)) std::_Exit(code);
  return code;
}

}  // namespace dockerhub::mcp
