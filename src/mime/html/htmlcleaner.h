// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

namespace postrider::mime {

/// HTML that a message may carry: what goes between <body> and </body>. Only cleanHtml() makes one.
class CleanHtml
{
public:
    [[nodiscard]] const QString &body() const noexcept { return m_body; }
    /// A whole document, for a part of type text/html in UTF-8. Says that it suits light and dark.
    [[nodiscard]] QString document() const;

private:
    explicit CleanHtml(QString body)
        : m_body(std::move(body))
    { }
    friend class HtmlCleaner;

    QString m_body;
};

/// A picture in a text that is cleaned.
struct HtmlImage
{
    QString contentId {}; ///< of a "cid:" source, without angle brackets (RFC 2392)
    QByteArray type {};   ///< of a "data:" source, such as "image/png"; never a type that could hold script
    QByteArray octets {}; ///< of a "data:" source
};

/**
 * Decides about the pictures of a text: each goes along with the message as a part of its own, or its
 * alternative text takes its place. Pictures on the network or on a disk are never asked about; nothing is
 * fetched.
 */
class HtmlImages
{
public:
    HtmlImages() = default;
    Q_DISABLE_COPY_MOVE(HtmlImages)
    virtual ~HtmlImages() = default;

    /// The Content-ID of the part, without angle brackets; empty when the picture does not go along.
    [[nodiscard]] virtual QString contentId(const HtmlImage &image) = 0;
};

/**
 * Makes HTML from anywhere fit for a mail: an allow-list of elements, attributes and style declarations,
 * written anew in a plain form that nests properly. Nothing survives that runs, loads, refers to a file or
 * tells which program wrote it. Links are kept to http, https, mailto and tel; text is kept whatever stood
 * around it, but for the content of elements such as script, style, title, svg and object.
 *
 * Takes time that grows with the size only, holds at most 100 elements open, and changes nothing in what it
 * wrote itself. Without images, pictures with a "cid:" source stay and all others give way to their
 * alternative text.
 */
[[nodiscard]] CleanHtml cleanHtml(const QString &html);
[[nodiscard]] CleanHtml cleanHtml(const QString &html, HtmlImages &images);

/// The address in the form in which a link may have it; empty when it may not.
[[nodiscard]] QString cleanLink(QStringView address);

/// Whether the text can be a Content-ID that a "cid:" address repeats without any encoding.
[[nodiscard]] bool isPlainContentId(QStringView contentId);

} // namespace postrider::mime
