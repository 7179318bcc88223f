// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/messagewriter.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>

#include <variant>
#include <vector>

namespace postrider::mime {

class HeaderWriter;
class OctetSink;

/// A file whose octets become the body of a part when it is written: those that are known already, and the
/// others, which are read then.
struct FileBody
{
    QString path {};
    qint64 size = 0;       ///< what it was when it was looked at; a file that changed since is an error
    QDateTime modified {}; ///< likewise
    QByteArray begin {};   ///< its first octets, or all of them: these are not read again
};

/**
 * A MIME entity (RFC 2045 section 2.4): header fields and a body, which is octets as they travel, a file in
 * base64, or further entities.
 *
 * Its octets are the canonical form, the same at each writing: what a signature is made over (RFC 1847
 * section 2.1) is octets(), and a signed message is a multipart() with the entity as its first part. A
 * multipart ends without line end; the caller adds the one of the whole message.
 */
class Part
{
public:
    /// header: finished fields with their line ends, Content-Type and what else describes the body.
    Part(QByteArray header, QByteArray body);
    Part(QByteArray header, FileBody body);

    /// Adds Content-Type and writes the children between the boundary. The parameters stand behind the
    /// subtype, each as `name=value`.
    [[nodiscard]] static Part multipart(const QByteArray &subtype, const QByteArray &boundary,
                                        std::vector<Part> children, const QList<QByteArray> &parameters = {});

    [[nodiscard]] const QByteArray &header() const noexcept { return m_header; }
    /// Media type and subtype, in lower case.
    [[nodiscard]] QByteArray type() const;

    /// Whether a header field of this entity, or of one in it, has octets above 127 (RFC 6532). Messages that
    /// are attached are bodies and do not count.
    [[nodiscard]] bool hasRawHeader() const;

    /// Of header, empty line and body.
    [[nodiscard]] qint64 size() const;
    [[nodiscard]] base::Expected<void, WriteError> write(OctetSink &sink) const;
    /// The canonical octets in memory, for a body that is signed or encrypted as a whole.
    [[nodiscard]] base::Expected<QByteArray, WriteError> octets() const;

private:
    struct Multipart
    {
        QByteArray boundary {};
        std::vector<Part> children {};
    };

    Part(QByteArray header, Multipart body);

    QByteArray m_header;
    std::variant<QByteArray, FileBody, Multipart> m_body;
};

} // namespace postrider::mime
