# Functions for the folders under tests/. Labels: unit, e2e, concurrency (also run under
# ThreadSanitizer), nightly and bench (not among the quick tests).
#
# dockerhub_add_test(<name> SOURCES <file>... [LIBRARIES <target>...] [DEPENDS <target>...]
#                    [LABELS <label>...] [TIMEOUT <seconds>] [ENVIRONMENT <NAME=value>...])
#   A GoogleTest program. All of it is one test of ctest, since most of a short test would be the start of its
#   process; what fails is named in its output. It is told as skipped where one of its tests was and none failed.
#   The macros DOCKERHUB_SOURCE_DIR and DOCKERHUB_BUILD_DIR hold the two trees.
# dockerhub_add_script_test(<name> COMMAND <command> [<argument>...] [LABELS ...] [TIMEOUT ...]
#                    [ENVIRONMENT ...])
#   A command that exits with 0 when it passes and with 77 when it cannot run here. The environment
#   variables DOCKERHUB_SOURCE_DIR and DOCKERHUB_BUILD_DIR hold the two trees, and DOCKERHUB_PREFIX the
#   installed one for those with the label e2e.
# dockerhub_add_fuzzer(fuzz_<name> SOURCES <file>... [LIBRARIES <target>...] [CORPUS <dir>])
#   A libFuzzer program, built when DOCKERHUB_FUZZERS is on; the quick tests run it for five seconds,
#   after its corpus.
# dockerhub_add_benchmark(bench_<name> SOURCES <file>... [LIBRARIES <target>...] [DEPENDS <target>...])
#   A Google Benchmark program, built when DOCKERHUB_BENCHMARKS is on and run by scripts/bench.
# Tests of more than twenty seconds have the property COST, their seconds in the preset dev: ctest begins with the
# longest, so that none of them runs alone at the end, also on a machine that has not run them before.
find_package(GTest REQUIRED)
find_package(tl-expected REQUIRED)
find_package(Threads REQUIRED)

option(DOCKERHUB_BENCHMARKS "Build the benchmarks" OFF)
# Scripts start programs some thousand times, and two fifths of a start under AddressSanitizer are its search
# for leaks and the stacks it keeps. The test programs, which are started once, always have all checks.
option(DOCKERHUB_CHECK_EVERY_START "AddressSanitizer's dearer checks also in programs that scripts start" OFF)
if(DOCKERHUB_BENCHMARKS)
  find_package(benchmark REQUIRED)
endif()

# What .ci/run builds where only these tests run; scripts/nightly and scripts/bench use the others.
add_custom_target(concurrency_tests)
add_custom_target(fuzzers)
add_custom_target(benchmarks)

# What the end-to-end tests start; the fixture installed_tree makes it.
set(DOCKERHUB_INSTALLED_TREE "${PROJECT_BINARY_DIR}/installed")

# Not in bin/, which has the installed programs only, but as deep as it.
set(DOCKERHUB_TEST_BINDIR "${PROJECT_BINARY_DIR}/test-bin")

