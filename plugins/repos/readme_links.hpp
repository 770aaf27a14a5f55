// Links of a README that lead to files beside it, made whole: on a repository's page they would lead nowhere. Pure;
// any thread.
#pragma once

#include <string>
#include <string_view>

namespace dockerhub::repos {

// Where links and pictures begin; empty: they stay as they are.
struct LinkBases {
  std::string_view links, images;
};

// Of Markdown's links, pictures and definitions, and of `href` and `src` in HTML. What has a scheme or host, or is a
// place in the text itself ("#usage"), stays; so does code.
std::string with_whole_links(std::string_view markdown, const LinkBases& bases);

}  // namespace dockerhub::repos
