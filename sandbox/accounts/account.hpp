// An account that can sign in, and the personal access tokens that it made. Plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "accounts/reach.hpp"
#include "encoding/times.hpp"

namespace dockerhub::sandbox {

struct PersonalToken {
  std::string uuid, label;
  std::string secret;  // "dckr_pat_..."
  Reach reach = Reach::public_read;
  UnixTime created = 0;
  std::optional<UnixTime> expires;  // nullopt: never
  std::optional<UnixTime> last_used;
  bool is_active = true;

  bool works(UnixTime time) const { return is_active && (!expires || *expires > time); }
};

struct Account {
  std::string name, uuid;
  bool organization = false;
  std::string email;
  std::string given_name, family_name;
  UnixTime joined = 0;
  std::string password;            // empty: there is none
  std::string second_factor = {};  // the code to give; empty: none is asked for
  std::vector<PersonalToken> tokens = {};

  std::string full_name() const {
    return given_name + (given_name.empty() || family_name.empty() ? "" : " ") + family_name;
  }
};

}  // namespace dockerhub::sandbox
