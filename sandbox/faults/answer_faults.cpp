#include "faults/answer_faults.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "encoding/digest.hpp"
#include "encoding/times.hpp"

namespace dockerhub::sandbox {
namespace {

constexpr std::string_view kNowhere = "http://127.0.0.1:1/";

JsonText error_body(const Request& request, int status) {
  const std::string message = "the sandbox was told to answer " + std::to_string(status);
  if (request.listener == "hub" && status == 429)
    return JsonText::object({{"detail", message}, {"error", false}});
  if (request.listener == "hub") return JsonText::object({{"detail", message}});
  return JsonText::object(
      {{"errors",
        JsonText::array({JsonText::object({{"code", "UNKNOWN"}, {"message", message}})})}});
}

void set_all(Answer& answer, const std::vector<Header>& headers) {
  for (const Header& header : headers) answer.set(header.name, header.value);
}

// Each takes the moment at which the client may come back and how many seconds that is away.
struct RateLimitForm {
  std::string_view name;
  void (*add)(Answer& answer, UnixTime when, std::int64_t seconds);
};
constexpr std::array<RateLimitForm, 6> kForms = {{
    {"seconds", [](Answer& answer, UnixTime,
                   std::int64_t seconds) { answer.set("Retry-After", std::to_string(seconds)); }},
    {"date", [](Answer& answer, UnixTime when,
                std::int64_t) { answer.set("Retry-After", http_date(when)); }},
    {"x_retry_after", [](Answer& answer, UnixTime when,
                         std::int64_t) { answer.set("X-Retry-After", std::to_string(when)); }},
    {"x_ratelimit_reset",
     [](Answer& answer, UnixTime when, std::int64_t) {
       answer.set("X-RateLimit-Reset", std::to_string(when));
     }},
    {"none", [](Answer&, UnixTime, std::int64_t) {}},
    {"sentence",
     [](Answer& answer, UnixTime, std::int64_t) {
       answer = text_answer(answer.status, "You have reached your rate limit.\n");
     }},
}};

std::string replace_realm(std::string challenge, const std::string& url) {
  const std::string_view opening = "realm=\"";
  const std::size_t place = challenge.find(opening);
  const std::size_t value = place + opening.size();
  if (place == std::string::npos) return "Bearer realm=\"" + url + "\",service=\"sandbox\"";
  return challenge.replace(value, challenge.find('"', value) - value, url);
}

// The JSON body is handed to `edit` and written back; other bodies stay.
template <typename Edit>
void edit_json(Answer& answer, Edit edit) {
  Result<json::Document> document = json::parse(answer.body.view());
  if (!document) return;
  edit(*document, document->GetAllocator());
  answer.body = Body(json::write(*document));
}

bool is_read_by_people(std::string_view key) {
  constexpr std::array<std::string_view, 9> keys = {"name",      "description",  "full_description",
                                                    "detail",    "message",      "tags",
                                                    "namespace", "artifactType", "text"};
  for (const std::string_view known : keys) {
    if (known == key) return true;
  }
  return false;
}

// Clears the screen, colours, rings, and writes what follows from right to left.
constexpr std::string_view kHostileText =
    "\x1b[2J\x1b[31m\a\xe2\x80\xae"
    "gpj.exe\r\nforged line";

void spoil(json::Value& value, bool named, json::Document::AllocatorType& allocator) {
  if (value.IsObject()) {
    std::for_each(value.MemberBegin(), value.MemberEnd(), [&](auto& member) {
      spoil(member.value, is_read_by_people(json::view(member.name)), allocator);
    });
  } else if (value.IsArray()) {
    for (auto& element : value.GetArray()) spoil(element, named, allocator);
  } else if (named && value.IsString()) {
    value = json::copy(std::string(json::view(value)) + std::string(kHostileText), allocator);
  }
}

json::Value* first_list(json::Value& document) {
  if (!document.IsObject()) return nullptr;
  json::Value* first = nullptr;
  std::for_each(document.MemberBegin(), document.MemberEnd(), [&](auto& member) {
    if (first == nullptr && member.value.IsArray() && !member.value.Empty()) first = &member.value;
  });
  return first;
}

}  // namespace

void answer_with_status(Answer& answer, const Request& request, const FaultParameters& parameters) {
  const int status = static_cast<int>(parameters.status.value_or(500));
  answer = json_answer(status, error_body(request, status));
  if (parameters.body) answer = text_answer(status, *parameters.body);
  set_all(answer, parameters.headers);
}

void answer_rate_limited(Answer& answer, const Request& request,
                         const FaultParameters& parameters) {
  answer = json_answer(429, error_body(request, 429));
  const std::int64_t seconds = parameters.seconds.value_or(1);
  for (const RateLimitForm& form : kForms) {
    if (form.name == parameters.form.value_or("seconds"))
      form.add(answer, now() + seconds, seconds);
  }
  set_all(answer, parameters.headers);
}

void answer_redirect(Answer& answer, const Request&, const FaultParameters& parameters) {
  answer = empty_answer(static_cast<int>(parameters.status.value_or(307)));
  answer.set("Location", parameters.url.value_or(std::string(kNowhere)));
}

void answer_redirect_loop(Answer& answer, const Request& request,
                          const FaultParameters& parameters) {
  answer = empty_answer(static_cast<int>(parameters.status.value_or(307)));
  answer.set("Location",
             request.origin + request.path + (request.query.empty() ? "" : "?" + request.query));
}

void change_digest_header(Answer& answer, const Request&, const FaultParameters&) {
  const std::string other = sha256_digest("other bytes");
  answer.set("Docker-Content-Digest", other);
  answer.set("ETag", '"' + other + '"');
}

void change_body(Answer& answer, const Request&, const FaultParameters&) {
  std::string bytes(answer.body.view());
  // A changed digit or letter keeps JSON well-formed in most bodies.
  const auto changeable = std::find_if(bytes.rbegin(), bytes.rend(), [](char byte) {
    return (byte >= '0' && byte <= '8') || (byte >= 'a' && byte <= 'y');
  });
  if (changeable != bytes.rend()) ++*changeable;
  answer.body = Body(std::move(bytes));
}

void change_content_type(Answer& answer, const Request&, const FaultParameters& parameters) {
  answer.set("Content-Type", parameters.type.value_or("text/html"));
}

void change_realm(Answer& answer, const Request&, const FaultParameters& parameters) {
  const std::string url = parameters.url.value_or(std::string(kNowhere) + "token");
  const std::string challenge = answer.header("WWW-Authenticate").value_or("");
  if (challenge.empty()) answer = empty_answer(401);
  answer.set("WWW-Authenticate", replace_realm(challenge, url));
}

void change_next_page(Answer& answer, const Request&, const FaultParameters& parameters) {
  const std::string url = parameters.url.value_or(std::string(kNowhere));
  answer.set("Link", "<" + url + ">; rel=\"next\"");
  edit_json(answer, [&](json::Document& document, auto& allocator) {
    if (!document.IsObject()) return;
    if (document.HasMember("next")) document["next"] = json::copy(url, allocator);
  });
}

void answer_deep_json(Answer& answer, const Request&, const FaultParameters& parameters) {
  const auto depth = static_cast<std::size_t>(parameters.depth.value_or(100'000));
  answer.body = Body(std::string(depth, '[') + std::string(depth, ']'));
}

void change_names(Answer& answer, const Request&, const FaultParameters&) {
  edit_json(answer,
            [](json::Document& document, auto& allocator) { spoil(document, false, allocator); });
}

void repeat_items(Answer& answer, const Request&, const FaultParameters& parameters) {
  const auto count = static_cast<rapidjson::SizeType>(parameters.count.value_or(100'000));
  edit_json(answer, [&](json::Document& document, auto& allocator) {
    json::Value* list = first_list(document);
    if (list == nullptr) return;
    const rapidjson::SizeType own = list->Size();
    for (rapidjson::SizeType i = own; i < count; ++i) {
      json::Value item((*list)[i % own], allocator);
      if (item.IsString())
        item = json::copy(std::string(json::view(item)) + '-' + std::to_string(i), allocator);
      list->PushBack(item, allocator);
    }
  });
}

}  // namespace dockerhub::sandbox
