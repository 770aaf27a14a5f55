// What strangers attach to images and what Docker Scout may answer: never a crash; the parts that are kept
// as they stand are JSON; a row is read back as it was written.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "baseline.hpp"
#include "documents.hpp"
#include "exporter.hpp"
#include "inventory.hpp"
#include "json_parts.hpp"
#include "local_policy.hpp"
#include "located.hpp"
#include "policy.hpp"
#include "problem.hpp"
#include "purl.hpp"
#include "row.hpp"
#include "sarif.hpp"
#include "statement.hpp"

namespace {

using namespace dockerhub;

void read_answer(const sdk::Value& value) {
  const scout::Inventory inventory = scout::read_image_packages(value);
  for (const scout::Finding& finding : inventory.findings) {
    const auto row = sdk::parse_json(scout::row_of(finding).text());
    const bool has_name = !finding.cve.empty();
    if (!row || scout::finding_in(*row).has_value() != has_name) std::abort();
  }
  if (!sdk::parse_json(scout::sarif_of(inventory.findings, "a", "b").text())) std::abort();
  static_cast<void>(scout::read_problems(value));
  static_cast<void>(scout::read_policies(value));
  static_cast<void>(scout::read_baseline(value));
  static_cast<void>(scout::packages_in(value));
  static_cast<void>(scout::base_images_in(value));
  static_cast<void>(scout::choose(value, "sha256:aa", "linux/amd64"));
  if (value.IsObject() && !scout::problem_with(value)) scout::evaluate({}, value);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto statement = scout::read_statement(text)) {
    if (!sdk::parse_json(statement->predicate)) std::abort();
  }
  static_cast<void>(scout::raw_member(text, "data"));
  static_cast<void>(scout::policy_rows(scout::read_samples(text)));
  if (scout::without_version(text).size() > text.size()) std::abort();
  static_cast<void>(scout::parse_purl(text));
  if (const auto document = sdk::parse_json(text)) read_answer(*document);
  return 0;
}
