#include "faults/fault_book.hpp"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/pattern.hpp"

namespace dockerhub::sandbox {
namespace {

struct TextRow {
  std::string_view name;
  std::string Fault::*member;
};
constexpr std::array<TextRow, 4> kTexts = {{
    {"listener", &Fault::listener},
    {"method", &Fault::method},
    {"path", &Fault::path},
    {"prefix", &Fault::prefix},
}};

std::string number_text(double number) {
  std::string text = std::to_string(number);
  text.erase(text.find_last_not_of('0') + 1);
  return text.ends_with('.') ? text + '0' : text;
}

Failure wrong(std::string message) {
  return Failure(fault_error(std::move(message)));
}

Result<std::int64_t> count_of(const json::Value& object, std::string_view name,
                              std::int64_t fallback) {
  const json::Value* value = json::find(object, name);
  if (value == nullptr) return fallback;
  if (!value->IsInt64() || value->GetInt64() < 0)
    return wrong(std::string(name) + " has to be a whole number, 0 or more");
  return value->GetInt64();
}

Result<void> read_selection(const json::Value& object, Fault& fault) {
  for (const TextRow& row : kTexts) fault.*row.member = json::text_of(object, row.name);
  if (!fault.path.empty()) {
    if (Result<void> compiled = compile_pattern(fault.path); !compiled)
      return Failure(std::move(compiled.error()));
  }
  const Result<std::int64_t> after = count_of(object, "after", 0);
  if (!after) return Failure(after.error());
  fault.after = *after;
  if (json::find(object, "times") == nullptr) return {};
  const Result<std::int64_t> times = count_of(object, "times", 0);
  if (!times) return Failure(times.error());
  fault.times = *times;
  return {};
}

Result<double> probability_of(const json::Value& object) {
  const json::Value* value = json::find(object, "probability");
  if (value == nullptr) return 1.0;
  if (!value->IsNumber() || value->GetDouble() < 0 || value->GetDouble() > 1)
    return wrong("probability has to be a number from 0 to 1");
  return value->GetDouble();
}

constexpr std::array<std::string_view, 4> kOthers = {"kind", "after", "times", "probability"};

Result<void> check_names(const json::Value& object) {
  for (const auto& member : object.GetObject()) {
    const std::string_view name = json::view(member.name);
    bool known = is_fault_parameter(name) ||
                 std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end();
    for (const TextRow& row : kTexts) known = known || row.name == name;
    if (!known) return wrong("a fault has no " + visible(name));
  }
  return {};
}

Result<Fault> read_fault(const json::Value& object) {
  if (!object.IsObject()) return wrong("a fault is a JSON object");
  if (Result<void> names = check_names(object); !names) return Failure(std::move(names.error()));
  Fault fault;
  const std::string_view kind = json::text_of(object, "kind");
  fault.kind = find_fault_kind(kind);
  if (fault.kind == nullptr)
    return wrong("there is no kind of fault called '" + visible(kind) + "'");
  Result<FaultParameters> parameters = fault_parameters(object);
  if (!parameters) return Failure(std::move(parameters.error()));
  fault.parameters = *std::move(parameters);
  if (Result<void> read = read_selection(object, fault); !read)
    return Failure(std::move(read.error()));
  const Result<double> probability = probability_of(object);
  if (!probability) return Failure(probability.error());
  fault.probability = *probability;
  return fault;
}

bool fits(const Fault& fault, const Request& request) {
  return (fault.listener.empty() || fault.listener == request.listener) &&
         (fault.method.empty() || fault.method == request.method) &&
         request.path.starts_with(fault.prefix) &&
         (fault.path.empty() || matches(fault.path, request.path));
}

}  // namespace

Result<std::vector<std::uint64_t>> FaultBook::add(const json::Value& wanted) {
  std::vector<Fault> faults;
  const bool many = wanted.IsArray();
  for (rapidjson::SizeType i = 0; i < (many ? wanted.Size() : 1); ++i) {
    Result<Fault> fault = read_fault(many ? wanted[i] : wanted);
    if (!fault) return Failure(std::move(fault.error()));
    faults.push_back(*std::move(fault));
  }
  std::vector<std::uint64_t> ids;
  for (Fault& fault : faults) {
    add(std::move(fault));
    ids.push_back(last_id_);
  }
  return ids;
}

void FaultBook::add(Fault fault) {
  fault.id = ++last_id_;
  faults_.push_back(std::move(fault));
}

bool FaultBook::remove(std::uint64_t id) {
  return faults_.remove_if([&](const Fault& fault) { return fault.id == id; }) > 0;
}

void FaultBook::seed(std::uint64_t seed) {
  seed_ = seed;
  chance_.seed(seed);
}

void FaultBook::restart() {
  faults_ = start_;
  chance_.seed(seed_);
}

// The distributions of the standard library differ from one to the other; this does not.
bool FaultBook::draws(const Fault& fault) {
  constexpr double range = 9007199254740992.0;  // 2 to the power of 53
  constexpr int unused = 11;
  return fault.probability >= 1 ||
         static_cast<double>(chance_() >> unused) / range < fault.probability;
}

std::optional<Fault> FaultBook::take(const Request& request) {
  for (Fault& fault : faults_) {
    if (!fits(fault, request) || fault.times == 0) continue;
    if (fault.after > 0) {
      --fault.after;
      continue;
    }
    if (!draws(fault)) continue;
    if (fault.times) --*fault.times;
    return fault;
  }
  return std::nullopt;
}

JsonText FaultBook::describe() const {
  std::vector<JsonText> list;
  for (const Fault& fault : faults_) {
    list.push_back(
        JsonText::object({{"id", fault.id},
                          {"kind", fault.kind->name},
                          {"listener", fault.listener},
                          {"method", fault.method},
                          {"path", fault.path},
                          {"prefix", fault.prefix},
                          {"after", fault.after},
                          {"times", fault.times ? JsonText(*fault.times) : nullptr},
                          {"probability", JsonText::raw(number_text(fault.probability))}}));
  }
  return JsonText::array(list);
}

}  // namespace dockerhub::sandbox
