// The client of mcp_speed.py and rest_speed.py: it does as little as can be, so that what is measured is the server.
//
//   mcp_load start RUNS PRELUDE -- COMMAND...            spawns so often, until the answer to the prelude's last line
//   mcp_load stdio IN_FLIGHT CALLS PRELUDE CALL -- COMMAND...
//   mcp_load http CONNECTIONS SECONDS PORT REQUEST [ADDRESSES]
//                                                        port of 127.0.0.1; from so many addresses of loopback [1]
//
// PRELUDE, CALL and REQUEST are files. The last line of a prelude has the id 0. In calls and requests @ID@ stands for
// a number of nine digits. Prints one JSON object: seconds, calls, errors, times in microseconds, memory in KiB.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <spawn.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::string_view kId = "@ID@";
constexpr std::size_t kFirstId = 100'000'000;
constexpr std::size_t kBlock = std::size_t{256} * 1024;

[[noreturn]] void give_up(const std::string& why) {
  std::cerr << "mcp_load: " << why << '\n';
  std::exit(EXIT_FAILURE);
}

std::string read_file(const char* path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) give_up(std::string("cannot read ") + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

double micros(Clock::duration time) {
  return std::chrono::duration<double, std::micro>(time).count();
}

struct Measured {
  std::vector<double> times;  // microseconds
  std::size_t errors = 0;
  double seconds = 0;
};

void print(Measured measured, const std::string& more = {}) {
  std::sort(measured.times.begin(), measured.times.end());
  const auto at = [&](double part) {
    const auto count = static_cast<double>(measured.times.size());
    return measured.times.empty() ? 0.0
                                  : measured.times[static_cast<std::size_t>(part * (count - 1))];
  };
  std::cout << R"({"seconds":)" << measured.seconds << R"(,"calls":)" << measured.times.size()
            << R"(,"errors":)" << measured.errors << R"(,"p50":)" << at(0.5) << R"(,"p99":)"
            << at(0.99) << more << "}\n";
}

// A text with a place for the number.
class Template {
 public:
  explicit Template(std::string text) : text_(std::move(text)), place_(text_.find(kId)) {
    if (place_ != std::string::npos) text_.replace(place_, kId.size(), std::to_string(kFirstId));
  }
  std::string_view with(std::size_t number) {
    if (place_ == std::string::npos) return text_;
    const std::string digits = std::to_string(number);
    text_.replace(place_, digits.size(), digits);
    return text_;
  }

 private:
  std::string text_;
  std::size_t place_;
};

// ------------------------------------------------------------------------------------ standard streams

class Child {
 public:
  explicit Child(char** words) {
    std::array<int, 2> to{};
    std::array<int, 2> from{};
    if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0)
      give_up("no pipe");
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, to[0], STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, from[1], STDOUT_FILENO);
    const int failed = ::posix_spawnp(&pid_, words[0], &actions, nullptr, words, environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) give_up(std::string("cannot start ") + words[0]);
    ::close(to[0]);
    ::close(from[1]);
    in_ = to[1];
    out_ = from[0];
  }
  ~Child() {
    ::close(in_);
    ::close(out_);
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void send(std::string_view text) {
    while (!text.empty()) {
      const ssize_t written = ::write(in_, text.data(), text.size());
      if (written <= 0) give_up("the server ended");
      text.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  // Calls take(line) for what has come, of which there is something.
  template <typename Take>
  void receive(const Take& take) {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + kBlock);
    const ssize_t got = ::read(out_, buffer_.data() + before, kBlock);
    if (got <= 0) give_up("the server ended its output");
    buffer_.resize(before + static_cast<std::size_t>(got));
    std::size_t begin = 0;
    for (std::size_t end = buffer_.find('\n', before); end != std::string::npos;
         end = buffer_.find('\n', begin)) {
      take(std::string_view(buffer_).substr(begin, end - begin));
      begin = end + 1;
    }
    buffer_.erase(0, begin);
  }

  // Resident and private anonymous KiB.
  std::string memory(const std::string& prefix) const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/smaps_rollup");
    std::string text;
    for (std::string line; std::getline(file, line);) {
      for (const std::string name : {"Rss:", "Anonymous:"}) {
        if (line.rfind(name, 0) == 0)
          text += ",\"" + prefix + (name == "Rss:" ? "resident" : "private") +
                  "\":" + std::to_string(std::atol(line.c_str() + name.size()));
      }
    }
    return text;
  }

 private:
  pid_t pid_ = 0;
  int in_ = -1, out_ = -1;
  std::string buffer_;
};

