// Whatever stands in a parameter, a path has exactly the segments of its template and each decodes to
// the value that was given; or the call is refused before anything is sent. Random values: a failure
// prints the seed that repeats it (RC_PARAMS).
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <charconv>

#include "built_manifest.hpp"
#include "call/steps.hpp"
#include "http/path_template.hpp"
#include "request/row_request.hpp"

namespace dockerhub {
namespace {

struct Row {
  const Manifest* module;
  const Action* action;
};

// Rows whose path has a parameter; the manifests live as long as the program.
const std::vector<Row>& rows() {
  static const auto kManifests = [] {
    std::vector<Manifest> manifests;
    for (const char* module : test::kHubModules) manifests.push_back(test::built_manifest(module));
    return manifests;
  }();
  static const auto kRows = [] {
    std::vector<Row> found;
    for (const Manifest& manifest : kManifests) {
      for (const Action& action : manifest.tools.at(0).actions) {
        if (action.request && action.request->path.find('{') != std::string::npos)
          found.push_back({&manifest, &action});
      }
    }
    return found;
  }();
  return kRows;
}

rc::Gen<std::string> hostile_piece() {
  return rc::gen::element<std::string>("/", "?", "#", "%", "%2F", "%2e%2e", "..", ".", "\\", ";",
                                       "&", "=", "@", ":", " ", "\t", "\r\n", std::string("\0", 1),
                                       "\x7f", "a", "Z", "0", "-", "_", "~", "\xc3\xa9",
                                       "\xe2\x80\xae", "\xf0\x9f\x90\xb3", "../../v2/users",
                                       "http://evil.invalid/", std::string(65536, 'x'));
}

rc::Gen<std::string> hostile_text() {
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(hostile_piece()),
                      [](const std::vector<std::string>& pieces) {
                        std::string text;
                        for (const std::string& piece : pieces) text += piece;
                        return text;
                      });
}

std::string decoded(std::string_view segment) {
  std::string text;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    unsigned byte = 0;
    if (segment[i] != '%') {
      text += segment[i];
      continue;
    }
    std::from_chars(segment.data() + i + 1, segment.data() + i + 3, byte, 16);
    text += static_cast<char>(byte);
    i += 2;
  }
  return text;
}

std::vector<std::string> segments(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

json::Document example_of(const Action& action) {
  return std::move(*json::parse(action.examples.at(0)));
}

void set(json::Document& params, const std::string& name, const std::string& value) {
  params.RemoveMember(name.c_str());
  params.AddMember(json::copy(name, params.GetAllocator()),
                   json::copy(value, params.GetAllocator()), params.GetAllocator());
}

// The path of the request; nullopt: refused.
std::optional<std::string> path_of(const Row& row, const json::Document& params) {
  const auto valid = validate(*row.action, json::write(params));
  if (!valid) return std::nullopt;
  const Outgoing outgoing = row_request(*row.action, *json::parse(valid->json), *row.module);
  auto path = http::expand_path(outgoing.path, outgoing.path_values);
  if (!path) return std::nullopt;
  return *std::move(path);
}

RC_GTEST_PROP(PathOfARow, HasTheSegmentsOfItsTemplate, ()) {
  const Row row = *rc::gen::elementOf(rows());
  json::Document params = example_of(*row.action);
  std::map<std::string, std::string> given;
  for (const Parameter& parameter : row.action->parameters) {
    if (parameter.wire.place != Wire::Place::path) continue;
    given[parameter.wire.name] = *hostile_text();
    set(params, parameter.name, given[parameter.wire.name]);
  }
  const auto path = path_of(row, params);
  RC_CLASSIFY(!path, "refused");
  if (!path) return;
  for (const char c : *path) RC_ASSERT(c > ' ' && c < '\x7f' && c != '?' && c != '#');
  const auto wanted = segments(row.action->request->path);
  const auto seen = segments(*path);
  RC_ASSERT(seen.size() == wanted.size());
  for (std::size_t i = 0; i < seen.size(); ++i) {
    const bool is_value = !wanted[i].empty() && wanted[i].front() == '{';
    const std::string expected =
        is_value ? given[wanted[i].substr(1, wanted[i].size() - 2)] : wanted[i];
    RC_ASSERT(decoded(seen[i]) == expected);
    RC_ASSERT(seen[i] != "." && seen[i] != "..");
  }
}

TEST(PathOfARow, IsOfEveryModule) {
  EXPECT_GE(rows().size(), 30U);
}

}  // namespace
}  // namespace dockerhub
