// The kernel as one instance of a module sees it: its settings, its log, and what it offers now.
// Made when the instance is created, valid until it is destroyed; all functions [any thread].
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dockerhub/sdk/json.hpp"
#include "dockerhub/sdk/status.hpp"

namespace dockerhub::sdk {

enum class Level { debug, info, notice, warning, error, critical, alert, emergency };

enum class Kind { action = DH_KIND_ACTION, prompt = DH_KIND_PROMPT, resource = DH_KIND_RESOURCE };

// The tables of functions that the kernel has; nullptr where it has none.
struct Extensions {
  const dh_call_1* call = nullptr;
  const dh_http_1* http = nullptr;
  const dh_ask_1* ask = nullptr;
  const dh_store_1* store = nullptr;
  const dh_identity_1* identity = nullptr;
  const dh_limits_1* limits = nullptr;
  const dh_digest_1* digest = nullptr;
  const dh_catalog_1* catalog = nullptr;
  const dh_config_1* config = nullptr;
  const dh_log_1* log = nullptr;
  const dh_emit_1* emit = nullptr;
  const dh_kept_1* kept = nullptr;
};

class Host {
 public:
  explicit Host(const dh_host* host) : host_(host) {
    find(DH_CALL_1, tables_.call);
    find(DH_HTTP_1, tables_.http);
    find(DH_ASK_1, tables_.ask);
    find(DH_STORE_1, tables_.store);
    find(DH_IDENTITY_1, tables_.identity);
    find(DH_LIMITS_1, tables_.limits);
    find(DH_DIGEST_1, tables_.digest);
    find(DH_CATALOG_1, tables_.catalog);
    find(DH_CONFIG_1, tables_.config);
    find(DH_LOG_1, tables_.log);
    find(DH_EMIT_1, tables_.emit);
    find(DH_KEPT_1, tables_.kept);
  }
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;

  const Extensions& extensions() const { return tables_; }

  // A line to the operator's log, redacted by the kernel.
  void log(Level level, std::string_view text) const {
    if (offers(tables_.log, &dh_log_1::write)) {
      tables_.log->write(host_, static_cast<std::int32_t>(level), to_abi(text));
    }
  }

  // A setting that the module's rows declare, its default where nobody set it, or a fact of the
  // kernel ("kernel.registry.host"; abi.h has the list). DH_E_NOT_FOUND: not declared; DH_E_REFUSED: a
  // secret one; DH_E_INVALID: of another type.
  Reply<std::string> text_setting(std::string_view key) const {
    return setting<std::string>(key, &Value::IsString,
                                [](const Value& v) { return std::string(view(v)); });
  }
  Reply<std::int64_t> integer_setting(std::string_view key) const {
    return setting<std::int64_t>(key, &Value::IsInt64, [](const Value& v) { return v.GetInt64(); });
  }
  Reply<bool> flag_setting(std::string_view key) const {
    return setting<bool>(key, &Value::IsBool, [](const Value& v) { return v.GetBool(); });
  }
  Reply<std::vector<std::string>> list_setting(std::string_view key) const {
    return setting<std::vector<std::string>>(key, &Value::IsArray, [](const Value& v) {
      std::vector<std::string> all;
      for (const Value& element : v.GetArray()) all.emplace_back(view(element));
      return all;
    });
  }

  // Offers or hides an action ("tool.action"), a prompt or a resource of the module's rows.
  Status offer(Kind kind, std::string_view name, bool on) const {
    return invoke(tables_.emit, &dh_emit_1::offer, host_, static_cast<std::int32_t>(kind),
                  to_abi(name), on ? 1 : 0);
  }
  // Tells listeners that a list changed (empty name), or the content of one resource.
  Status changed(Kind kind, std::string_view name = {}) const {
    return invoke(tables_.emit, &dh_emit_1::changed, host_, static_cast<std::int32_t>(kind),
                  to_abi(name));
  }

 private:
  template <typename Table>
  void find(std::string_view id, const Table*& table) const {
    if (offers(host_, &dh_host::extension)) {
      table = static_cast<const Table*>(host_->extension(host_, to_abi(id)));
    }
  }
  template <typename T, typename Convert>
  Reply<T> setting(std::string_view key, bool (Value::*is)() const, Convert convert) const {
    dh_str json{};
    const Status status = invoke(tables_.config, &dh_config_1::get, host_, to_abi(key), &json);
    if (!status) return status;
    const auto document = parse_json(from_abi(json));
    if (!document || !((*document).*is)()) return Status(DH_E_INVALID);
    return convert(*document);
  }

  const dh_host* host_;
  Extensions tables_;
};

}  // namespace dockerhub::sdk
