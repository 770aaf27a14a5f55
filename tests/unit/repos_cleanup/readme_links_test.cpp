#include "repos/readme_links.hpp"

#include <gtest/gtest.h>

namespace dockerhub::repos {
namespace {

std::string made_whole(std::string_view text) {
  return with_whole_links(text, {"https://x.test/blob/", "https://x.test/raw"});
}

TEST(ReadmeLinks, ToFilesBesideItAreMadeWhole) {
  EXPECT_EQ(made_whole("see [a](docs/a.md)."), "see [a](https://x.test/blob/docs/a.md).");
  EXPECT_EQ(made_whole("[a](./a.md \"title\")"), "[a](https://x.test/blob/a.md \"title\")");
  EXPECT_EQ(made_whole("[a](/a.md)"), "[a](https://x.test/blob/a.md)");
  EXPECT_EQ(made_whole("[a](<a b.md>)"), "[a](<https://x.test/blob/a b.md>)");
  EXPECT_EQ(made_whole("[a]: a.md"), "[a]: https://x.test/blob/a.md");
}

TEST(ReadmeLinks, OfPicturesHaveTheirOwnBeginning) {
  EXPECT_EQ(made_whole("![p](p.png)"), "![p](https://x.test/raw/p.png)");
  EXPECT_EQ(made_whole("[![p](p.png)](a.md)"),
            "[![p](https://x.test/raw/p.png)](https://x.test/blob/a.md)");
  EXPECT_EQ(made_whole("<a href=\"a.md\"><img src=\"p.png\"></a>"),
            "<a href=\"https://x.test/blob/a.md\"><img src=\"https://x.test/raw/p.png\"></a>");
}

TEST(ReadmeLinks, ThatLeadSomewhereAreLeft) {
  for (const char* text : {"[a](https://y.test/a)", "[a](mailto:a@b.test)", "[a](#usage)",
                           "[a](//y.test/a)", "a](b.md)", "[a] (b)", "[]", "]", "[a]("}) {
    EXPECT_EQ(made_whole(text), text);
  }
}

TEST(ReadmeLinks, InCodeAreLeft) {
  for (const char* text :
       {"`[a](a.md)`", "```\n[a](a.md)\n```\n", "~~~\n[a](a.md)\n", "``[a](a.md)``"})
    EXPECT_EQ(made_whole(text), text);
  EXPECT_EQ(made_whole("`x` [a](a.md)"), "`x` [a](https://x.test/blob/a.md)");
  EXPECT_EQ(made_whole("a ` b [a](a.md)"), "a ` b [a](https://x.test/blob/a.md)");
}

TEST(ReadmeLinks, StayWithoutABeginning) {
  EXPECT_EQ(with_whole_links("[a](a.md) ![p](p.png)", {}), "[a](a.md) ![p](p.png)");
}

}  // namespace
}  // namespace dockerhub::repos
