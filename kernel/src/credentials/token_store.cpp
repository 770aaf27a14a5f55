#include "credentials/token_store.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <condition_variable>
#include <system_error>

#include "base/base64.hpp"
#include "base/keyed_hash.hpp"
#include "base/time_text.hpp"
#include "config/environment.hpp"
#include "credentials/given_up.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::string_view kFormat = "dockerhub tokens 1\n";
constexpr std::size_t kFileLimit = 2 * 1024 * 1024;
constexpr std::size_t kKeyBytes = 32;
constexpr milliseconds kLookTime{10};
constexpr milliseconds kRewriteTime{1000};

bool is_ours_alone(const fs::path& folder) {
  struct stat status = {};
  return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) &&
         status.st_uid == ::geteuid() && (status.st_mode & (S_IRWXG | S_IRWXO)) == 0;
}

// Nobody else may put another folder in the place of one in here.
bool keeps_ours(const fs::path& parent) {
  struct stat status = {};
  if (::stat(parent.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return false;
  const bool trusted = status.st_uid == ::geteuid() || status.st_uid == 0;
  const bool closed = (status.st_mode & (S_IWGRP | S_IWOTH)) == 0;
  return trusted && (closed || (status.st_mode & S_ISVTX) != 0);
}

// A file of ours that nobody else may read; empty for any other.
std::string private_text(const fs::path& path) {
  auto file = read_file(path, kFileLimit);
  if (!file || !file->only_ours() || file->readable_by_others()) return {};
  return std::move(file->text);
}

// The key of a folder: made once, by whoever comes first; the link makes it appear whole.
std::string folder_key(const fs::path& folder) {
  const fs::path path = folder / "key";
  if (is_missing(path)) {
    const fs::path draft = folder / ("key." + random_hex(kKeyBytes / 4));
    if (auto written = write_file(draft, random_hex(kKeyBytes)); !written) return {};
    const bool is_there = ::link(draft.c_str(), path.c_str()) == 0 || errno == EEXIST;
    ::unlink(draft.c_str());
    if (!is_there) return {};
  }
  std::string key = private_text(path);
  return key.size() == kKeyBytes * 2 ? key : std::string();
}

// Waits until the lock of that open file is ours.
bool lock(int file, const http::Control& control) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock<std::mutex> guard(mutex);
  while (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    if ((errno != EWOULDBLOCK && errno != EINTR) || given_up(control)) return false;
    never.wait_for(guard, control.stop, kLookTime, [] { return false; });
  }
  return true;
}

UniqueFd open_lock(const fs::path& path) {
  constexpr int kFlags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  return UniqueFd(::open(path.c_str(), kFlags, S_IRUSR | S_IWUSR));
}

SecretBuffer text_of(const std::vector<StoredToken>& tokens) {
  SecretBuffer buffer;
  SecretWriter writer(buffer);
  writer.StartObject();
  put_text(writer, "tokens");
  writer.StartArray();
  for (const StoredToken& token : tokens) {
    writer.StartObject();
    put_text(writer, "scopes");
    put_text(writer, token.scopes.text());
    put_text(writer, "token");
    put_text(writer, token.token->reveal());
    put_text(writer, "until");
    writer.Int64(std::chrono::system_clock::to_time_t(token.good_until));
    writer.EndObject();
  }
  writer.EndArray();
  writer.EndObject();
  return buffer;
}

std::vector<StoredToken> tokens_in(std::string_view text, TokenStore::Time now, SecretBook& book) {
  std::vector<StoredToken> tokens;
  const auto json = SecretJson::parse(text);
  if (!json) return tokens;
  // A life of more than a day is none of ours: a clock was changed.
  constexpr std::chrono::hours kLongest{24};
  for (const SecretJson::Value* const each : items_of(json->root(), "tokens")) {
    const auto until = time_of(number_in(*each, "until").value_or(-1));
    const std::string_view token = text_in(*each, "token");
    if (token.empty() || !until || *until <= now || *until > now + kLongest) continue;
    tokens.push_back({Scopes(text_in(*each, "scopes")),
                      book.learn(token, SecretBook::After::remembered), *until});
  }
  return tokens;
}

// Files that no run has renewed for a day hold nothing that is still good.
void sweep(const fs::path& folder) {
  constexpr std::chrono::hours kOld{25};
  const auto now = std::chrono::system_clock::now();
  std::error_code problem;
  for (fs::directory_iterator each(folder, problem), end; !problem && each != end;
       each.increment(problem)) {
    struct stat status = {};
    const fs::path& path = each->path();
    // Both are of the folder, whatever their age: the lock is held while this runs.
    const bool stays = path.filename() == "key" || path.filename() == "lock";
    if (stays || ::lstat(path.c_str(), &status) != 0) continue;
    if (std::chrono::system_clock::from_time_t(status.st_mtime) + kOld < now)
      ::unlink(path.c_str());
  }
}

}  // namespace

std::shared_ptr<TokenStore> TokenStore::of(const Configuration& configuration, Warn warn) {
  const fs::path runtime = named_folder(configuration.impl(), "XDG_RUNTIME_DIR");
  const bool wanted =
      configuration.flag("credentials.token_cache") && configuration.flag("tls.verify");
  if (runtime.empty() || !wanted) return nullptr;
  return std::make_shared<TokenStore>(runtime / "dockerhub", configuration.impl().book,
                                      std::move(warn));
}

