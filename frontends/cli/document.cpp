#include "document.hpp"

#include "dockerhub/yaml.hpp"
#include "json.hpp"
#include "option_parser.hpp"

namespace dockerhub::cli {

namespace {

Failure not_readable(std::string_view origin, const std::string& why) {
  return Failure(usage_error(std::string(origin) + " is neither JSON nor YAML: " + why + ".",
                             "Mend the document; a JSON or YAML checker shows the place."));
}

}  // namespace

Result<std::string> document_json(std::string_view text, std::string_view origin) {
  if (const auto document = json::parse(text)) return json::write(*document);
  Result<std::string> converted = json_of_yaml(text);
  if (!converted && converted.error().kind == ErrorKind::parameter)
    return not_readable(origin, converted.error().message);
  return converted;
}

}  // namespace dockerhub::cli
