#include "tag_page.hpp"

#include <iterator>
#include <set>
#include <string>

#include "json_text.hpp"

namespace dockerhub::registry {

Checked<TagPage> parse_tag_page(std::string_view bytes) {
  const auto document = parse_json(bytes);
  if (!document || !document->IsObject()) {
    return wrong_answer("the list of tags is no JSON object",
                        "What answers there may be no registry.");
  }
  TagPage page;
  page.name = text_member(*document, "name");
  const sdk::Value* tags = find_member(*document, "tags");
  // Registries say it by null, or by a list that has only a name. Anything else may be no list, and none may end by it.
  const bool has_none = tags == nullptr ? !page.name.empty() : tags->IsNull();
  if (has_none) return page;
  if (tags == nullptr || !tags->IsArray()) {
    return wrong_answer("the list of tags has no \"tags\"",
                        "What answers there may be no registry.");
  }
  for (const sdk::Value& tag : tags->GetArray()) {
    if (tag.IsString()) page.tags.emplace_back(sdk::view(tag));
  }
  return page;
}

void page_locally(std::vector<std::string>& tags, std::string_view last) {
  const std::set<std::string> ordered(std::make_move_iterator(tags.begin()),
                                      std::make_move_iterator(tags.end()));
  auto first = ordered.find(std::string(last));
  first = first == ordered.end() ? ordered.begin() : std::next(first);
  tags.assign(first, ordered.end());
}

}  // namespace dockerhub::registry
