# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

# postrider_add_module(<name> LEVEL <n> SOURCES ... [UI ...] [PUBLIC ...] [PRIVATE ...])
#
# Adds the static library postrider_<name> with the alias Postrider::<Name>.
# A module may link only modules of a lower LEVEL; configuring fails otherwise. The levels themselves are
# in cmake/Levels.cmake, which the test "layering" reads too.
function(postrider_add_module name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "LEVEL" "SOURCES;UI;PUBLIC;PRIVATE")
    string(SUBSTRING ${name} 0 1 first)
    string(SUBSTRING ${name} 1 -1 rest)
    string(TOUPPER ${first} first)
    set(target postrider_${name})

    if(NOT name IN_LIST POSTRIDER_LEVEL_${ARG_LEVEL})
        message(FATAL_ERROR "cmake/Levels.cmake does not have the module ${name} on level ${ARG_LEVEL}")
    endif()

    qt_add_library(${target} STATIC)
    add_library(Postrider::${first}${rest} ALIAS ${target})
    target_sources(${target} PRIVATE ${ARG_SOURCES} ${ARG_UI})
    target_include_directories(${target} PUBLIC "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(${target} PUBLIC Postrider::Options ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
    set_target_properties(${target} PROPERTIES
        POSTRIDER_LEVEL ${ARG_LEVEL}
        AUTOUIC_SEARCH_PATHS "${PROJECT_SOURCE_DIR}/ui"
        POSITION_INDEPENDENT_CODE ON)
    if(ARG_UI)
        set_target_properties(${target} PROPERTIES AUTOUIC ON)
    endif()

    foreach(dependency IN LISTS ARG_PUBLIC ARG_PRIVATE)
        if(dependency MATCHES "^Postrider::")
            get_target_property(real ${dependency} ALIASED_TARGET)
            get_target_property(level ${real} POSTRIDER_LEVEL)
            if(level GREATER_EQUAL ARG_LEVEL)
                message(FATAL_ERROR
                    "${target} (level ${ARG_LEVEL}) must not depend on ${dependency} (level ${level})")
            endif()
        endif()
    endforeach()
    set_property(GLOBAL APPEND PROPERTY POSTRIDER_TRANSLATED_TARGETS ${target})
endfunction()

# postrider_add_program(<program> SOURCES ... [UI ...] LINK ...): a program of the top level.
function(postrider_add_program program)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "" "SOURCES;UI;LINK")
    qt_add_executable(${program} ${ARG_SOURCES} ${ARG_UI})
    target_include_directories(${program} PRIVATE "${PROJECT_SOURCE_DIR}/src")
    target_link_libraries(${program} PRIVATE Postrider::Options ${ARG_LINK})
    set_target_properties(${program} PROPERTIES AUTOUIC_SEARCH_PATHS "${PROJECT_SOURCE_DIR}/ui")
    if(ARG_UI)
        set_target_properties(${program} PROPERTIES AUTOUIC ON)
    endif()
    install(TARGETS ${program} RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
    set_property(GLOBAL APPEND PROPERTY POSTRIDER_TRANSLATED_TARGETS ${program})
endfunction()

# postrider_add_test(<name> LINK ... [LABELS ...] [SOURCES ...] [TIMEOUT <seconds>] [WRAPPER <command> ...])
# Builds tst_<name>.cpp of the current folder as tst_<folder>_<name> and registers the test <folder>.<name>,
# which the wrapper starts if there is one.
function(postrider_add_test name)
    cmake_parse_arguments(PARSE_ARGV 1 ARG "" "TIMEOUT" "LINK;LABELS;SOURCES;WRAPPER")
    get_filename_component(module "${CMAKE_CURRENT_SOURCE_DIR}" NAME)
    set(target tst_${module}_${name})
    qt_add_executable(${target} tst_${name}.cpp ${ARG_SOURCES})
    target_link_libraries(${target} PRIVATE Postrider::Options Qt6::Test ${ARG_LINK})
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
    target_compile_definitions(${target} PRIVATE POSTRIDER_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data")
    set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests")
    if(NOT ARG_TIMEOUT)
        set(ARG_TIMEOUT 60)
    endif()
    # One function may take half of the whole test's time.
    math(EXPR function_milliseconds "${ARG_TIMEOUT} * 500")
    add_test(NAME ${module}.${name} COMMAND ${ARG_WRAPPER} $<TARGET_FILE:${target}>)
    set_tests_properties(${module}.${name} PROPERTIES
        TIMEOUT ${ARG_TIMEOUT}
        LABELS "${module};${ARG_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QTEST_FUNCTION_TIMEOUT=${function_milliseconds}")
endfunction()
