// YAML as the configuration needs it: one document of plain values with their lines. Aliases, deep
// documents and names that are there twice are refused. Free functions; any thread.
#pragma once

#include <string>
#include <vector>

namespace dockerhub::yaml {

inline constexpr std::size_t kMaxDepth = 32;
inline constexpr std::size_t kMaxNodes = 10'000;

struct Member;

struct Node {
  enum class Kind { null, scalar, array, object };
  Kind kind = Kind::null;
  bool quoted = false;   // of a scalar: a string, whatever it looks like
  std::size_t line = 0;  // from 1
  std::string text;
  std::vector<Node> items;
  std::vector<Member> members;
};

struct Member {
  std::string name;
  std::size_t line = 0;
  Node value;
};

// Plain scalars become null, booleans and numbers where JSON would write them so; others are
// strings.
std::string to_json(const Node& node);

}  // namespace dockerhub::yaml
