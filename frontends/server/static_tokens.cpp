#include "static_tokens.hpp"

#include <chrono>

#include "dockerhub/private_file.hpp"
#include "json.hpp"
#include "scopes.hpp"

namespace dockerhub::server {
namespace {

constexpr std::size_t kShortest = 16;
constexpr std::size_t kLargestFile = std::size_t{1024} * 1024;

Failure wrong_list(const std::filesystem::path& file, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::configuration;
  error.message = "the file of tokens " + visible(file.string()) + " " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

Result<std::string> read_list(const std::filesystem::path& file, std::string_view variable) {
  if (file.empty())
    return wrong_list(file, "is not named", "Name it in " + std::string(variable) + ".");
  Result<std::string> text = read_private_file(file, kLargestFile);
  if (text) return text;
  Error error = std::move(text.error());
  error.message = "the file of tokens " + error.message;
  return Failure(std::move(error));
}

std::optional<StaticToken> read_row(const json::Value& token, const json::Value& row) {
  StaticToken read;
  read.token = json::view(token);
  read.client = json::text_of(&row, "client_id");
  if (read.token.size() < kShortest || read.client.empty() || !is_plain_name(read.client))
    return std::nullopt;
  if (const json::Value* scopes = json::find_present(&row, "scopes")) {
    if (!scopes->IsArray()) return std::nullopt;
    for (const json::Value& scope : scopes->GetArray()) {
      if (!scope.IsString()) return std::nullopt;
      read.scopes.emplace_back(json::view(scope));
    }
  }
  if (const json::Value* expires = json::find_present(&row, "expires_at")) {
    if (!expires->IsInt64()) return std::nullopt;
    read.expires_at = expires->GetInt64();
  }
  if (const json::Value* confirm = json::find_present(&row, "confirm")) {
    if (confirm->IsString()) read.confirm = confirm_of(json::view(*confirm));
    if (!read.confirm) return std::nullopt;
  }
  return read;
}

std::int64_t now_in_seconds() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

Result<std::vector<StaticToken>> read_static_tokens(const std::filesystem::path& file,
                                                    std::string_view variable) {
  const auto text = read_list(file, variable);
  if (!text) return Failure(text.error());
  const auto document = json::parse(*text);
  static constexpr const char* kForm =
      R"(Its form is {"TOKEN": {"client_id": "NAME", "scopes": ["dockerhub:read"]}}, with tokens of 16 characters or more.)";
  if (!document || !document->IsObject()) return wrong_list(file, "is no JSON object", kForm);
  std::vector<StaticToken> tokens;
  for (const auto& member : document->GetObject()) {
    auto row = read_row(member.name, member.value);
    if (!row) {
      return wrong_list(file, "has a wrong entry, number " + std::to_string(tokens.size() + 1),
                        kForm);
    }
    tokens.push_back(std::move(*row));
  }
  return tokens;
}

tl::expected<Principal, web::Response> StaticTokens::authenticate(
    const web::Request& request) const {
  auto token = bearer_token(request);
  if (!token) return tl::unexpected(std::move(token.error()));
  if (!*token) return tl::unexpected(unauthorized(false));
  const StaticToken* found = nullptr;
  // All are compared: the time tells nothing of which one was nearly right.
  for (const StaticToken& each : tokens_) {
    if (same_secret(each.token, **token)) found = &each;
  }
  const bool valid =
      found != nullptr && (!found->expires_at || *found->expires_at > now_in_seconds());
  if (!valid) return tl::unexpected(unauthorized(true));
  const auto most = most_of(found->scopes);
  if (!most) return tl::unexpected(insufficient_scope(scopes_for(Effect::read)));
  return Principal{found->client, *most, true, found->confirm};
}

std::string StaticTokens::advice() const {
  return "Use a token whose scopes allow it (dockerhub:read, dockerhub:write, "
         "dockerhub:destructive).";
}

}  // namespace dockerhub::server
