#include "credentials/login_file_edit.hpp"

#include <rapidjson/prettywriter.h>

#include <string>
#include <vector>

#include "config/values.hpp"
#include "credentials/secret_base64.hpp"
#include "credentials/secret_json.hpp"

namespace dockerhub {
namespace {

using EditedDocument = SecretJson::Document;
using EditedValue = SecretJson::Value;
using PrettySecretWriter =
    rapidjson::PrettyWriter<SecretBuffer, rapidjson::UTF8<>, rapidjson::UTF8<>, WipingHeap>;

rapidjson::SizeType size_of(std::string_view text) {
  return static_cast<rapidjson::SizeType>(text.size());
}

EditedValue owned_text(std::string_view text, EditedDocument& document) {
  return EditedValue(text.empty() ? "" : text.data(), size_of(text), document.GetAllocator());
}

// A member of that name, made where it is missing or something else.
EditedValue& object_member(EditedValue& object, std::string_view name, EditedDocument& document) {
  const EditedValue key(rapidjson::StringRef(name.data(), size_of(name)));
  if (!object.HasMember(key)) {
    object.AddMember(owned_text(name, document), EditedValue(rapidjson::kObjectType),
                     document.GetAllocator());
  }
  EditedValue& member = object[key];
  if (!member.IsObject()) member.SetObject();
  return member;
}

SecretBytes pair_of(std::string_view user, std::string_view secret) {
  SecretBytes pair(user.begin(), user.end());
  pair.push_back(':');
  pair.insert(pair.end(), secret.begin(), secret.end());
  return secret_to_base64({pair.data(), pair.size()});
}

void fill_entry(EditedValue& entry, const LoginEdit& edit, EditedDocument& document) {
  entry.SetObject();
  auto& allocator = document.GetAllocator();
  if (edit.user == "<token>") {
    entry.AddMember("identitytoken", owned_text(edit.secret, document), allocator);
    return;
  }
  // In the pair the first colon ends the name.
  if (edit.user.find(':') != std::string_view::npos) {
    entry.AddMember("username", owned_text(edit.user, document), allocator);
    entry.AddMember("password", owned_text(edit.secret, document), allocator);
    return;
  }
  const SecretBytes auth = pair_of(edit.user, edit.secret);
  entry.AddMember("auth", owned_text({auth.data(), auth.size()}, document), allocator);
}

// All entries of the server, but the one that is about to be filled: another spelling would be found before it.
void remove_spellings(EditedValue& auths, const LoginEdit& edit) {
  std::vector<std::string> names;
  for (const auto& [name, entry] : members_of(auths)) {
    const bool stays = name == edit.server && !edit.secret.empty();
    if (!stays && same_server(name, edit.server)) names.emplace_back(name);
  }
  for (const std::string& name : names) {
    const EditedValue key(rapidjson::StringRef(name.data(), size_of(name)));
    auths.EraseMember(key);
  }
}

void begin_own(EditedDocument& document) {
  document.AddMember("version", kOwnLoginFormat, document.GetAllocator());
}

SecretBytes written_logins(const EditedDocument& document, LoginFileKind kind) {
  SecretBuffer buffer;
  if (kind == LoginFileKind::own) {
    SecretWriter writer(buffer);
    document.Accept(writer);
  } else {
    PrettySecretWriter writer(buffer);
    writer.SetIndent('\t', 1);
    document.Accept(writer);
  }
  SecretBytes text(buffer.GetString(), buffer.GetString() + buffer.GetSize());
  text.push_back('\n');
  return text;
}

}  // namespace

Result<SecretBytes> edited_logins(std::string_view text, LoginFileKind kind, const LoginEdit& edit,
                                  const std::string& source) {
  EditedDocument document;
  if (text.empty()) {
    document.SetObject();
    if (kind == LoginFileKind::own) begin_own(document);
  } else {
    document.Parse<rapidjson::kParseValidateEncodingFlag | rapidjson::kParseIterativeFlag>(
        text.data(), text.size());
    if (document.HasParseError() || !document.IsObject()) {
      return refused(source + ": not a JSON object",
                     "Correct the file, or move it away; nothing was changed.");
    }
  }
  EditedValue& auths = object_member(document, "auths", document);
  remove_spellings(auths, edit);
  if (!edit.secret.empty()) fill_entry(object_member(auths, edit.server, document), edit, document);
  return written_logins(document, kind);
}

}  // namespace dockerhub