// The id of an answer: ours have it in front, those of others at the end.
std::size_t id_of(std::string_view line) {
  constexpr std::string_view kFront = R"({"jsonrpc":"2.0","id":)";
  constexpr std::string_view kKey = R"("id":)";
  const std::size_t place =
      line.substr(0, kFront.size()) == kFront ? kFront.size() : line.rfind(kKey) + kKey.size();
  return std::strtoul(std::string(line.substr(place, 12)).c_str(), nullptr, 10);
}

bool answers(std::string_view line) {
  return line.find(R"("id":)") != std::string_view::npos &&
         line.find(R"("method":)") == std::string_view::npos;
}

void await_prelude(Child& child, const std::string& prelude) {
  child.send(prelude);
  bool is_ready = false;
  while (!is_ready) {
    child.receive(
        [&](std::string_view line) { is_ready = is_ready || (answers(line) && id_of(line) == 0); });
  }
}

void start(char** arguments) {
  const std::size_t runs = std::strtoul(arguments[0], nullptr, 10);
  const std::string prelude = read_file(arguments[1]);
  Measured measured;
  std::string memory;
  for (std::size_t run = 0; run < runs; ++run) {
    const auto begin = Clock::now();
    Child child(arguments + 3);
    await_prelude(child, prelude);
    measured.times.push_back(micros(Clock::now() - begin));
    memory = child.memory("");
  }
  print(std::move(measured), memory);
}

void stdio(char** arguments) {
  const std::size_t in_flight = std::strtoul(arguments[0], nullptr, 10);
  const std::size_t calls = std::strtoul(arguments[1], nullptr, 10);
  Child child(arguments + 5);
  await_prelude(child, read_file(arguments[2]));
  Template call(read_file(arguments[3]));
  std::vector<Clock::time_point> sent(calls);
  std::size_t begun = 0;
  const auto send_next = [&] {
    if (begun == calls) return;
    sent[begun] = Clock::now();
    child.send(call.with(kFirstId + begun));
    ++begun;
  };
  Measured measured;
  measured.times.reserve(calls);
  const auto begin = Clock::now();
  for (std::size_t i = 0; i < in_flight; ++i) send_next();
  while (measured.times.size() < calls) {
    child.receive([&](std::string_view line) {
      if (!answers(line)) return;
      const std::size_t number = id_of(line) - kFirstId;
      if (number >= begun) give_up("an answer to nothing: " + std::string(line.substr(0, 200)));
      measured.times.push_back(micros(Clock::now() - sent[number]));
      const bool is_good = line.find(R"("result":)") != std::string_view::npos &&
                           line.find(R"("isError":true)") == std::string_view::npos;
      measured.errors += is_good ? 0 : 1;
      send_next();
    });
  }
  measured.seconds = micros(Clock::now() - begin) / 1e6;
  print(std::move(measured), child.memory(""));
}

// ---------------------------------------------------------------------------------------------- HTTP

// from: how far behind 127.0.0.1 the client's own address is.
int connect_to(std::uint16_t port, std::uint32_t from) {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  own.sin_addr.s_addr = htonl(INADDR_LOOPBACK + from);
  if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0)
    give_up("no address to connect from");
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
    give_up("cannot connect");
  return descriptor;
}

class HttpClient {
 public:
  HttpClient(std::uint16_t port, std::uint32_t from) : descriptor_(connect_to(port, from)) {}
  ~HttpClient() { ::close(descriptor_); }
  HttpClient(HttpClient&& other) noexcept = delete;

  int descriptor() const { return descriptor_; }

