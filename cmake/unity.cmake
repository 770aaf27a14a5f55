# Where a preset sets CMAKE_UNITY_BUILD, the sources of a target that lie in one folder are compiled as one
# file: most of a file's time is its headers'. `clang` and `tidy` compile each file alone and so show that
# it includes what it uses. Two files of a folder cannot have a name of their own alike.

# The targets of a folder and of all below it.
function(dockerhub_targets_below folder result)
  get_property(targets DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
  get_property(children DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
  foreach(child IN LISTS children)
    dockerhub_targets_below("${child}" found)
    list(APPEND targets ${found})
  endforeach()
  set(${result} "${targets}" PARENT_SCOPE)
endfunction()

function(dockerhub_group_sources target)
  get_target_property(unity ${target} UNITY_BUILD)
  get_target_property(sources ${target} SOURCES)
  if(NOT unity OR NOT sources)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  # g++ takes a source that is included for a header, and warns of what only a header should not do.
  target_compile_options(${target} PRIVATE
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<COMPILE_LANGUAGE:CXX>>:-Wno-subobject-linkage>)
  get_target_property(base ${target} SOURCE_DIR)
  foreach(source IN LISTS sources)
    if(source MATCHES "\\.cpp$")
      cmake_path(ABSOLUTE_PATH source BASE_DIRECTORY "${base}" NORMALIZE OUTPUT_VARIABLE file)
      cmake_path(GET file PARENT_PATH folder)
      cmake_path(RELATIVE_PATH folder BASE_DIRECTORY "${PROJECT_SOURCE_DIR}")
      string(MAKE_C_IDENTIFIER "${folder}" group)
      set_source_files_properties("${file}" TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP "${group}")
    endif()
  endforeach()
endfunction()

function(dockerhub_group_all_sources)
  dockerhub_targets_below("${PROJECT_SOURCE_DIR}" targets)
  foreach(target IN LISTS targets)
    dockerhub_group_sources(${target})
  endforeach()
endfunction()
