// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever stands in an address field:
//  - an entry is an address that an SMTP command can carry, without control characters, or an error whose
//  piece stands where it says;
//  - an address shown to a person is read back as the same address;
//  - an address written to a header folds within the limits and is read back as the same name and address.

#include "mime/address/addresshint.h"
#include "mime/address/mailbox.h"
#include "mime/header/headerwriter.h"

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

bool isControl(char octet)
{
    return (octet >= 0 && octet < ' ') || octet == 0x7F;
}

void checkLines(const QByteArray &field)
{
    constexpr qsizetype HardLimit = 998;
    require(field.endsWith("\r\n"));
    const QList<QByteArray> lines = QByteArray(field).replace("\r\n", "\n").chopped(1).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        require(lines.at(i).size() <= HardLimit);
        require(std::none_of(lines.at(i).cbegin(), lines.at(i).cend(), isControl));
        require(i == 0 || (lines.at(i).startsWith(' ') && !lines.at(i).trimmed().isEmpty()));
    }
}

void checkMailbox(const Mailbox &mailbox)
{
    const auto wire = wireAddress(mailbox);
    require(wire && std::none_of(wire->cbegin(), wire->cend(), isControl));
    require(!mailbox.name.contains(u'\r') && !mailbox.name.contains(u'\n'));
    (void)hintsFor(mailbox);

    const auto shown = parseMailbox(mailbox.toDisplayString());
    require(shown && addressKey(*shown) == addressKey(mailbox));

    const auto charset = needsSmtpUtf8(mailbox) ? HeaderWriter::Charset::Utf8 : HeaderWriter::Charset::Ascii;
    HeaderWriter header(charset);
    header.addMailboxes("To", { mailbox });
    checkLines(header.octets());
    const QByteArray body = header.octets().sliced(3).replace("\r\n", "");
    const auto read = parseMailboxList(QString::fromUtf8(body), AddressSource::Header);
    require(read && read->size() == 1);
    require(addressKey(read->first()) == addressKey(mailbox));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QString text
        = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    for (const AddressSource source : { AddressSource::Person, AddressSource::Header }) {
        for (const AddressEntry &entry : readAddressEntries(text, source)) {
            require(entry.position >= 0 && entry.position + entry.length <= text.size());
            if (entry.state == AddressEntry::State::Bad) {
                require(text.mid(entry.error.position, entry.error.text.size()) == entry.error.text);
                require(entry.error.detailPosition >= 0
                        && entry.error.detailPosition + entry.error.detailLength <= text.size());
            } else {
                checkMailbox(entry.mailbox);
            }
        }
    }
    return 0;
}
