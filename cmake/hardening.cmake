# Debian's hardening flags, each probed first; a build for people, not the sanitizers'.
include(CheckCCompilerFlag)

function(harden flag)
  string(MAKE_C_IDENTIFIER "HAS${flag}" known)
  check_c_compiler_flag("-Werror ${flag}" ${known})
  if(${known})
    target_compile_options(flags INTERFACE ${flag})
  endif()
endfunction()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  harden(-fstack-protector-strong)
  harden(-fstack-clash-protection)
  harden(-fcf-protection)
  harden(-ftrivial-auto-var-init=zero)
  target_compile_options(flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -DSOFTANSWER_FORTIFIED -fPIE)
  target_link_options(flags INTERFACE -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed)
endif()

# must_be_hardened(PROGRAM): a program for people is not built without them (packaging/hardened looks at what came out).
function(must_be_hardened program)
  if(CMAKE_BUILD_TYPE STREQUAL "Release" OR CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    add_custom_command(TARGET ${program} POST_BUILD
      COMMAND ${CMAKE_SOURCE_DIR}/packaging/hardened $<TARGET_FILE:${program}> VERBATIM)
  endif()
endfunction()
