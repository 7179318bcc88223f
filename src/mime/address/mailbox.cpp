// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/address/mailbox.h"

#include "mime/address/localpart.h"

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
    const QString shown = quotedWhenNeeded(localPart) + u'@' + domainForPeople(domain);
    return name.isEmpty() ? shown : quoted(name) + " <"_L1 + shown + u'>';
}

base::Expected<QByteArray, AddressError> wireAddress(const Mailbox &mailbox)
{
    if (auto error = checkLocalPart(mailbox.localPart)) {
        error->text = mailbox.address();
        return Unexpected(*error);
    }
    const auto domain = domainToAscii(mailbox.domain);
    if (!domain) {
        AddressError error = domain.error();
        const qsizetype begin = mailbox.address().size() - mailbox.domain.size();
        error.text = mailbox.address();
        error.position = 0;
        error.detailPosition += begin;
        return Unexpected(error);
    }
    QByteArray wire = quotedWhenNeeded(mailbox.localPart).toUtf8() + '@' + *domain;
    if (wire.size() > LongestAddress)
        return Unexpected(AddressError { .kind = AddressError::Kind::TooLong,
                                         .text = mailbox.address(),
                                         .detail = AddressError::Detail::AddressTooLong });
    return wire;
}

QString addressKey(const Mailbox &mailbox)
{
    const auto domain = domainToAscii(mailbox.domain);
    return mailbox.localPart.normalized(QString::NormalizationForm_C) + u'@'
        + (domain ? QString::fromLatin1(*domain).toLower() : mailbox.domain.toCaseFolded());
}

bool needsSmtpUtf8(const Mailbox &mailbox)
{
    return std::any_of(mailbox.localPart.cbegin(), mailbox.localPart.cend(),
                       [](QChar c) { return c.unicode() > 0x7F; });
}

} // namespace postrider::mime
