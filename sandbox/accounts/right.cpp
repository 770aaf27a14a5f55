#include "accounts/right.hpp"

#include <array>
#include <cstddef>

namespace dockerhub::sandbox {
namespace {

struct Row {
  Right right;
  Reach reach;
  std::string_view scope;
};
// In the order of the enumeration.
constexpr std::array<Row, 10> kRows = {{
    {Right::pull, Reach::read, "scope-image-pull"},
    {Right::push, Reach::write, "scope-image-push"},
    {Right::remove_image, Reach::admin, "scope-image-delete"},
    {Right::read, Reach::read, "scope-repository-read"},
    {Right::edit, Reach::admin, "scope-repository-edit"},
    {Right::administer, Reach::admin, "scope-repository-admin"},
    {Right::read_tags, Reach::read, "scope-tag-read"},
    {Right::remove_tags, Reach::admin, "scope-tag-admin"},
    {Right::assign_teams, Reach::admin, "scope-repo-group-edit"},
    {Right::set_immutable_tags, Reach::admin, "scope-repository-settings-admin"},
}};

}  // namespace

Reach reach_for(Right right) {
  return kRows[static_cast<std::size_t>(right)].reach;
}

std::string_view scope_for(Right right) {
  return kRows[static_cast<std::size_t>(right)].scope;
}

}  // namespace dockerhub::sandbox