if(DOCKERHUB_PRECOMPILED_HEADERS)
  # All test programs read the same compiled headers; it is compiled as they are.
  file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/test_headers.cpp" CONTENT "")
  add_library(dockerhub_test_headers OBJECT "${PROJECT_BINARY_DIR}/test_headers.cpp")
  set_target_properties(dockerhub_test_headers PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(dockerhub_test_headers PRIVATE -fPIE)
  if(DOCKERHUB_SANITIZE)
    target_compile_options(dockerhub_test_headers PRIVATE -O0)
  endif()
  target_link_libraries(dockerhub_test_headers PRIVATE
    GTest::gmock tl::expected Threads::Threads dockerhub_build_options)
  target_precompile_headers(dockerhub_test_headers PRIVATE
    <gmock/gmock.h> <gtest/gtest.h> <fstream> <thread> ${DOCKERHUB_STANDARD_HEADERS})
endif()

# The main() of all GoogleTest programs.
add_library(dockerhub_test_main OBJECT "${PROJECT_SOURCE_DIR}/tests/main.cpp")
target_link_libraries(dockerhub_test_main PUBLIC GTest::gmock PRIVATE dockerhub_build_options)
# A test that cannot run here, of either kind, ends with it.
set(DOCKERHUB_SKIPPED 77)
target_compile_definitions(dockerhub_test_main PRIVATE DOCKERHUB_SKIPPED=${DOCKERHUB_SKIPPED})

function(dockerhub_test_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;DEPENDS")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${name}: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${DOCKERHUB_TEST_BINDIR}")
  target_link_libraries(${name} PRIVATE ${arg_LIBRARIES} dockerhub_build_options Threads::Threads)
  target_compile_definitions(${name} PRIVATE
    DOCKERHUB_SOURCE_DIR="${PROJECT_SOURCE_DIR}" DOCKERHUB_BUILD_DIR="${PROJECT_BINARY_DIR}")
  if(arg_DEPENDS)
    add_dependencies(${name} ${arg_DEPENDS})
  endif()
endfunction()

# A timeout ends what hangs; a sanitizer makes a program several times slower and means no harm.
function(dockerhub_set_timeout name seconds)
  if(NOT seconds)
    return()
  endif()
  if(DOCKERHUB_SANITIZE)
    math(EXPR seconds "5 * ${seconds}")
  endif()
  set_tests_properties(${name} PROPERTIES TIMEOUT ${seconds})
endfunction()

function(dockerhub_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "SOURCES;LIBRARIES;DEPENDS;LABELS;ENVIRONMENT")
  dockerhub_test_program(${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_DEPENDS}
    LIBRARIES ${arg_LIBRARIES} dockerhub_test_main ${arg_UNPARSED_ARGUMENTS})
  if(DOCKERHUB_PRECOMPILED_HEADERS)
    target_precompile_headers(${name} REUSE_FROM dockerhub_test_headers)
  endif()
  if("concurrency" IN_LIST arg_LABELS)
    add_dependencies(concurrency_tests ${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}" ENVIRONMENT "${arg_ENVIRONMENT}" SKIP_RETURN_CODE ${DOCKERHUB_SKIPPED})
  dockerhub_set_timeout(${name} "${arg_TIMEOUT}")
endfunction()

function(dockerhub_add_script_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "TIMEOUT" "COMMAND;LABELS;ENVIRONMENT")
  if(arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "${name}: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}")
  set_tests_properties(${name} PROPERTIES
    LABELS "${arg_LABELS}"
    SKIP_RETURN_CODE ${DOCKERHUB_SKIPPED}
    ENVIRONMENT "DOCKERHUB_SOURCE_DIR=${PROJECT_SOURCE_DIR};DOCKERHUB_BUILD_DIR=${PROJECT_BINARY_DIR};${arg_ENVIRONMENT}")
  if(DOCKERHUB_SANITIZE MATCHES "address" AND NOT DOCKERHUB_CHECK_EVERY_START)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT
      "ASAN_OPTIONS=detect_leaks=0:malloc_context_size=2:detect_stack_use_after_return=0:strict_string_checks=1")
  endif()
  if("e2e" IN_LIST arg_LABELS)
    set_property(TEST ${name} PROPERTY FIXTURES_REQUIRED installed_tree)
    set_property(TEST ${name} APPEND PROPERTY ENVIRONMENT "DOCKERHUB_PREFIX=${DOCKERHUB_INSTALLED_TREE}")
  endif()
  dockerhub_set_timeout(${name} "${arg_TIMEOUT}")
endfunction()

function(dockerhub_add_fuzzer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "CORPUS" "SOURCES;LIBRARIES")
  if(NOT DOCKERHUB_FUZZERS)
    return()
  endif()
  dockerhub_test_program(${name} SOURCES ${arg_SOURCES}
    LIBRARIES ${arg_LIBRARIES} ${arg_UNPARSED_ARGUMENTS})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers ${name})
  if(arg_CORPUS)
    cmake_path(ABSOLUTE_PATH arg_CORPUS BASE_DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}" NORMALIZE)
    set(found "${CMAKE_CURRENT_BINARY_DIR}/found/${name}")
    file(MAKE_DIRECTORY "${found}")
    add_test(NAME ${name}
      COMMAND ${name} -max_total_time=5 -timeout=10 "-artifact_prefix=${found}-" "${found}" "${arg_CORPUS}")
    set_tests_properties(${name} PROPERTIES LABELS "unit")
  endif()
endfunction()

function(dockerhub_add_benchmark name)
  if(NOT DOCKERHUB_BENCHMARKS)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES;DEPENDS")
  dockerhub_test_program(${name} SOURCES ${arg_SOURCES} DEPENDS ${arg_DEPENDS}
    LIBRARIES ${arg_LIBRARIES} benchmark::benchmark ${arg_UNPARSED_ARGUMENTS})
  add_dependencies(benchmarks ${name})
endfunction()
