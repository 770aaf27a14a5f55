// Rows of parameters that actions of several modules take.
#pragma once

#include <dockerhub/plugin.hpp>

namespace dockerhub::hub {

inline constexpr auto org = sdk::string("org", "Name of the organization.")
                                .required()
                                .length(1, 255)
                                .alias("org_name")
                                .example("acme");

// RFC 3339, section 5.6; or an age that time_ago() takes.
inline constexpr std::string_view kTimeOrAgePattern =
    R"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d+)?(?:[Zz]|[+-]\d\d:\d\d)|\d{1,5}[hdwy])";
inline constexpr std::string_view kTimePattern =
    kTimeOrAgePattern.substr(0, kTimeOrAgePattern.rfind('|'));

constexpr sdk::Parameter time(std::string_view name, std::string_view description) {
  return sdk::string(name, description)
      .pattern(kTimePattern)
      .format("date-time")
      .example("2027-01-31T00:00:00Z");
}

constexpr sdk::Parameter time_or_age(std::string_view name, std::string_view description) {
  return sdk::string(name, description).pattern(kTimeOrAgePattern).example("7d");
}

}  // namespace dockerhub::hub
