// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a mailto URI says:
//  - its addresses can be written, its subject is one line, its body has no control characters but line ends
//  and tabs, its identifiers are identifiers;
//  - never more than 500 addresses come out of it;
//  - a file it asks for is reported and nowhere else.

#include "mime/address/mailto.h"
#include "mime/header/messagefields.h"

#include <QByteArray>

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace postrider::mime;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

bool isControl(QChar c)
{
    return c.category() == QChar::Other_Control;
}

bool isOneLine(const QString &text)
{
    return std::none_of(text.cbegin(), text.cend(), isControl);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets
        = "mailto:" + QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto request = parseMailto(QString::fromUtf8(octets));
    if (!request)
        return 0;
    const QList<Mailbox> all = request->to + request->cc + request->bcc;
    require(all.size() <= 500);
    for (const Mailbox &mailbox : all)
        require(wireAddress(mailbox) && isOneLine(mailbox.name));
    require(isOneLine(request->subject) && isOneLine(request->keywords));
    require(std::none_of(request->body.cbegin(), request->body.cend(),
                         [](QChar c) { return isControl(c) && c != u'\n' && c != u'\t'; }));
    for (const QByteArray &id : request->inReplyTo + request->references)
        require(isMessageId(id));
    for (const MailtoRemark &remark : request->remarks)
        require(isOneLine(remark.name) && isOneLine(remark.value) && remark.value.size() <= 256);
    return 0;
}
