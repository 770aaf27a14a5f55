#include "sandbox.hpp"

#include <Poco/Net/HTTPClientSession.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include <Poco/StreamCopier.h>
#include <Poco/URI.h>
#include <fcntl.h>
#include <rapidjson/document.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

namespace dockerhub::test {
namespace {

using Value = rapidjson::Value;

std::string text_of(const Value& value) {
  return value.IsString() ? std::string(value.GetString(), value.GetStringLength()) : std::string();
}

std::string header_of(const Value& headers, std::string_view name) {
  for (const Value& pair : headers.GetArray()) {
    if (text_of(pair[0]) == name) return text_of(pair[1]);
  }
  return {};
}

JournalEntry entry_of(const Value& value) {
  JournalEntry entry;
  entry.sequence = value["sequence"].GetUint64();
  entry.listener = text_of(value["listener"]);
  entry.method = text_of(value["method"]);
  entry.path = text_of(value["path"]);
  entry.query = text_of(value["query"]);
  entry.authorization = header_of(value["headers"], "Authorization");
  entry.body = text_of(value["body"]);
  entry.body_size = value["body_size"].GetUint64();
  entry.status = value["status"].GetInt();
  entry.fault = text_of(value["fault"]);
  return entry;
}

// A pipe whose ends no other child inherits.
struct Pipe {
  Pipe() {
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  int ends[2]{};
};

std::string read_line(int file) {
  std::string line;
  char byte = 0;
  while (read(file, &byte, 1) == 1 && byte != '\n') line += byte;
  return line;
}

}  // namespace

bool JournalEntry::is_log_in() const {
  return listener == "auth" || path == "/v2/auth/token" || path == "/v2/users/login" ||
         path == "/v2/users/2fa-login";
}

std::string JournalEntry::text() const {
  std::string line = listener + ' ' + method + ' ' + path;
  if (!query.empty()) line += '?' + query;
  line += " -> " + std::to_string(status);
  return fault.empty() ? line : line + " (" + fault + ')';
}

struct Sandbox::Control {
  explicit Control(const std::string& url) : uri(url), session(uri.getHost(), uri.getPort()) {}
  Poco::URI uri;
  Poco::Net::HTTPClientSession session;
};

Sandbox::Sandbox(const std::vector<std::string>& options) {
  start(options);
  rapidjson::Document ready;
  ready.Parse(read_line(output_).c_str());
  if (ready.HasParseError()) throw std::runtime_error("the sandbox did not start");
  control_ = std::make_unique<Control>(text_of(ready["control"]));
  const Value& environment = ready["environment"];
  for (const auto& variable : environment.GetObject())
    environment_[text_of(variable.name)] = text_of(variable.value);
  secrets_.push_back(environment_["DOCKERHUB_SCIM_TOKEN"]);
  for (const Value& user : ready["users"].GetArray()) {
    for (const Value& secret : user["secrets"].GetArray())
      secrets_.push_back(text_of(secret["secret"]));
  }
}

Sandbox::~Sandbox() {
  close(input_);
  close(output_);
  waitpid(process_, nullptr, 0);
}

void Sandbox::start(const std::vector<std::string>& options) {
  std::vector<std::string> words = {DOCKERHUB_BUILD_DIR "/bin/dockerhub-sandbox", "--json",
                                    "--exit-with-stdin"};
  words.insert(words.end(), options.begin(), options.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);

  const Pipe in, out;
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_adddup2(&files, in.ends[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&files, out.ends[1], STDOUT_FILENO);
  const int failed =
      posix_spawn(&process_, arguments[0], &files, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&files);
  close(in.ends[0]);
  close(out.ends[1]);
  input_ = in.ends[1];
  output_ = out.ends[0];
  if (failed != 0) throw std::runtime_error("build the target dockerhub_sandbox_program");
}

std::string Sandbox::ask(const std::string& method, const std::string& path,
                         const std::string& body) {
  Poco::Net::HTTPRequest request(method, path, Poco::Net::HTTPMessage::HTTP_1_1);
  request.setContentType("application/json");
  request.setContentLength64(static_cast<Poco::Int64>(body.size()));
  control_->session.sendRequest(request) << body;
  Poco::Net::HTTPResponse response;
  std::string answer;
  Poco::StreamCopier::copyToString(control_->session.receiveResponse(response), answer);
  if (response.getStatus() >= Poco::Net::HTTPResponse::HTTP_BAD_REQUEST)
    throw std::runtime_error(method + ' ' + path + ' ' + body + ": " + answer);
  return answer;
}

void Sandbox::reset() {
  ask("POST", "/reset");
}

void Sandbox::clear_journal() {
  ask("DELETE", "/journal");
}

void Sandbox::play(const std::string& faults) {
  ask("POST", "/faults", faults);
}

void Sandbox::clear_faults() {
  ask("DELETE", "/faults");
}

std::vector<JournalEntry> Sandbox::journal(std::uint64_t after) {
  const std::string text = ask("GET", "/journal?after=" + std::to_string(after));
  rapidjson::Document entries;
  entries.Parse(text.data(), text.size());
  std::vector<JournalEntry> list;
  for (const Value& entry : entries.GetArray()) list.push_back(entry_of(entry));
  return list;
}

}  // namespace dockerhub::test
