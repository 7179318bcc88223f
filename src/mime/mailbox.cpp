// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/mailbox.h"

#include "mime/localpart.h"

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Unexpected;

QString Mailbox::address() const
{
    return quotedWhenNeeded(localPart) + u'@' + domain;
}

QString Mailbox::toDisplayString() const
{
    return name.isEmpty() ? address() : quoted(name) + " <"_L1 + address() + u'>';
}

base::Expected<QByteArray, AddressError> wireAddress(const Mailbox &mailbox)
{
    if (const auto error = checkLocalPart(mailbox.localPart))
        return Unexpected(AddressError { .kind = *error, .text = mailbox.address() });
    const auto domain = domainToAscii(mailbox.domain);
    if (!domain)
        return Unexpected(AddressError { .kind = domain.error().kind, .text = mailbox.address() });
    return QByteArray(quotedWhenNeeded(mailbox.localPart).toUtf8() + '@' + *domain);
}

bool needsSmtpUtf8(const Mailbox &mailbox)
{
    return std::any_of(mailbox.localPart.cbegin(), mailbox.localPart.cend(),
                       [](QChar c) { return c.unicode() > 0x7F; });
}

} // namespace postrider::mime
