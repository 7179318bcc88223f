// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/header/headerwriter.h"
#include "mime/messagewriter.h"
#include "mime/part.h"

#include <QFile>

namespace postrider::mime {

struct HtmlImage;

/// Makes the parts of one message that are files.
class AttachmentParts
{
public:
    struct Context
    {
        QByteArray avoided {}; ///< stands in every boundary
        BodyOctets body = BodyOctets::SevenBit;
        HeaderWriter::Charset charset = HeaderWriter::Charset::Ascii;
    };

    explicit AttachmentParts(const Context &context)
        : m_context(context)
    { }

    /// A file. What is read of it to see what it is, is kept, so that no octet is read twice: of text and
    /// messages up to 16 MiB everything, of others the beginning.
    [[nodiscard]] base::Expected<Part, WriteError> make(const Attachment &attachment);
    /// A picture that is in memory.
    [[nodiscard]] Part make(const HtmlImage &image);

    [[nodiscard]] const QList<WriteNotice> &notices() const noexcept { return m_notices; }

private:
    /// A file that was opened.
    struct Source
    {
        const Attachment &attachment;
        QFile &file;
        QString fileName {};
        QByteArray type {};
        qint64 size = 0;
        QDateTime modified {};
        QByteArray begin {}; ///< what was read of it
    };
    using Result = base::Expected<Part, WriteError>;

    [[nodiscard]] Result makeText(Source &source);
    [[nodiscard]] Result makeMessage(Source &source);
    [[nodiscard]] Part makeFile(const Source &source, const QByteArray &type,
                                const QByteArray &charset = {}) const;
    [[nodiscard]] Part messageAsFile(const Source &source);
    [[nodiscard]] static base::Expected<void, WriteError> readBegin(Source &source, qint64 octets);
    [[nodiscard]] QByteArray header(const Source &source, const QList<QByteArray> &type,
                                    const QByteArray &encoding) const;
    [[nodiscard]] bool canKeep(qint64 octets);

    Context m_context;
    qint64 m_memory = 0; ///< octets of files that are kept
    int m_imageCount = 0;
    QList<WriteNotice> m_notices {};
};

} // namespace postrider::mime
