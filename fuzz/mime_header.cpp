// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever the body of a header field is:
//  - it is read as text, parameters, date and message identifiers without trouble, and identifiers that were
//  read can be written;
//  - any text that is written folds within the limits, adds no line of its own, and is read back the same;
//  - each encoded word is at most 75 octets long and can be read alone;
//  - a parameter that is written is read back the same.

#include "mime/header/encodedword.h"
#include "mime/header/headerdate.h"
#include "mime/header/headerwriter.h"
#include "mime/header/messagefields.h"
#include "mime/header/parameters.h"

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

/// What a header can carry of a text: nothing that ends a line.
QString withoutControls(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control || c == QChar::LineSeparator
            || c == QChar::ParagraphSeparator)
            c = u' ';
    }
    return text;
}

void checkText(const QString &text)
{
    HeaderWriter header;
    header.addText("Subject", text);
    const QByteArray field = header.octets();
    require(field.endsWith("\r\n"));
    QByteArray body;
    const QList<QByteArray> lines = QByteArray(field).replace("\r\n", "\n").chopped(1).split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        require(lines.at(i).size() <= (lines.at(i).contains("=?") ? 76 : 78));
        require(i == 0 || (lines.at(i).startsWith(' ') && !lines.at(i).trimmed().isEmpty()));
        require(std::all_of(lines.at(i).cbegin(), lines.at(i).cend(),
                            [](char octet) { return octet >= ' ' && octet < 0x7F; }));
        body += lines.at(i);
    }
    body.remove(0, body.indexOf(':') + 1);
    if (body.startsWith(' '))
        body.remove(0, 1);
    require(decodeHeaderText(body) == withoutControls(text));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray octets(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    (void)decodeHeaderText(octets);
    (void)parseHeaderDate(octets);
    for (const QByteArray &id : messageIdsOf(octets))
        require(isMessageId(id));
    const ParameterizedValue value = parseParameters(octets);
    for (auto it = value.parameters.cbegin(); it != value.parameters.cend(); ++it)
        require(!it.key().isEmpty());

    const QString text = QString::fromUtf8(octets);
    checkText(text);
    for (const QByteArray &word : encodedWords(text)) {
        require(word.size() <= LongestEncodedWord);
        require(!decodeHeaderText(word).startsWith(u"=?utf-8?") || text.contains(u"=?"));
    }
    const QString clean = withoutControls(text);
    const QByteArray parameter = "a/b; " + parameterPieces("x", clean).join(' ');
    require(parseParameters(parameter).parameters.value("x") == clean);
    return 0;
}
