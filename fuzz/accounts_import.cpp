// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "accounts/import/programs.h"

#include <QByteArray>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace postrider::accounts;

namespace {

/// Whatever a file says, passwords do not travel unencrypted afterwards.
void check(const QList<FoundAccount> &found)
{
    for (const FoundAccount &account : found) {
        const Account &taken = account.account;
        if (taken.command.isEmpty() && taken.server.security == Security::None
            && !isPlaintextAllowed(taken.server.host, !taken.user.isEmpty())) {
            std::abort();
        }
    }
}

} // namespace

/// Settings files of other mail programs, each form in turn; no file is opened that they name.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const QByteArray octets(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size - 1));
    switch (data[0] % 6) {
    case 0:
        if (const auto found = readMobileConfig(octets)) {
            check(*found);
        }
        break;
    case 1:
        if (!octets.contains("sig")) {
            check(readThunderbird(octets, {}));
        }
        break;
    case 2:
        check(readKMail(octets, {}));
        break;
    case 3:
        check(readGeary(octets));
        break;
    case 4:
        if (!octets.contains("signature_path")) {
            check(readClaws(octets, FoundAccount::Program::Sylpheed));
        }
        break;
    default:
        check(readMsmtp(octets, {}));
    }
    return 0;
}
