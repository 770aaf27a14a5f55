#include "api_command.hpp"

#include <algorithm>
#include <cctype>

#include "document.hpp"

namespace dockerhub::cli {

namespace {

constexpr const char* kApiUsage = "Usage: dockerhub api [METHOD] PATH";

std::string option_text(const ParsedOptions& parsed, std::string_view name) {
  const auto* given = parsed.find(name);
  return given == nullptr ? std::string() : given->back();
}

std::string upper_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

bool is_json_type(const std::string& media_type) {
  return media_type.empty() || media_type.find("json") != std::string::npos;
}

// JSON or YAML as JSON; another type byte for byte.
Result<std::string> body_of(const ParsedOptions& parsed, const Kernel& kernel, TextSource& source,
                            const std::string& media_type) {
  const auto* given = parsed.find("body");
  if (given == nullptr) return std::string();
  const Result<SourcedText> text = source.read(given->back(), "--body");
  if (!text) return Failure(text.error());
  if (text->literal && kernel.redact(text->text) != text->text)
    return Failure(
        usage_error("--body: it holds a secret, and the command line can be seen by others.",
                    "Write --body @FILE, or --body - for standard input."));
  if (!is_json_type(media_type)) return text->text;
  return document_json(text->text, text->literal ? "--body" : "--body: " + text->origin);
}

// Of an API without pages, too: an answer may be one list.
std::string usual_items_key(std::string_view surface) {
  for (const RawSurface& row : raw_surfaces()) {
    if (row.name == surface && !row.items_key.empty()) return std::string(row.items_key);
  }
  return "results";
}

}  // namespace

std::vector<OptionRow> api_options() {
  return {{"api", 0, true, {}},    {"registry", 0, true, {}},     {"body", 0, true, {}},
          {"accept", 0, true, {}}, {"content-type", 0, true, {}}, {"paginate", 0, false, {}},
          {"items", 0, true, {}}};
}

std::vector<std::string> api_names() {
  std::vector<std::string> names;
  for (const RawSurface& row : raw_surfaces()) names.emplace_back(row.name);
  return names;
}

Result<RawRequest> raw_request(const ParsedOptions& parsed, const Kernel& kernel,
                               TextSource& source) {
  const std::vector<std::string>& words = parsed.positionals;
  if (words.size() > 2)
    return Failure(
        usage_error("Unexpected argument \"" + visible(words[2]) + "\" after `api`.", kApiUsage));
  RawRequest request;
  request.path = words.back();
  if (words.size() == 2) request.method = upper_case(words.front());
  request.host = option_text(parsed, "registry");
  request.surface = option_text(parsed, "api");
  if (request.surface.empty()) request.surface = request.host.empty() ? "hub" : "registry";
  if (!request.host.empty() && request.surface != "registry")
    return Failure(usage_error("--registry is for --api registry.", "Leave one of them out."));
  request.accept = option_text(parsed, "accept");
  request.media_type = option_text(parsed, "content-type");
  request.items_key = option_text(parsed, "items");
  Result<std::string> body = body_of(parsed, kernel, source, request.media_type);
  if (!body) return Failure(body.error());
  request.body = std::move(*body);
  return request;
}

Answer answer_of(const RawRequest& request) {
  Answer answer;
  answer.items_key = request.items_key;
  if (answer.items_key.empty()) answer.items_key = usual_items_key(request.surface);
  return answer;
}

Result<void> check_api_options(const GlobalOptions& options) {
  if (options.out || options.to)
    return Failure(
        usage_error("`api` hands nothing over: requests whose answer is a token have actions.",
                    "Leave --out and --to out."));
  return {};
}

std::string api_help() {
  return "Usage: dockerhub [options] api [METHOD] PATH [option ...]\n\n"
         "Sends a request that no module has an action for, and shows its answer as -o data does. "
         "The log-in is made\n"
         "as for actions; a DELETE, what else destroys something, and all but GET and HEAD to a "
         "registry need the gate\n"
         "and your consent. Requests whose answer is a token are refused: they have actions. "
         "METHOD "
         "is GET when it is\n"
         "left out. In the query + is a blank.\n\n"
         "Options:\n"
         "  --api NAME           hub (default), scim, registry or scout\n"
         "  --registry HOST      another registry than the configured one\n"
         "  --body JSON          JSON or YAML; also @FILE, or - for standard input\n"
         "  --content-type TYPE  of a body that is no JSON\n"
         "  --accept TYPE        what the server is to answer\n"
         "  --paginate           all pages of a list, as --all-pages\n"
         "  --items NAME         the list in a page, where it is not \"results\" (of scim "
         "\"resources\",\n"
         "                       of a registry \"tags\")\n\n"
         "Examples:\n"
         "  dockerhub api /v2/namespaces/library/repositories/alpine\n"
         "  dockerhub api GET '/v2/namespaces/library/repositories?page_size=100' --paginate "
         "--jq '.results[].name'\n"
         "  dockerhub api PATCH /v2/namespaces/acme/repositories/app --body "
         "'{\"description\": \"An app\"}' --dry-run\n";
}

}  // namespace dockerhub::cli
