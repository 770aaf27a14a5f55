# What a shipped build adds against the exploitation of memory errors. _FORTIFY_SOURCE is undefined
# first because some compilers come with a value of their own.
option(DOCKERHUB_HARDENING "Stack protector, _FORTIFY_SOURCE, RELRO, immediate binding, PIE" OFF)

include(CheckPIESupported)
check_pie_supported(LANGUAGES C CXX)

add_library(dockerhub_hardening INTERFACE)
if(DOCKERHUB_HARDENING)
  target_compile_options(dockerhub_hardening INTERFACE
    -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(dockerhub_hardening INTERFACE -Wl,-z,relro,-z,now)
endif()
