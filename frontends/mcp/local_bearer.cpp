#include "local_bearer.hpp"

#include <fcntl.h>
#include <nettle/base64.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <system_error>

#include "descriptor.hpp"

namespace dockerhub::mcp {
namespace {

constexpr std::size_t kBytes = 32;
constexpr std::size_t kLongest = 256;
constexpr mode_t kOthers = S_IRWXG | S_IRWXO;

Failure wrong_file(const std::filesystem::path& file, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "the local bearer " + file.string() + " " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure system_failure(const std::filesystem::path& file) {
  return wrong_file(file, "cannot be used: " + std::generic_category().message(errno),
                    "Set XDG_STATE_HOME to a folder that you may write, or listen on unix:PATH.");
}

Result<std::string> read_bearer(const std::filesystem::path& file, const Descriptor& open) {
  struct stat about = {};
  if (fstat(open.get(), &about) != 0) return system_failure(file);
  if (!S_ISREG(about.st_mode) || about.st_uid != geteuid() || (about.st_mode & kOthers) != 0) {
    return wrong_file(file, "is not yours alone",
                      "Remove it: a new one is made, and clients need the new one.");
  }
  std::array<char, kLongest> buffer = {};
  const ssize_t size = read(open.get(), buffer.data(), buffer.size());
  if (size < 0) return system_failure(file);
  std::string bearer(buffer.data(), static_cast<std::size_t>(size));
  while (!bearer.empty() && bearer.back() == '\n') bearer.pop_back();
  if (bearer.size() < kBytes) {
    return wrong_file(file, "is too short", "Remove it: a new one is made.");
  }
  return bearer;
}

std::string random_bearer() {
  std::array<std::uint8_t, kBytes> bytes = {};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), bytes.data());
  return text;
}

// Whole or not at all: of two servers that start together one makes it, and both have the same.
Result<std::string> make_bearer(const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path().parent_path(), ignored);
  mkdir(file.parent_path().c_str(), S_IRWXU);
  const std::string bearer = random_bearer();
  const std::string fresh = file.string() + "." + std::to_string(getpid());
  const Descriptor made(
      open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, S_IRUSR | S_IWUSR));
  if (!made || bearer.empty()) return system_failure(file);
  const std::string line = bearer + "\n";
  const bool written =
      write(made.get(), line.data(), line.size()) == static_cast<ssize_t>(line.size()) &&
      fsync(made.get()) == 0;
  const int linked = written ? link(fresh.c_str(), file.c_str()) : -1;
  const int code = errno;
  unlink(fresh.c_str());
  if (linked == 0) return bearer;
  errno = code;
  if (code != EEXIST) return system_failure(file);
  return local_bearer(file);
}

}  // namespace

std::filesystem::path local_bearer_file() {
  const auto absolute = [](const char* name) {
    const char* value = std::getenv(name);
    const std::filesystem::path path = value == nullptr ? "" : value;
    return path.is_absolute() ? path : std::filesystem::path();
  };
  const std::filesystem::path name = std::filesystem::path("dockerhub") / "mcp-bearer";
  if (const auto state = absolute("XDG_STATE_HOME"); !state.empty()) return state / name;
  if (const auto home = absolute("HOME"); !home.empty()) {
    return home / ".local" / "state" / name;
  }
  return {};
}

Result<std::string> local_bearer(const std::filesystem::path& file) {
  const Descriptor there(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (there) return read_bearer(file, there);
  if (errno != ENOENT) return system_failure(file);
  return make_bearer(file);
}

tl::expected<Principal, web::Response> NoAuthentication::authenticate(
    const web::Request& request) const {
  auto token = bearer_token(request);
  if (!token) return tl::unexpected(std::move(token.error()));
  Principal caller{"http", Effect::destructive};
  if (open_ || request.peer == web::Peer::unix_socket) return caller;
  if (!*token) {
    caller.most = Effect::read;
    return caller;
  }
  if (!bearer_.empty() && same_secret(**token, bearer_)) return caller;
  web::Response refused = web::text_response(
      web::status::kUnauthorized, "The bearer is not the one in " + file_.string() + ".\n");
  refused.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  return tl::unexpected(std::move(refused));
}

std::string NoAuthentication::advice() const {
  return "Over HTTP without authentication everybody may only read. Send the bearer in " +
         file_.string() +
         " (Authorization: Bearer ...), or let the operator listen on unix:PATH, set "
         "AUTH_TYPE, or start with --allow-unauthenticated.";
}

}  // namespace dockerhub::mcp