  void send(std::string_view request) {
    answer_.clear();
    sent_ = Clock::now();
    // Requests are small and the buffer is empty: one write takes them.
    if (::send(descriptor_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      give_up("the server took no request");
    }
  }

  // True when the answer is whole.
  bool receive() {
    std::array<char, kBlock> block;
    const ssize_t got = ::recv(descriptor_, block.data(), block.size(), 0);
    if (got <= 0) give_up("the server closed a connection: " + answer_.substr(0, 300));
    answer_.append(block.data(), static_cast<std::size_t>(got));
    return is_whole();
  }

  double took() const { return micros(Clock::now() - sent_); }
  bool is_good() const {
    return answer_.compare(0, 12, "HTTP/1.1 200") == 0 &&
           answer_.find(R"("isError":true)") == std::string::npos &&
           answer_.find(R"("error":{"code")") == std::string::npos;
  }

 private:
  bool is_whole() const {
    constexpr std::string_view kLastChunk = "0\r\n\r\n";
    const std::size_t head = answer_.find("\r\n\r\n");
    if (head == std::string::npos) return false;
    std::string fields = answer_.substr(0, head);
    std::transform(fields.begin(), fields.end(), fields.begin(), [](char letter) {
      return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    });
    constexpr std::string_view kLength = "\r\ncontent-length:";
    const std::size_t length = fields.find(kLength);
    if (length != std::string::npos)
      return answer_.size() >=
             head + 4 + std::strtoul(fields.c_str() + length + kLength.size(), nullptr, 10);
    return answer_.size() >= kLastChunk.size() &&
           answer_.compare(answer_.size() - kLastChunk.size(), kLastChunk.size(), kLastChunk) == 0;
  }

  int descriptor_;
  std::string answer_;
  Clock::time_point sent_;
};

void http(char** arguments) {
  const std::size_t count = std::strtoul(arguments[0], nullptr, 10);
  const auto length = std::chrono::duration<double>(std::strtod(arguments[1], nullptr));
  const auto port = static_cast<std::uint16_t>(std::strtoul(arguments[2], nullptr, 10));
  Template request(read_file(arguments[3]));
  const std::size_t addresses =
      arguments[4] == nullptr ? 1UL : std::max(std::strtoul(arguments[4], nullptr, 10), 1UL);
  std::size_t number = kFirstId;
  const int poll = ::epoll_create1(EPOLL_CLOEXEC);
  std::vector<std::unique_ptr<HttpClient>> clients;
  for (std::size_t i = 0; i < count; ++i) {
    clients.push_back(
        std::make_unique<HttpClient>(port, static_cast<std::uint32_t>(i % addresses)));
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = clients.back().get();
    ::epoll_ctl(poll, EPOLL_CTL_ADD, clients.back()->descriptor(), &event);
  }
  Measured measured;
  const auto begin = Clock::now();
  const auto end = begin + length;
  std::size_t waiting = count;
  for (const auto& client : clients) client->send(request.with(number++));
  std::array<epoll_event, 64> events{};
  while (waiting > 0) {
    const int ready = ::epoll_wait(poll, events.data(), static_cast<int>(events.size()), 30'000);
    if (ready <= 0) give_up("no answer within 30 seconds");
    for (int i = 0; i < ready; ++i) {
      HttpClient& client =
          *static_cast<HttpClient*>(events.at(static_cast<std::size_t>(i)).data.ptr);
      if (!client.receive()) continue;
      measured.times.push_back(client.took());
      measured.errors += client.is_good() ? 0 : 1;
      if (Clock::now() < end) {
        client.send(request.with(number++));
      } else {
        --waiting;
      }
    }
  }
  measured.seconds = micros(Clock::now() - begin) / 1e6;
  ::close(poll);
  print(std::move(measured));
}

}  // namespace

int main(int argc, char** argv) {
  struct Mode {
    std::string_view name;
    int arguments;  // at least
    void (*run)(char** arguments);
  };
  constexpr std::array<Mode, 3> kModes{
      {{"start", 6, start}, {"stdio", 8, stdio}, {"http", 6, http}}};
  ::signal(SIGPIPE, SIG_IGN);
  for (const Mode& mode : kModes) {
    if (argc < mode.arguments || mode.name != argv[1]) continue;
    mode.run(argv + 2);
    return EXIT_SUCCESS;
  }
  give_up("usage: see the head of mcp_load.cpp");
}
