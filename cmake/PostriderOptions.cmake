# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: The Postrider developers

# Postrider::Options carries the compile and link options that all of our targets share.
add_library(postrider_options INTERFACE)
add_library(Postrider::Options ALIAS postrider_options)

target_compile_definitions(postrider_options INTERFACE
    QT_DISABLE_DEPRECATED_BEFORE=0x060400
    QT_NO_CAST_FROM_ASCII
    QT_NO_CAST_FROM_BYTEARRAY
    QT_NO_CAST_TO_ASCII
    QT_NO_CONTEXTLESS_CONNECT # no effect before Qt 6.7; clazy checks it until then
    QT_NO_FOREACH
    QT_NO_JAVA_STYLE_ITERATORS
    QT_NO_KEYWORDS
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT
    QT_NO_URL_CAST_FROM_STRING
    QT_USE_QSTRINGBUILDER
)

if(MSVC)
    target_compile_options(postrider_options INTERFACE /W4 /permissive- /utf-8)
else()
    target_compile_options(postrider_options INTERFACE
        -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wold-style-cast
        -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
endif()

if(POSTRIDER_SANITIZE)
    target_compile_options(postrider_options INTERFACE
        -fsanitize=${POSTRIDER_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(postrider_options INTERFACE -fsanitize=${POSTRIDER_SANITIZE})
endif()
if(POSTRIDER_COVERAGE)
    target_compile_options(postrider_options INTERFACE --coverage -O0)
    target_link_options(postrider_options INTERFACE --coverage)
endif()

# Hundreds of test programs, each with the whole of its modules' debugging information: of 12 s that GNU ld computes for a
# large one, gold leaves 7 and lld 2. What is shipped is linked as the distribution does it.
if(UNIX AND NOT APPLE AND CMAKE_BUILD_TYPE STREQUAL "Debug")
    foreach(linker IN ITEMS lld gold)
        find_program(POSTRIDER_LINKER_${linker} ld.${linker})
        if(POSTRIDER_LINKER_${linker})
            target_link_options(postrider_options INTERFACE -fuse-ld=${linker})
            break()
        endif()
    endforeach()
endif()
