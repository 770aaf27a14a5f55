#include <gtest/gtest.h>

#include "dockerhub/kernel.hpp"

namespace dockerhub {
namespace {

TEST(ErrorType, NamesAreThoseThatUsersSee) {
  EXPECT_EQ(type_name(ErrorKind::parameter), "ParameterError");
  EXPECT_EQ(type_name(ErrorKind::forbidden), "UnauthorizedError");
  EXPECT_EQ(type_name(ErrorKind::destructive_closed), "DestructiveOperationError");
  EXPECT_EQ(type_name(ErrorKind::module_fault), "ModuleError");
}

TEST(ErrorType, EveryNameLeadsBackToItsKind) {
  for (int i = 0; i <= static_cast<int>(ErrorKind::module_fault); ++i) {
    const auto kind = static_cast<ErrorKind>(i);
    EXPECT_EQ(error_kind(type_name(kind)), kind) << type_name(kind);
  }
}

TEST(ErrorType, UnknownNameHasNoKind) {
  EXPECT_FALSE(error_kind("parametererror"));
  EXPECT_FALSE(error_kind(""));
}

TEST(Names, OfEffectsTypesAndStatesAreStable) {
  EXPECT_EQ(effect_name(Effect::read), "read");
  EXPECT_EQ(effect_name(Effect::destructive), "destructive");
  EXPECT_EQ(parameter_type_name(ParameterType::string), "string");
  EXPECT_EQ(parameter_type_name(ParameterType::store), "store");
  EXPECT_EQ(module_state_name(ModuleState::not_loaded), "not loaded");
  EXPECT_EQ(module_state_name(ModuleState::draining), "draining");
}

}  // namespace
}  // namespace dockerhub
