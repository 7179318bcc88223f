// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Runs a command and says what it cost.
//
//   measure REPORT CPU COMMAND [ARGUMENT...]
//
// REPORT is the file that gets one line of JSON; CPU is the number of the processor to stay on, or "any". The
// kernel's account of a process's peak memory begins with that of the process that started it, which is why a
// program as small as this one does.

#include "support/process.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace postrider::bench;

int main(int argc, char *argv[])
{
    if (argc < 4) {
        std::fputs("usage: measure REPORT CPU COMMAND [ARGUMENT...]\n", stderr);
        return EXIT_FAILURE;
    }
    if (std::strcmp(argv[2], "any") != 0) {
        cpu_set_t processors;
        CPU_ZERO(&processors);
        CPU_SET(static_cast<std::size_t>(std::atoi(argv[2])), &processors);
        if (sched_setaffinity(0, sizeof processors, &processors) != 0)
            std::perror("measure: sched_setaffinity");
    }

    const std::int64_t started = nanosecondsNow();
    const pid_t child = fork();
    if (child == 0) {
        execvp(argv[3], argv + 3);
        std::perror(argv[3]);
        std::_Exit(127);
    }
    int status = 0;
    rusage usage {};
    if (child < 0 || wait4(child, &status, 0, &usage) != child) {
        std::perror("measure");
        return EXIT_FAILURE;
    }
    const std::int64_t ended = nanosecondsNow();

    const int exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    std::ofstream(argv[1]) << R"({"started_ns":)" << started << R"(,"ended_ns":)" << ended
                           << R"(,"user_seconds":)" << toSeconds(usage.ru_utime) << R"(,"system_seconds":)"
                           << toSeconds(usage.ru_stime) << R"(,"peak_kb":)" << usage.ru_maxrss
                           << R"(,"exit_code":)" << exitCode << "}\n";
    return exitCode;
}
