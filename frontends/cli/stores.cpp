#include "stores.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "dir_store.hpp"
#include "directory_store.hpp"
#include "docker_archive.hpp"
#include "json.hpp"
#include "layout_archive.hpp"
#include "layout_texts.hpp"
#include "option_parser.hpp"
#include "store_errors.hpp"
#include "values.hpp"

namespace dockerhub::cli {

enum class TagPlace { none, last_colon, first_colon };

struct StoreForm {
  std::string_view scheme;  // with its colon
  TagPlace tag;
  bool is_changed;  // else it is written once
  Result<std::unique_ptr<Store>> (*open)(const std::filesystem::path& path, bool writable);
};

namespace {

Result<std::unique_ptr<Store>> open_layout(const std::filesystem::path& path, bool writable) {
  return open_directory_store(path, writable);
}

Result<std::unique_ptr<Store>> open_oci_archive(const std::filesystem::path& path, bool writable) {
  return writable ? make_layout_archive(path) : open_layout_archive(path);
}

Result<std::unique_ptr<Store>> open_saved(const std::filesystem::path& path, bool writable) {
  if (!writable) return open_docker_archive(path);
  return unusable_store(path, "archives of `docker save` are read, not written",
                        "Name an oci-archive:FILE, which current Docker loads too.");
}

// A name may have colons and slashes itself; in the path of a folder a colon may stand before a "/".
constexpr auto kStoreForms = std::to_array<StoreForm>({
    {"oci:", TagPlace::last_colon, true, open_layout},
    {"oci-archive:", TagPlace::first_colon, false, open_oci_archive},
    {"docker-archive:", TagPlace::first_colon, false, open_saved},
    {"dir:", TagPlace::none, false, open_dir_store},
});

constexpr const char* kStoreSpelling =
    "Write it like oci:DIR[:TAG], a folder in the OCI image layout, oci-archive:FILE[:TAG], "
    "docker-archive:FILE[:NAME:TAG] or dir:DIR.";

constexpr const char* kTagSpelling =
    "Write it like oci:DIR:TAG, a folder in the OCI image layout and a tag in it.";

Failure wrong(const Parameter& parameter, std::string message,
              const char* spelling = kStoreSpelling) {
  Error error = usage_error(option_of(parameter) + ": " + std::move(message), spelling);
  error.parameter = parameter.name;
  return Failure(std::move(error));
}

bool lies_there(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

// Not so what cannot be looked at: opening it has an error of its own.
bool is_nowhere(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::status(path, ignored).type() == std::filesystem::file_type::not_found;
}

// Of the name of a whole image, whose colons and slashes may as well be in the path: the first at which a layout lies.
std::size_t colon_of_layout(std::string_view place) {
  std::size_t colon = place.find(':');
  while (colon != std::string_view::npos &&
         !lies_there(std::filesystem::path(place.substr(0, colon)) / kLayoutFile)) {
    colon = place.find(':', colon + 1);
  }
  return colon;
}

// Where the tag begins, behind its colon; npos: there is none.
std::size_t tag_colon(TagPlace where, std::string_view place) {
  if (where == TagPlace::none) return std::string_view::npos;
  if (where == TagPlace::first_colon) return place.find(':');
  std::size_t last = place.rfind(':');
  const bool is_in_path =
      last != std::string_view::npos && place.find('/', last) != std::string_view::npos;
  if (is_in_path) last = std::string_view::npos;
  if (lies_there(place.substr(0, last))) return last;
  const std::size_t of_layout = colon_of_layout(place);
  return of_layout == std::string_view::npos ? last : of_layout;
}

bool has_store(const Action& action) {
  return std::any_of(action.parameters.begin(), action.parameters.end(),
                     [](const Parameter& row) { return row.type == ParameterType::store; });
}

bool asks_about(const Action& action, const Parameter& row) {
  return action.confirm_target.find("{" + row.name + "}") != std::string::npos;
}

}  // namespace

Result<Stores::Named> Stores::parse(const Parameter& parameter, std::string_view text) {
  const auto* const form =
      std::find_if(kStoreForms.begin(), kStoreForms.end(),
                   [&](const StoreForm& one) { return text.rfind(one.scheme, 0) == 0; });
  if (form == kStoreForms.end())
    return wrong(parameter, "\"" + visible(text) + "\" does not say what it is.");
  const std::string_view place = text.substr(form->scheme.size());
  const std::size_t colon = tag_colon(form->tag, place);
  const bool has_tag = colon != std::string_view::npos;
  Named named{form, place.substr(0, has_tag ? colon : place.size()),
              std::string(has_tag ? place.substr(colon + 1) : std::string_view())};
  if (named.path.empty()) return wrong(parameter, "it names no folder or file.");
  if (has_tag && named.tag.empty()) return wrong(parameter, "the tag after the colon is missing.");
  return named;
}

Result<void> Stores::check_changed(const Parameter& parameter, const Named& named) {
  if (!named.form->is_changed)
    return wrong(parameter, "tags are taken from oci:DIR:TAG only.", kTagSpelling);
  if (named.tag.empty()) return wrong(parameter, "it names no tag.", kTagSpelling);
  if (is_nowhere(named.path / kLayoutFile)) {
    return wrong(parameter, "there is no image layout at " + visible(named.path.string()) + ".",
                 kTagSpelling);
  }
  return {};
}

std::string Stores::places() const {
  std::string text;
  for (const auto& [parameter, named] : named_) {
    if (!named.is_asked_about) continue;
    text.append(text.empty() ? "" : ", ").append(named.form->scheme);
    text.append(visible(named.path.string()));
  }
  return text;
}

Result<std::string> Stores::take(const Action& action, const std::string& params) {
  if (!has_store(action)) return params;
  auto object = json::parse(params);
  for (const Parameter& row : action.parameters) {
    if (row.type != ParameterType::store || !object) continue;
    if (!object->HasMember(row.name.c_str())) continue;
    json::Value& value = (*object)[row.name.c_str()];
    if (!value.IsString()) continue;
    auto named = parse(row, json::view(value));
    if (!named) return Failure(std::move(named.error()));
    if (asks_about(action, row)) {
      named->is_asked_about = true;
      if (const auto fits = check_changed(row, *named); !fits) return Failure(fits.error());
    }
    value.SetString(named->tag.c_str(), static_cast<rapidjson::SizeType>(named->tag.size()),
                    object->GetAllocator());
    named_.insert_or_assign(row.name, std::move(*named));
  }
  return object ? json::write(*object) : params;
}

Result<std::unique_ptr<Store>> Stores::open(std::string_view parameter, std::string_view value,
                                            bool writable) const {
  auto found = named_.find(parameter);
  if (found == named_.end()) {
    const auto fits = [&](const auto& entry) { return entry.second.tag == value; };
    // Of two with the same tag nobody knows which is meant.
    if (std::count_if(named_.begin(), named_.end(), fits) == 1)
      found = std::find_if(named_.begin(), named_.end(), fits);
  }
  if (found != named_.end()) {
    auto store = found->second.form->open(found->second.path, writable);
    if (!store) store.error().parameter = parameter;
    return store;
  }
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = "Nothing was named for " + visible(parameter) + ".";
  error.hint = kStoreSpelling;
  error.parameter = parameter;
  return Failure(std::move(error));
}

bool names_store(std::string_view word) {
  return std::any_of(kStoreForms.begin(), kStoreForms.end(), [&](const StoreForm& form) {
    return word.substr(0, form.scheme.size()) == form.scheme;
  });
}

}  // namespace dockerhub::cli
