#include "modules/examine.hpp"

#include <algorithm>

#include "modules/foreign_texts.hpp"
#include "modules/known_text.hpp"
#include "modules/module_error.hpp"

namespace dockerhub {
namespace {

std::string with_hint(const Error& error) {
  return error.hint.empty() ? error.message : error.message + ". " + error.hint;
}

// The file is in the message's front already, put there by whoever shows the slot.
std::string without_file(std::string message, const std::filesystem::path& file) {
  const std::string prefix = file.string() + ": ";
  if (message.compare(0, prefix.size(), prefix) == 0) message.erase(0, prefix.size());
  return message;
}

Result<void> open_file(Slot& slot, CheckedFolders& folders) {
  Result<CheckedFile> opened = CheckedFile::open(slot.found_as, folders);
  if (!opened) return Failure(opened.error());
  slot.file = std::make_shared<const CheckedFile>(std::move(*opened));
  slot.info.file = slot.file->path();
  return {};
}

void set_info(ModuleInfo& info, const Manifest& manifest) {
  info.name = manifest.name;
  info.version = manifest.version;
  info.title = manifest.title;
  info.publisher = manifest.publisher;
  info.license = manifest.license;
  info.abi = manifest.abi;
  info.toggle = manifest.toggles.empty() ? std::string() : manifest.toggles.front();
  info.refused_actions = manifest.refused_actions;
}

// What is remembered counts for the installation's own files only: others may come from whoever sees the cache.
Result<Manifest> manifest_of(std::string text, const Slot& slot, const ExamineRules& rules) {
  const bool remembers = rules.known != nullptr && slot.info.place == kInstalled;
  if (remembers) {
    if (auto outline = json::parse(rules.known->outline(slot.manifest_mark))) {
      auto known = std::make_shared<const KnownText>(std::move(text), std::move(*outline));
      return parse_known_manifest(std::move(known), rules.features);
    }
  }
  Result<Manifest> manifest = parse_manifest(text, rules.features);
  if (remembers && manifest && manifest->refused_actions.empty())
    rules.known->learn(slot.manifest_mark, outline_of(text));
  return manifest;
}

Result<void> read_manifest(Slot& slot, const ExamineRules& rules) {
  Result<std::string> text = read_manifest_text(slot.file->descriptor());
  if (!text) return Failure(text.error());
  slot.manifest_mark = manifest_mark(*text);
  Result<Manifest> manifest = manifest_of(std::move(*text), slot, rules);
  if (!manifest) return Failure(manifest.error());
  if (slot.info.place != kInstalled) {
    if (auto shown = show_foreign_texts(*manifest); !shown) return shown;
  }
  slot.manifest = std::make_shared<const Manifest>(std::move(*manifest));
  set_info(slot.info, *slot.manifest);
  return {};
}

Result<void> check_host(const Slot& slot, const ExamineRules& rules) {
  for (const std::string& id : slot.manifest->host_required) {
    const auto& offered = rules.host_extensions;
    if (std::find(offered.begin(), offered.end(), id) != offered.end()) continue;
    return refuse_manifest(
        "requires the host extension " + id + ", which this kernel does not have",
        "Install a newer kernel, or an older version of the module.");
  }
  return {};
}

Result<void> check_trust(Slot& slot, const ExamineRules& rules) {
  if (slot.info.place == kInstalled) return {};
  Result<std::string> sha256 = slot.file->sha256();
  if (!sha256) return Failure(sha256.error());
  slot.info.sha256 = std::move(*sha256);
  const std::string command =
      "To trust this very file: dockerhub plugin trust " + slot.info.file.string();
  if (!rules.trust)
    return refuse_manifest("not trusted: " + rules.trust.error().message, rules.trust.error().hint);
  const TrustRecord* record = rules.trust->find(slot.info.file);
  if (record == nullptr) return refuse_manifest("not trusted", command);
  if (record->sha256 != slot.info.sha256) {
    return refuse_manifest("not trusted: changed since it was trusted", command);
  }
  return {};
}

Result<void> run_checks(Slot& slot, const ExamineRules& rules) {
  if (auto opened = open_file(slot, rules.folders); !opened) return opened;
  if (auto read = read_manifest(slot, rules); !read) return read;
  if (auto checked = check_host(slot, rules); !checked) return checked;
  if (auto checked = check_trust(slot, rules); !checked) return checked;
  // Manifest and sha256 have to be those of one content.
  return slot.file->unchanged();
}

}  // namespace

void refuse(Slot& slot, std::string reason) {
  slot.info.state = ModuleState::refused;
  slot.info.reason = std::move(reason);
}

Error refusal(const Slot& slot) {
  return refuse_file(slot.info.file, slot.info.reason,
                     "See what was found and why not all of it can be used: dockerhub plugin list")
      .value();
}

std::shared_ptr<Slot> examine(const FoundFile& found, const ExamineRules& rules) {
  auto slot = std::make_shared<Slot>();
  slot->found_as = found.path;
  slot->info.file = found.path;
  slot->info.place = found.place;
  slot->source = found.place == kInstalled ? Library::Source::original : Library::Source::copy;
  if (auto checked = run_checks(*slot, rules); !checked) {
    refuse(*slot, without_file(with_hint(checked.error()), slot->info.file));
  }
  return slot;
}

}  // namespace dockerhub
