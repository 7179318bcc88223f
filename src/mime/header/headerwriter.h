// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>
#include <QList>
#include <QString>

namespace postrider::mime {

/**
 * Collects the header fields of a message or a body part: folds them at 78 columns and brings text into
 * encoded words where ASCII does not do.
 *
 * No text can add a field or a line: control characters and line ends become spaces. A word that cannot be
 * folded, such as a long address, may make a longer line, up to the hard limit of 998 octets.
 *
 * Addresses must be valid (wireAddress() gives a value for them).
 */
class HeaderWriter
{
public:
    /// How text beyond ASCII is written. Utf8 is for messages that need SMTPUTF8 anyway (RFC 6532): raw, in
    /// normalisation form C.
    enum class Charset { Ascii, Utf8 };

    explicit HeaderWriter(Charset charset = Charset::Ascii)
        : m_charset(charset)
    { }

    /// A field of free text, such as Subject.
    void addText(QByteArrayView name, const QString &text);
    /// A field with a mailbox list, such as To.
    void addMailboxes(QByteArrayView name, const QList<Mailbox> &mailboxes);
    /// A field whose ASCII pieces stand in this order with a space or a fold between them; an encoded word
    /// may stand within one.
    void addPieces(QByteArrayView name, const QList<QByteArray> &pieces);

    /// The fields so far, each line ended by CRLF; without the empty line behind the header.
    [[nodiscard]] const QByteArray &octets() const noexcept { return m_octets; }

private:
    enum class Piece {
        Plain,
        EncodedWord,
        BesideName, ///< on the line of the field's name, even if it gets longer than it should
    };

    void begin(QByteArrayView name);
    void end();
    void fold(QByteArrayView space);
    void append(QByteArrayView space, QByteArrayView piece, Piece kind = Piece::Plain);
    void appendEncoded(const QString &text);
    [[nodiscard]] bool needsEncoding(QStringView word) const;
    [[nodiscard]] QString prepared(const QString &text) const;
    [[nodiscard]] QByteArray phrase(const QString &name) const;
    void addMailbox(const Mailbox &mailbox, QByteArrayView suffix);

    Charset m_charset;
    QByteArray m_octets {};
    qsizetype m_column = 0;
    qsizetype m_limit = 0;
    bool m_isFirstPiece = false;
    bool m_foldsNext = false; ///< the next piece begins a line
};

/// Date and time as in RFC 5322 section 3.3, in English whatever the locale is. The date is valid, of the
/// years 1900 to 9999.
[[nodiscard]] QByteArray toHeaderDate(const QDateTime &date);

} // namespace postrider::mime
