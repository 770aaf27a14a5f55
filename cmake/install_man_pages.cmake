# Writes and installs the manual pages (cmake/man_pages.cmake); run by an installation, after the programs are there.
set(programs dockerhub dockerhub-mcp dockerhub-rest dockerhub-sandbox)

set(date "$ENV{SOURCE_DATE_EPOCH}")
if(date STREQUAL "")
  set(date "${commit_date}")
endif()

# A folder of this installation alone: another one may be under way.
string(RANDOM LENGTH 12 name)
set(work "${build_folder}/man-pages-${name}")
file(MAKE_DIRECTORY "${work}")

# dockerhub_run_clean(<command>...) runs it beside the installed programs, without the environment of whoever installs
# and in an empty home: what that user has set is no part of a page. Gives `output`.
function(dockerhub_run_clean)
  execute_process(
    COMMAND env -i "HOME=${work}" "SOURCE_DATE_EPOCH=${date}" ${ARGN}
    WORKING_DIRECTORY "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${bindir}"
    OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
  set(output "${output}" PARENT_SCOPE)
endfunction()

# The codes as a section, which help2man adds to the page of this program.
dockerhub_run_clean(./dockerhub help exit-codes)
string(REPLACE "-" "\\-" codes "${output}")
string(REGEX REPLACE "\n+ +([0-9]+)  ([^\n]+)" "\n.TP\n\\1\n\\2" codes "${codes}")
file(WRITE "${work}/dockerhub.h2m" "[exit status]\n${codes}")

foreach(program IN LISTS programs)
  # A help begins with what its program is, up to a colon; the first program's begins with its usage.
  dockerhub_run_clean("./${program}" --help)
  string(REGEX MATCH "^[^:]+" name "${output}")
  if(name STREQUAL "Usage")
    set(name "${summary}")
  endif()
  dockerhub_run_clean("${help2man}" --no-info --locale=C.UTF-8 "--name=${name}"
    "--opt-include=${work}/${program}.h2m" "--output=${work}/${program}.1" "./${program}")
  execute_process(COMMAND "${gzip}" -9n "${work}/${program}.1" COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL "${work}/${program}.1.gz" TYPE FILE DESTINATION "${CMAKE_INSTALL_PREFIX}/${mandir}/man1")
endforeach()
file(REMOVE_RECURSE "${work}")
