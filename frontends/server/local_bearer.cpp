#include "local_bearer.hpp"

#include <nettle/base64.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <system_error>

#include "dockerhub/private_file.hpp"
#include "http/descriptor.hpp"

namespace dockerhub::server {
namespace {

constexpr std::size_t kBytes = 32;
constexpr std::size_t kLongest = 256;
// Of the file; part of the bearer, so that the file is what clients send: "v1.LETTERS".
constexpr int kFormat = 1;
constexpr std::string_view kFormatMark = "v1.";
constexpr const char* kAnew = "Remove it: a new one is made, and clients need the new one.";

Failure wrong_bearer(const std::filesystem::path& file, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "the local bearer " + file.string() + " " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Failure not_usable(const std::filesystem::path& file) {
  return wrong_bearer(file, "cannot be used: " + std::generic_category().message(errno),
                      "Set XDG_STATE_HOME to a folder that you may write, or listen on unix:PATH.");
}

// 0: it says none.
int format_of(std::string_view bearer) {
  int format = 0;
  if (bearer.empty() || bearer.front() != 'v') return 0;
  const char* end = bearer.data() + bearer.size();
  const auto [rest, problem] = std::from_chars(bearer.data() + 1, end, format);
  return problem == std::errc() && rest != end && *rest == '.' ? format : 0;
}

Result<std::string> read_bearer(const std::filesystem::path& file) {
  Result<std::string> bearer = read_private_file(file, kLongest);
  if (!bearer) {
    Error error = std::move(bearer.error());
    error.message = "the local bearer " + error.message;
    return Failure(std::move(error));
  }
  while (!bearer->empty() && bearer->back() == '\n') bearer->pop_back();
  const int format = format_of(*bearer);
  if (format > kFormat) {
    return wrong_bearer(file,
                        "was written by a newer version (format " + std::to_string(format) +
                            ", known up to " + std::to_string(kFormat) + ")",
                        std::string("Use the newer program. Or: ") + kAnew);
  }
  if (format < 1 || bearer->size() < kFormatMark.size() + kBytes)
    return wrong_bearer(file, "is not in the form that this program writes", kAnew);
  return bearer;
}

std::string random_bearer() {
  std::array<std::uint8_t, kBytes> bytes = {};
  if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) return {};
  std::string text(BASE64_ENCODE_RAW_LENGTH(bytes.size()), '\0');
  base64_encode_raw(text.data(), bytes.size(), bytes.data());
  return std::string(kFormatMark) + text;
}

// Whole or not at all: of two servers that start together one makes it, and both have the same.
Result<std::string> make_bearer(const std::filesystem::path& file) {
  std::error_code ignored;
  std::filesystem::create_directories(file.parent_path().parent_path(), ignored);
  mkdir(file.parent_path().c_str(), S_IRWXU);
  const std::string bearer = random_bearer();
  if (bearer.empty()) return not_usable(file);
  const std::filesystem::path fresh = file.string() + "." + std::to_string(getpid());
  const Result<int> made = create_private_file(fresh);
  if (!made) return Failure(made.error());
  const web::Descriptor descriptor(*made);
  const Result<void> written = write_private_file(descriptor.get(), fresh, bearer + "\n");
  const int linked = written ? link(fresh.c_str(), file.c_str()) : -1;
  const int code = errno;
  unlink(fresh.c_str());
  if (!written) return Failure(written.error());
  if (linked == 0) return bearer;
  errno = code;
  if (code != EEXIST) return not_usable(file);
  return read_bearer(file);
}

}  // namespace

std::filesystem::path local_bearer_file(std::string_view name) {
  const std::filesystem::path state = xdg_folder("XDG_STATE_HOME", ".local/state");
  return state.empty() ? state : state / (std::string(name) + "-bearer");
}

Result<std::string> local_bearer(const std::filesystem::path& file) {
  std::error_code ignored;
  const auto type = std::filesystem::symlink_status(file, ignored).type();
  return type == std::filesystem::file_type::not_found ? make_bearer(file) : read_bearer(file);
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
  if (!bearer_.empty() && same_secret(**token, bearer_)) {
    caller.authenticated = true;
    return caller;
  }
  web::Response refused = web::text_response(
      web::status::kUnauthorized, "The bearer is not the one in " + file_.string() + ".\n");
  refused.headers.emplace_back("WWW-Authenticate", "Bearer error=\"invalid_token\"");
  return tl::unexpected(std::move(refused));
}

std::string NoAuthentication::advice() const {
  return "Over HTTP without authentication everybody may only read. Send the bearer in " +
         file_.string() +
         " (Authorization: Bearer ...), or let the operator listen on unix:PATH, set " + variable_ +
         ", or start with --allow-unauthenticated.";
}

}  // namespace dockerhub::server
