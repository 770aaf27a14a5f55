#include "request/api_error.hpp"

#include <algorithm>
#include <array>

#include "base/json.hpp"
#include "base/utf8.hpp"
#include "http/client.hpp"

namespace dockerhub {
namespace {

constexpr int kTooMany = 429;
constexpr int kUnavailable = 503;
constexpr std::size_t kMaxWords = 500;  // bytes of the server's own words that are shown

struct Meaning {
  int status_code;
  ErrorKind kind;
  const char* hint;
};

constexpr auto kMeanings = std::to_array<Meaning>({
    {400, ErrorKind::parameter, "Check the parameters: `describe` tells what the action takes."},
    {401, ErrorKind::auth,
     "Set DOCKER_HUB_USER and DOCKER_HUB_TOKEN, or log in to that registry, and check that the "
     "account may do this."},
    {403, ErrorKind::forbidden,
     "The account is known but may not do this: ask an owner for the "
     "right, or use a token with more scopes."},
    {404, ErrorKind::parameter,
     "Check the names. Private things also look absent to accounts that may not see them."},
    {409, ErrorKind::api, "It conflicts with what is there: read it first."},
    {429, ErrorKind::api, "The rate limit is used up: wait, or log in for a higher one."},
});

constexpr Meaning kOther = {0, ErrorKind::api,
                            "Try again later; if it stays, the server's own "
                            "words above say why."};
constexpr Meaning kRedirect = {0, ErrorKind::api,
                               "The server answered with a redirect that is not "
                               "followed: check the configured base URL."};

const Meaning& meaning_of(int status_code) {
  const auto row = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& known) {
    return known.status_code == status_code;
  });
  if (row != kMeanings.end()) return *row;
  return status_code < 400 ? kRedirect : kOther;
}

std::string text_member(const json::Value& object, std::string_view name) {
  return std::string(json::text_of(object, name));
}

// {"errors": [{"code", "message", "detail"}]}, as registries answer.
std::string registry_words(const json::Value& body) {
  const json::Value* errors = json::find(body, "errors");
  if (errors == nullptr || !errors->IsArray()) return {};
  std::string words;
  for (const json::Value& error : errors->GetArray()) {
    const std::string code = text_member(error, "code");
    const std::string message = text_member(error, "message");
    if (!words.empty()) words += "; ";
    words.append(code).append(code.empty() || message.empty() ? "" : ": ").append(message);
  }
  return words;
}

// {"fields": {"name": ["too short"]}}, as Docker Hub answers a bad request.
std::string field_words(const json::Value& body) {
  const json::Value* fields = json::find(body, "fields");
  if (fields == nullptr || !fields->IsObject()) return {};
  std::string words;
  for (const auto& field : fields->GetObject()) {
    words +=
        (words.empty() ? "" : "; ") + std::string(json::view(field.name)) + ": " +
        (field.value.IsString() ? std::string(json::view(field.value)) : json::write(field.value));
  }
  return words;
}

std::string json_words(const json::Value& body) {
  if (body.IsString()) return std::string(json::view(body));
  std::string words = registry_words(body);
  for (const char* name : {"detail", "message", "errinfo", "text", "error"}) {
    if (words.empty()) words = text_member(body, name);
  }
  const std::string fields = field_words(body);
  if (!fields.empty()) words += (words.empty() ? "" : " (") + fields + (words.empty() ? "" : ")");
  return words;
}

std::string words_of(const http::Response& response, std::string_view body) {
  std::string words;
  if (const auto document = json::parse(body)) {
    words = json_words(*document);
  } else if (response.headers.find("Content-Type").value_or("").rfind("text/html", 0) != 0) {
    words = body;
  }
  words = visible(whole_characters(words, kMaxWords));
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.pop_back();
  return words;
}

std::string codes_of(std::string_view body) {
  const auto document = json::parse(body);
  const json::Value* errors = document ? json::find(*document, "errors") : nullptr;
  if (errors == nullptr || !errors->IsArray() || errors->Empty()) return {};
  json::Buffer buffer;
  json::Writer writer(buffer);
  writer.StartObject();
  writer.Key("codes");
  writer.StartArray();
  for (const json::Value& error : errors->GetArray()) json::put(writer, text_member(error, "code"));
  writer.EndArray();
  writer.EndObject();
  return {buffer.GetString(), buffer.GetSize()};
}

}  // namespace

Error api_error(std::string_view method, const http::Response& response, std::string_view body,
                std::string_view hint) {
  const Meaning& meaning = meaning_of(response.status_code);
  Error error;
  error.kind = meaning.kind;
  error.status_code = response.status_code;
  error.request = std::string(method) + " " + response.url.path;
  error.message = "HTTP " + std::to_string(response.status_code) + " for " + error.request;
  const std::string words = words_of(response, body);
  if (!words.empty()) error.message += ": " + words;
  error.hint = hint.empty() ? meaning.hint : std::string(hint);
  // Any answer may tell when a budget is renewed; only these are about it.
  if (response.status_code == kTooMany || response.status_code == kUnavailable)
    error.retry_after = http::retry_delay(response.headers, std::chrono::system_clock::now());
  error.details = codes_of(body);
  return error;
}

}  // namespace dockerhub
