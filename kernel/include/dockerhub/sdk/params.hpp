// The parameters of a call, as a handler reads them. They were checked against the rows before the
// handler runs and defaults are filled in, so a getter gives the value itself; asking for a
// parameter that is not there, or as another type, is a mistake of the handler and throws (a
// ModuleError). The object lives as long as its Context; views into it as long.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/sdk/json.hpp"

namespace dockerhub::sdk {

class Params {
 public:
  // `json`: a JSON object; throws std::invalid_argument when it is not.
  explicit Params(std::string_view json) {
    if (bounded_json::parse(json, document_) || !document_.IsObject()) {
      throw std::invalid_argument("the parameters are no JSON object");
    }
  }

  // The value, or nullptr when it was not given (or given as null) and has no default.
  const Value* find(std::string_view name) const {
    const Value* found = find_member(document_, name);
    return found == nullptr || found->IsNull() ? nullptr : found;
  }
  bool has(std::string_view name) const { return find(name) != nullptr; }

  const Value& value(std::string_view name) const {
    const Value* found = find(name);
    if (found == nullptr) throw std::out_of_range("no parameter \"" + std::string(name) + "\"");
    return *found;
  }
  std::string_view text(std::string_view name) const {
    return view(checked(name, &Value::IsString, "a text"));
  }
  std::int64_t integer(std::string_view name) const {
    return checked(name, &Value::IsInt64, "an integer").GetInt64();
  }
  double number(std::string_view name) const {
    return checked(name, &Value::IsNumber, "a number").GetDouble();
  }
  bool flag(std::string_view name) const {
    return checked(name, &Value::IsBool, "true or false").GetBool();
  }
  std::vector<std::string_view> texts(std::string_view name) const {
    std::vector<std::string_view> all;
    for (const Value& element : checked(name, &Value::IsArray, "an array").GetArray()) {
      if (!element.IsString()) throw std::invalid_argument(mistake(name, "an array of texts"));
      all.push_back(view(element));
    }
    return all;
  }

  // The same with a value for a parameter that was not given.
  std::string_view text(std::string_view name, std::string_view otherwise) const {
    return has(name) ? text(name) : otherwise;
  }
  std::int64_t integer(std::string_view name, std::int64_t otherwise) const {
    return has(name) ? integer(name) : otherwise;
  }
  double number(std::string_view name, double otherwise) const {
    return has(name) ? number(name) : otherwise;
  }
  bool flag(std::string_view name, bool otherwise) const {
    return has(name) ? flag(name) : otherwise;
  }

  const Value& all() const { return document_; }

 private:
  const Value& checked(std::string_view name, bool (Value::*is)() const,
                       std::string_view what) const {
    const Value& found = value(name);
    if (!(found.*is)()) throw std::invalid_argument(mistake(name, what));
    return found;
  }
  static std::string mistake(std::string_view name, std::string_view what) {
    return "parameter \"" + std::string(name) + "\" is not " + std::string(what);
  }

  Document document_;
};

}  // namespace dockerhub::sdk
