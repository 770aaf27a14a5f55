#include "faults/parameters.hpp"

#include <array>
#include <utility>

namespace dockerhub::sandbox {
namespace {

struct NumberRow {
  std::string_view name;
  std::optional<std::int64_t> FaultParameters::*member;
};
constexpr std::array<NumberRow, 6> kNumbers = {{
    {"status", &FaultParameters::status},
    {"seconds", &FaultParameters::seconds},
    {"bytes", &FaultParameters::bytes},
    {"interval_ms", &FaultParameters::interval_ms},
    {"count", &FaultParameters::count},
    {"depth", &FaultParameters::depth},
}};

struct ParameterText {
  std::string_view name;
  std::optional<std::string> FaultParameters::*member;
};
constexpr std::array<ParameterText, 4> kParameterTexts = {{
    {"body", &FaultParameters::body},
    {"url", &FaultParameters::url},
    {"type", &FaultParameters::type},
    {"form", &FaultParameters::form},
}};

// Enough for every fault, little enough that none fills the machine's memory.
constexpr std::int64_t kMostNumber = 100'000'000;

Failure wrong(std::string_view name, std::string_view wanted) {
  return Failure(fault_error(std::string(name) + " has to be " + std::string(wanted)));
}

Result<void> read_headers(const json::Value& object, FaultParameters& parameters) {
  const json::Value* headers = json::find(object, "headers");
  if (headers == nullptr) return {};
  if (!headers->IsObject()) return wrong("headers", "an object of texts");
  for (const auto& member : headers->GetObject()) {
    if (!member.value.IsString()) return wrong("headers", "an object of texts");
    parameters.headers.push_back(
        {std::string(json::view(member.name)), std::string(json::view(member.value))});
  }
  return {};
}

}  // namespace

Result<FaultParameters> fault_parameters(const json::Value& object) {
  FaultParameters parameters;
  for (const NumberRow& row : kNumbers) {
    const json::Value* value = json::find(object, row.name);
    if (value == nullptr) continue;
    if (!value->IsInt64() || value->GetInt64() < 0 || value->GetInt64() > kMostNumber)
      return wrong(row.name, "a whole number from 0 to " + std::to_string(kMostNumber));
    parameters.*row.member = value->GetInt64();
  }
  for (const ParameterText& row : kParameterTexts) {
    const json::Value* value = json::find(object, row.name);
    if (value == nullptr) continue;
    if (!value->IsString()) return wrong(row.name, "a text");
    parameters.*row.member = std::string(json::view(*value));
  }
  if (Result<void> read = read_headers(object, parameters); !read)
    return Failure(std::move(read.error()));
  return parameters;
}

bool is_fault_parameter(std::string_view name) {
  for (const NumberRow& row : kNumbers) {
    if (row.name == name) return true;
  }
  for (const ParameterText& row : kParameterTexts) {
    if (row.name == name) return true;
  }
  return name == "headers";
}

Error fault_error(std::string message) {
  Error error;
  error.kind = ErrorKind::parameter;
  error.message = std::move(message);
  error.hint = "docs/sandbox.md lists the kinds of faults and what each can be told.";
  return error;
}

}  // namespace dockerhub::sandbox
