#include "parameters.hpp"

#include "options.hpp"

namespace dockerhub::rest {
namespace {

Failure wrong_parameter(std::string_view name, const std::string& what, std::string hint) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.parameter = name;
  error.message = "`" + visible(name) + "` " + what;
  error.hint = std::move(hint);
  return Failure(std::move(error));
}

json::Value text_value(std::string_view text, json::Document& document) {
  return json::Value(text.data(), static_cast<rapidjson::SizeType>(text.size()),
                     document.GetAllocator());
}

// A number, boolean or structure where the text is one; else the text.
json::Value json_or_text(std::string_view text, json::Document& document) {
  const auto parsed = json::parse(text);
  if (!parsed || parsed->IsString()) return text_value(text, document);
  json::Value value;
  value.CopyFrom(*parsed, document.GetAllocator());
  return value;
}

json::Value typed(ParameterType type, std::string_view text, json::Document& document) {
  switch (type) {
    case ParameterType::integer:
    case ParameterType::number:
    case ParameterType::boolean:
    case ParameterType::array:
    case ParameterType::object:
    case ParameterType::any:
      return json_or_text(text, document);
    case ParameterType::string:
    case ParameterType::repository:
    case ParameterType::store:
      break;
  }
  return text_value(text, document);
}

class Reader {
 public:
  explicit Reader(const Action* action) : action_(action) { params_.SetObject(); }

  Result<void> take_text(const std::string& name, std::string_view text, bool in_query) {
    if (is_option(name)) return take_option_text(name, text, options_);
    const Parameter* row = action_ == nullptr ? nullptr : action_->find_parameter(name);
    if (in_query && row != nullptr && row->secret) {
      return wrong_parameter(name, "is a secret, and addresses are written down on the way",
                             "Send it in the body of a POST.");
    }
    if (row != nullptr && row->type == ParameterType::array && in_query)
      return add_item(name, *row, text);
    const ParameterType type = row == nullptr ? ParameterType::string : row->type;
    return add(name, typed(type, text, params_));
  }

  Result<void> take_value(const std::string& name, const json::Value& value) {
    if (is_option(name)) return take_option(name, value, options_);
    if (value.IsNull()) return {};
    json::Value copy;
    copy.CopyFrom(value, params_.GetAllocator());
    return add(name, std::move(copy));
  }

  Input input() const { return {json::write(params_), options_}; }
  void wipe() { json::wipe(params_); }

 private:
  Result<void> add(const std::string& name, json::Value value) {
    if (json::find(params_, name) != nullptr) {
      return wrong_parameter(name, "is given more than once",
                             "Give it in the path, in the query or in the body.");
    }
    // Each is looked for among all before it.
    if (params_.MemberCount() >= kMostParameters) {
      return wrong_parameter(name, "is one too many",
                             "A call may have " + std::to_string(kMostParameters) + " of them.");
    }
    params_.AddMember(text_value(name, params_), std::move(value), params_.GetAllocator());
    return {};
  }

  // "a=1&a=2" is [1, 2], and so is "a=[1,2]".
  Result<void> add_item(const std::string& name, const Parameter& row, std::string_view text) {
    const bool is_whole = !text.empty() && text.front() == '[';
    if (is_whole) return add(name, json_or_text(text, params_));
    if (json::find(params_, name) == nullptr) {
      json::Value list(rapidjson::kArrayType);
      list.PushBack(typed(row.item_type, text, params_), params_.GetAllocator());
      return add(name, std::move(list));
    }
    json::Value& list = params_.FindMember(text_value(name, params_))->value;
    if (!list.IsArray()) return add(name, {});
    list.PushBack(typed(row.item_type, text, params_), params_.GetAllocator());
    return {};
  }

  const Action* action_;
  json::Document params_;
  CallOptions options_;
};

Result<void> read_all(Reader& reader, const Sources& sources) {
  Result<void> taken;
  for (const auto& [name, text] : sources.path) {
    if (taken) taken = reader.take_text(name, text, false);
  }
  for (const auto& [name, text] : sources.query) {
    if (taken) taken = reader.take_text(name, text, true);
  }
  if (sources.body == nullptr) return taken;
  for (const auto& member : sources.body->GetObject()) {
    if (taken) taken = reader.take_value(std::string(json::view(member.name)), member.value);
  }
  return taken;
}

}  // namespace

Result<Input> read_input(const Action* action, const Sources& sources) {
  Reader reader(action);
  const Result<void> taken = read_all(reader, sources);
  Input input = reader.input();
  reader.wipe();
  if (!taken) return Failure(taken.error());
  return input;
}

}  // namespace dockerhub::rest
