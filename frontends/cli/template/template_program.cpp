#include <rapidjson/document.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <kainjow/mustache.hpp>
#include <utility>

#include "answer_program.hpp"
#include "dockerhub/bounded_json.hpp"
#include "dockerhub/build_info.hpp"

namespace dockerhub::cli {
namespace {

namespace mustache = kainjow::mustache;
using rapidjson::Value;

std::string text_of(const Value& value) {
  return {value.GetString(), value.GetStringLength()};
}

std::string json_of(const Value& value) {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  value.Accept(writer);
  return {buffer.GetString(), buffer.GetSize()};
}

// What prints nothing opens no section either: null, and a text without a letter.
mustache::data data_of(const Value& value) {
  if (value.IsObject()) {
    mustache::data object(mustache::data::type::object);
    for (const auto& member : value.GetObject())
      object.set(text_of(member.name), data_of(member.value));
    return object;
  }
  if (value.IsArray()) {
    mustache::data list(mustache::data::type::list);
    for (const Value& item : value.GetArray()) list.push_back(data_of(item));
    return list;
  }
  if (value.IsFalse() || value.IsNull() || (value.IsString() && value.GetStringLength() == 0))
    return mustache::data(false);
  return mustache::data(value.IsString() ? text_of(value) : json_of(value));
}

class AnswerContext : public mustache::context<std::string> {
 public:
  explicit AnswerContext(const mustache::data& data) : mustache::context<std::string>(&data) {}

  const mustache::data* get(const std::string& name) const override {
    if (name.size() > 1 && name.front() == '.' && problem_.empty())
      problem_ = "'" + name + "' begins with a dot; write {{" + name.substr(1) + "}}";
    return mustache::context<std::string>::get(name);
  }

  // A text of the answer is no template.
  const mustache::data* get_partial(const std::string& /*name*/) const override { return nullptr; }

  const std::string& problem() const { return problem_; }

 private:
  mutable std::string problem_;
};

class MustacheProgram : public AnswerProgram {
 public:
  explicit MustacheProgram(mustache::mustache made) : template_(std::move(made)) {
    // The texts are for terminals and programs, not for pages of HTML.
    template_.set_custom_escape([](const std::string& text) { return text; });
  }

  std::string_view option() const override { return "--template"; }

  std::optional<std::string> run(std::string_view input, const Take& take) override {
    bounded_json::Document answer;
    if (bounded_json::parse(input, answer)) return "the answer is no JSON";
    if (!answer.IsArray()) return render(answer, take).problem;
    for (const Value& item : answer.GetArray()) {
      const Rendered rendered = render(item, take);
      if (rendered.problem || !rendered.wants_more) return rendered.problem;
    }
    return std::nullopt;
  }

 private:
  struct Rendered {
    std::optional<std::string> problem;
    bool wants_more = true;
  };

  Rendered render(const Value& value, const Take& take) {
    const mustache::data data = data_of(value);
    AnswerContext context(data);
    const std::string text = template_.render(context);
    if (!context.problem().empty()) return {context.problem()};
    return {std::nullopt, take(text, true)};
  }

  mustache::mustache template_;
};

tl::expected<std::unique_ptr<AnswerProgram>, std::string> compile(const std::string& text) {
  mustache::mustache made(text);
  if (!made.is_valid()) return tl::make_unexpected(made.error_message());
  return std::make_unique<MustacheProgram>(std::move(made));
}

}  // namespace
}  // namespace dockerhub::cli

extern "C" __attribute__((visibility("default")))
const dockerhub::cli::AnswerLanguage dh_template_library = {dockerhub::kVersion,
                                                            dockerhub::cli::compile};
