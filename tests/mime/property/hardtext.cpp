// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "hardtext.h"

#include "mime/randomtext.h"

#include <algorithm>
#include <array>

namespace property {

using namespace Qt::StringLiterals;

namespace {

struct Block
{
    char32_t first = 0;
    char32_t last = 0;
};

/// From Latin to hieroglyphs and emoji, with the blocks of marks, of invisible characters and of private use.
constexpr std::array Blocks {
    Block { 0x21, 0x7E },       Block { 0xA0, 0x24F },      Block { 0x250, 0x2FF },
    Block { 0x300, 0x36F },     Block { 0x370, 0x3FF },     Block { 0x400, 0x52F },
    Block { 0x531, 0x58F },     Block { 0x591, 0x5F4 },     Block { 0x600, 0x6FF },
    Block { 0x700, 0x74F },     Block { 0x780, 0x7B1 },     Block { 0x900, 0x97F },
    Block { 0x980, 0x9FE },     Block { 0xA01, 0xA76 },     Block { 0xA81, 0xAFF },
    Block { 0xB01, 0xB77 },     Block { 0xB82, 0xBFA },     Block { 0xC00, 0xC7F },
    Block { 0xC80, 0xCF2 },     Block { 0xD00, 0xD7F },     Block { 0xD81, 0xDF4 },
    Block { 0xE01, 0xE5B },     Block { 0xE81, 0xEDF },     Block { 0xF00, 0xFDA },
    Block { 0x1000, 0x109F },   Block { 0x10A0, 0x10FF },   Block { 0x1100, 0x11FF },
    Block { 0x1200, 0x139F },   Block { 0x13A0, 0x13FD },   Block { 0x1400, 0x167F },
    Block { 0x1681, 0x16F8 },   Block { 0x1780, 0x17F9 },   Block { 0x1800, 0x18AA },
    Block { 0x1E00, 0x1FFE },   Block { 0x200B, 0x2027 },   Block { 0x202A, 0x205E },
    Block { 0x2060, 0x206F },   Block { 0x20A0, 0x20F0 },   Block { 0x2190, 0x23FF },
    Block { 0x2500, 0x27BF },   Block { 0x2800, 0x28FF },   Block { 0x3001, 0x30FF },
    Block { 0x3400, 0x4DBF },   Block { 0x4E00, 0x9FFF },   Block { 0xA000, 0xA4C6 },
    Block { 0xAC00, 0xD7A3 },   Block { 0xE000, 0xF8FF },   Block { 0xFB00, 0xFDFF },
    Block { 0xFE00, 0xFE0F },   Block { 0xFE20, 0xFEFF },   Block { 0xFF01, 0xFFFD },
    Block { 0x10330, 0x1034A }, Block { 0x10900, 0x1091F }, Block { 0x12000, 0x12399 },
    Block { 0x13000, 0x1342E }, Block { 0x1D400, 0x1D7FF }, Block { 0x1F1E6, 0x1F1FF },
    Block { 0x1F300, 0x1F64F }, Block { 0x1F900, 0x1FAFF }, Block { 0x20000, 0x2A6DF },
    Block { 0xE0020, 0xE007F }, Block { 0xE0100, 0xE01EF }, Block { 0x10FF00, 0x10FFFD },
};

} // namespace

QString HardText::anyScript(int characters)
{
    const Block block = Blocks.at(static_cast<size_t>(m_random.bounded(static_cast<int>(Blocks.size()))));
    const auto size = static_cast<int>(block.last - block.first + 1);
    QString text;
    for (int i = 0; i < characters; ++i) {
        const char32_t character = block.first + static_cast<char32_t>(m_random.bounded(size));
        text += QString::fromUcs4(&character, 1);
    }
    return text;
}

QString HardText::anyText(int mostPieces)
{
    QString text = support::randomText(m_random, mostPieces);
    while (oneIn(2))
        text += (oneIn(3) ? u" "_s : QString()) + anyScript(1 + m_random.bounded(12));
    return text;
}

QString HardText::hardText(int mostPieces)
{
    static const QStringList hard {
        u"\r"_s,
        u"\n"_s,
        u"\r\n"_s,
        u"\r\nBcc: x@example.org"_s,
        QString(QChar(u'\0')),
        u"\t"_s,
        u"  "_s,
        u"     "_s,
        u"\u2028"_s,
        u"\u2029"_s,
        u"\u0085"_s,
        u"\v"_s,
        u"\f"_s,
        u"\x1B[31m"_s,
        u"\u007F"_s,
        u"\uFEFF"_s,
        u"\uFFFF"_s,
        u"\u202E"_s,
        u"\u200D"_s,
        u"\u00AD"_s,
        QString(QChar(0xD83D)),
        QString(QChar(0xDE00)),
        u"\u00A0"_s,
        u"?="_s,
        u" "_s.repeated(100),
        u"\u0301"_s.repeated(60),
    };
    QString text;
    for (int i = m_random.bounded(mostPieces + 1); i > 0; --i)
        text += oneIn(4) ? oneOf(hard) : anyText(3);
    return text;
}

QString HardText::bodyLine()
{
    switch (m_random.bounded(14)) {
    case 0:
        return {};
    case 1:
        return u"From "_s + anyText(5);
    case 2:
        return u"."_s.repeated(1 + m_random.bounded(3));
    case 3:
        return u"-- "_s;
    case 4:
        return u">"_s.repeated(1 + m_random.bounded(4)) + (oneIn(2) ? u" "_s : QString()) + anyText(30);
    case 5:
        return u"> > "_s + anyText(4);
    case 6:
        return u" "_s.repeated(1 + m_random.bounded(4)) + anyText(5);
    case 7:
        return anyText(10) + (oneIn(2) ? u"  "_s : u"\t "_s);
    case 8:
        return u"short words in plain ASCII "_s.repeated(m_random.bounded(30));
    case 9:
        return u"日本語の文章には、空白がありません。"_s.repeated(m_random.bounded(10));
    case 10:
        return u"="_s.repeated(m_random.bounded(100)) + u"=3D=20"_s;
    case 11:
        return hardText(10);
    case 12:
        return u"w"_s.repeated(m_random.bounded(oneIn(3) ? 1100 : 100));
    default:
        return anyText(40);
    }
}

QString HardText::bodyText(int mostLines)
{
    const QStringList ends { u"\n"_s, u"\n"_s, u"\n"_s, u"\r\n"_s, u"\r"_s, u"\n\r"_s };
    const QString usualEnd = oneOf(ends);
    const bool isPlain = oneIn(4);
    QString text;
    for (int i = m_random.bounded(mostLines + 1); i > 0; --i) {
        text += isPlain ? u"Plain words, "_s.repeated(m_random.bounded(12)) : bodyLine();
        text += oneIn(15) ? oneOf(ends) : usualEnd;
    }
    if (oneIn(3))
        text += u"without a line end"_s;
    return text;
}

QString HardText::fileName()
{
    const QStringList suffixes { u".pdf"_s, u".txt"_s, u".jpg"_s, u".eml"_s, u".odt"_s, u".tar.gz"_s, u""_s };
    QString name = oneIn(4) ? hardText(8)
        : oneIn(2)          ? u"file"_s + QString::number(m_random.bounded(100))
                            : anyText(oneIn(6) ? 40 : 5);
    // A file always has one; with none given, its own name here is shown, which this test must not come
    // across.
    if (name.isEmpty())
        name = u"x"_s;
    return name + oneOf(suffixes);
}

QByteArray HardText::fileOctets(int most)
{
    const int size = oneIn(8) ? m_random.bounded(4) : m_random.bounded(most);
    switch (m_random.bounded(5)) {
    case 0: {
        QByteArray octets(size, Qt::Uninitialized);
        std::generate(octets.begin(), octets.end(),
                      [this] { return static_cast<char>(m_random.bounded(256)); });
        return octets;
    }
    case 1:
        return QByteArray("a line\n").repeated(size / 7);
    case 2:
        return QByteArray("From a line\r\n.\r\n\r\r\n").repeated(size / 20) + "no line end";
    case 3:
        return bodyText(20).toUtf8();
    default:
        return QByteArray(size, '\0');
    }
}

} // namespace property
