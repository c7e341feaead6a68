# Tests. Every *_test.c beside the source, and below tests/unit, tests/contract and tests/security, is a program of its own,
# registered with CTest under its path without the ending ("store/writer"); its labels are its room or folder.

include(cmake/kit.cmake)
add_library(kit STATIC ${kit_sources})
target_include_directories(kit PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(kit PUBLIC flags room_base kit_database PkgConfig::CMOCKA)

# What every store has to keep (tests/contract): the engines, and the set of contract.sql, called contract_queries.
set(contract_sql ${CMAKE_BINARY_DIR}/gen/contract/sql)
file(MAKE_DIRECTORY ${contract_sql})
add_custom_command(OUTPUT ${contract_sql}/contract_sql.c ${contract_sql}/contract_sql.h ${contract_sql}/queries.c
  COMMAND ${briefly} $<TARGET_FILE:sqlgen> ${contract_sql} ${CMAKE_SOURCE_DIR}/tests/contract/contract.sql
  DEPENDS sqlgen ${CMAKE_SOURCE_DIR}/tests/contract/contract.sql VERBATIM)
add_library(contract STATIC tests/contract/engines.c ${contract_sql}/contract_sql.c ${contract_sql}/queries.c)
set_source_files_properties(${contract_sql}/queries.c PROPERTIES COMPILE_DEFINITIONS desk_queries=contract_queries)
target_include_directories(contract PUBLIC ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/gen/contract)
target_link_libraries(contract PUBLIC kit room_store)

# What script/test builds for the sanitizers: `facts` is every program of a test; `threads` those that have threads to look at.
# The kit's desk has none: there, works run where they are submitted (crew_direct()), and a loop is turned by hand. A test that uses
# it, or looks at base, store, bus or desk, and starts nothing that does is labelled `alone` besides.
add_custom_target(facts)
add_custom_target(threads)
set(starts_threads "pthread_create|g_thread_new|(crew|checkpoints|http|passwords|push_service|routing|serving)_start|is_alone = true|kit/(http_stage|link|push_service|pushes)\\.h")

function(is_alone source result)
  file(STRINGS ${source} uses REGEX "tests/kit/(desk|desk_heard|desk_socket|people_facts)\\.h")
  file(STRINGS ${source} starts REGEX ${starts_threads})
  if((uses OR source MATCHES "/src/(base|store|bus|desk)/|/tests/contract/|/app/(copy|demo)_test") AND NOT starts)
    set(${result} TRUE PARENT_SCOPE)
  else()
    set(${result} FALSE PARENT_SCOPE)
  endif()
endfunction()

# Links each test against the rooms that a test of `room` may see; the kit may use any of them.
function(test_program source name label)
  string(REPLACE "/" "_" target "test_${name}")
  add_executable(${target} ${source})
  target_link_libraries(${target} PRIVATE kit ${ARGN})
  add_test(NAME ${name} COMMAND ${target} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS ${label} TIMEOUT 300)
  add_dependencies(facts ${target})
  is_alone(${source} alone)
  if(alone)
    set_property(TEST ${name} APPEND PROPERTY LABELS alone)
  else()
    add_dependencies(threads ${target})
  endif()
endfunction()

function(test_programs folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}/${folder} ${CMAKE_SOURCE_DIR}/${folder}/*_test.c)
  foreach(source IN LISTS sources)
    string(REGEX REPLACE "_test\\.c$" "" name ${source})
    if(folder STREQUAL "src")
      string(REGEX REPLACE "/.*" "" label ${source})
      # base, store and bus are tested without the rooms above them.
      if(label MATCHES "^(base|store|bus)$")
        set(rooms room_${label})
      else()
        set(rooms kit_desk)
      endif()
    else()
      get_filename_component(label ${folder} NAME)
      string(PREPEND name "${label}/")
      set(rooms kit_desk)
      if(label STREQUAL "contract")
        set(rooms contract kit_desk)
      endif()
    endif()
    test_program(${CMAKE_SOURCE_DIR}/${folder}/${source} ${name} ${label} ${rooms})
  endforeach()
endfunction()

test_programs(src)
test_programs(tests/kit)
test_programs(tests/contract)
test_programs(tests/security)
# Facts about a role of a server: they run in security/postgres.
set_tests_properties(security/role PROPERTIES DISABLED TRUE)

# The real program as a child.
if(TARGET softanswer)
  target_compile_definitions(test_security_process PRIVATE SOFTANSWER="$<TARGET_FILE:softanswer>")
  add_dependencies(test_security_process softanswer)
  add_dependencies(facts softanswer)
  add_dependencies(threads softanswer)
  add_test(NAME security/process_postgres WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    COMMAND tests/kit/with_postgres --durable $<TARGET_FILE:test_security_process> comes_back_to_its_server)
  set_tests_properties(security/process_postgres PROPERTIES LABELS security TIMEOUT 300)
endif()

if(EXISTS ${CMAKE_SOURCE_DIR}/tools/sqlgen_test.c)
  test_program(${CMAKE_SOURCE_DIR}/tools/sqlgen_test.c tools/sqlgen tools room_base)
  target_compile_definitions(test_tools_sqlgen PRIVATE SQLGEN="$<TARGET_FILE:sqlgen>" EMBED="$<TARGET_FILE:embed>")
  add_dependencies(test_tools_sqlgen sqlgen embed)
endif()

if(TARGET softanswer)
  add_test(NAME app/version COMMAND softanswer version)
  set_tests_properties(app/version PROPERTIES LABELS app
    PASS_REGULAR_EXPRESSION "^softanswer [0-9.]+, schema [0-9]+, commit ([0-9a-f]+[+]?|unknown)\n$")
endif()

# The same on PostgreSQL: programs one after the other beside a server of their own (tests/kit/with_postgres).
function(test_on_postgres name label)
  set(programs)
  foreach(target IN LISTS ARGN)
    list(APPEND programs $<TARGET_FILE:${target}>)
  endforeach()
  add_test(NAME ${name} COMMAND tests/kit/with_postgres --each ${programs} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${label}" TIMEOUT 600)
endfunction()

test_on_postgres(contract/postgres "contract;alone" test_contract_queries test_contract_changes test_contract_values test_contract_bus
  test_store_batch)
test_on_postgres(contract/postgres_crew contract test_contract_schema test_contract_claim test_store_crew)
# The same code above another engine, which has just been looked at: not again under the sanitizers (`again`).
test_on_postgres(contract/postgres_seats "contract;again" test_desk_routing_routing test_desk_seat_lost test_desk_seat_seat
  test_desk_seat_winding test_desk_shift_shift_move)
test_on_postgres(contract/postgres_desk "contract;again" test_kit_desk
  test_desk_audit_audit test_desk_chat_chat test_desk_message_message test_desk_note_note test_desk_people_pass
  test_desk_people_people test_desk_people_session test_desk_push_push test_desk_opening_opening test_desk_setting_setting test_desk_site_site test_desk_team_team
  test_desk_trail_trail test_desk_visitor_visitor test_app_copy)

add_test(NAME security/hardened COMMAND tests/security/hardened WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(security/hardened PROPERTIES LABELS "security;again" TIMEOUT 300)

# What script/test runs as a suite of its own, and not under the sanitizers: the same code is under them on a file, and its
# PostgreSQL side in contract/postgres.
# Who may send a command is decided above the store; who sees what is asked of it. (All of the matrix: script/test --long.)
add_test(NAME security/postgres_matrix COMMAND tests/kit/with_postgres $<TARGET_FILE:test_security_matrix> are_the_same_problem
  WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(security/postgres_matrix PROPERTIES LABELS postgres TIMEOUT 600)
foreach(part leaks limits)
  test_on_postgres(security/postgres_${part} postgres test_security_${part})
endforeach()
test_on_postgres(security/postgres postgres test_security_tamper test_security_role)
add_test(NAME kit/with_postgres COMMAND tests/kit/with_postgres_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(kit/with_postgres PROPERTIES LABELS postgres TIMEOUT 300)

# The long ones begin first (COST: about their seconds), so that no core waits for the last of them.
foreach(pair contract/postgres_desk=40 contract/postgres_seats=25 security/postgres_leaks=40 security/matrix=20 contract/postgres=15 contract/postgres_crew=10
    store/fault_power=20 store/fault=15 security/postgres_matrix=15 security/postgres=15 security/process=10 security/process_postgres=10
    kit/with_postgres=10 edge/sending=10 desk/chat/chat=10)
  string(REPLACE "=" ";" pair ${pair})
  list(GET pair 0 name)
  list(GET pair 1 seconds)
  if(TEST ${name})
    set_property(TEST ${name} PROPERTY COST ${seconds})
  endif()
endforeach()

# Stories, simulation and the rest bring a program or a script of their own.
foreach(kind stories sim fault browser)
  if(EXISTS ${CMAKE_SOURCE_DIR}/tests/${kind}/CMakeLists.txt)
    add_subdirectory(${CMAKE_SOURCE_DIR}/tests/${kind} ${CMAKE_BINARY_DIR}/tests/${kind})
  endif()
endforeach()