TokenStore::TokenStore(fs::path folder, std::shared_ptr<SecretBook> book, Warn warn)
    : folder_(std::move(folder)), book_(std::move(book)), warn_(std::move(warn)) {}

void TokenStore::warn_once(std::string_view text) {
  std::call_once(warned_, [&] { warn_(text); });
}

const TokenStore::Place* TokenStore::place() {
  std::call_once(opened_, [&] { place_ = open_place(); });
  return place_ ? &*place_ : nullptr;
}

std::optional<TokenStore::Place> TokenStore::open_place() {
  const bool parent = keeps_ours(folder_.parent_path());
  if (parent) (void)::mkdir(folder_.c_str(), S_IRWXU);
  if (!parent || !is_ours_alone(folder_)) {
    warn_once(
        "tokens are not kept between runs: " + folder_.string() +
        " cannot be made, or is not this user's alone (mode 0700). Correct XDG_RUNTIME_DIR, or set "
        "DOCKERHUB_TOKEN_CACHE=false.");
    return std::nullopt;
  }
  std::string key = folder_key(folder_);
  if (key.empty()) {
    warn_once("tokens are not kept between runs: " + (folder_ / "key").string() +
              " is not as it was made. Remove the folder.");
    return std::nullopt;
  }
  return Place{folder_, std::move(key)};
}

fs::path TokenStore::file_of(const Place& place, std::string_view issuer) const {
  return place.folder / ("tokens-" + keyed_hash_hex(place.key, issuer));
}

Result<Seal> TokenStore::seal_of(const Place& place, std::string_view issuer) const {
  // Another hash than that of the name, which everybody can read who sees the folder.
  return Seal::create(keyed_hash_hex(place.key + " seal", issuer));
}

std::vector<StoredToken> TokenStore::read(const Place& place, std::string_view issuer, Time now) {
  const fs::path path = file_of(place, issuer);
  if (is_missing(path)) return {};
  const std::string file = private_text(path);
  if (file.compare(0, kFormat.size(), kFormat) != 0) return {};
  const auto seal = seal_of(place, issuer);
  auto text =
      seal ? seal->open(std::string_view(file).substr(kFormat.size()), path.filename().string())
           : std::nullopt;
  if (!text) return {};
  std::vector<StoredToken> tokens = tokens_in(*text, now, *book_);
  wipe(text->data(), text->size());
  return tokens;
}

void TokenStore::write(const Place& place, std::string_view issuer,
                       const std::vector<StoredToken>& tokens) {
  const fs::path path = file_of(place, issuer);
  if (tokens.empty()) {
    ::unlink(path.c_str());
    return;
  }
  const auto seal = seal_of(place, issuer);
  if (!seal) return;
  const SecretBuffer text = text_of(tokens);
  const auto sealed = seal->close({text.GetString(), text.GetSize()}, path.filename().string());
  if (!sealed) return;
  if (auto written = write_file(path, std::string(kFormat) + *sealed); !written)
    warn_once("tokens are not kept between runs: " + written.error().message + ". " +
              written.error().hint);
}

std::vector<StoredToken> TokenStore::find(std::string_view issuer, Time now) {
  const Place* const place = this->place();
  return place == nullptr ? std::vector<StoredToken>() : read(*place, issuer, now);
}

void TokenStore::rewrite(std::string_view issuer, Time now,
                         const std::function<void(std::vector<StoredToken>&)>& change) {
  const Place* const place = this->place();
  if (place == nullptr) return;
  const UniqueFd all = open_lock(place->folder / "lock");
  if (!all || !lock(all.get(), http::Control().within(kRewriteTime))) return;
  const fs::path path = file_of(*place, issuer);
  const bool newer =
      !is_missing(path) && private_text(path).compare(0, kFormat.size(), kFormat) != 0;
  // Of a program that is newer than this one, or nothing of ours.
  if (newer) return;
  std::vector<StoredToken> tokens = read(*place, issuer, now);
  change(tokens);
  write(*place, issuer, tokens);
  sweep(place->folder);
}

void TokenStore::keep(std::string_view issuer, StoredToken token, Time now) {
  rewrite(issuer, now, [&](std::vector<StoredToken>& tokens) {
    std::erase_if(tokens, [&](const StoredToken& old) { return token.scopes.covers(old.scopes); });
    tokens.push_back(std::move(token));
    std::sort(tokens.begin(), tokens.end(), [](const StoredToken& left, const StoredToken& right) {
      return left.good_until > right.good_until;
    });
    if (tokens.size() > kMost) tokens.resize(kMost);
  });
}

void TokenStore::drop(std::string_view issuer, std::string_view token, Time now) {
  rewrite(issuer, now, [&](std::vector<StoredToken>& tokens) {
    std::erase_if(tokens, [&](const StoredToken& each) { return each.token->reveal() == token; });
  });
}

UniqueFd TokenStore::turn(std::string_view issuer, const http::Control& control) {
  const Place* const place = this->place();
  if (place == nullptr) return UniqueFd();
  fs::path path = file_of(*place, issuer);
  path += ".lock";
  UniqueFd file = open_lock(path);
  constexpr seconds kLongest{30};
  if (!file || !lock(file.get(), control.within(kLongest))) return UniqueFd();
  // Renewed, so that nobody sweeps it away while it is held.
  (void)::futimens(file.get(), nullptr);
  return file;
}

}  // namespace dockerhub
