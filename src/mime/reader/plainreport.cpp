// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/plainreport.h"

#include "mime/encoding/charset.h"
#include "mime/reader/reportfields.h"

#include <QStringList>

#include <algorithm>

namespace postrider::mime {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 LargestReport = 4 * ReadLimits::MiB;
constexpr qsizetype MostRecipients = 1000;
constexpr qsizetype LongestReason = 4 * 1024;

/// The text of such a report, which is never in parts; empty for any other message.
QByteArray plainText(const Entity &message)
{
    if (message.type() != "text/plain")
        return {};
    return message.decoded(LargestReport).value_or(QByteArray());
}

/// Where a line like "--- Below this line is a copy of the message." begins.
qsizetype copyMarkIn(QByteArrayView text)
{
    for (qsizetype begin = 0; begin < text.size();) {
        const qsizetype end = text.indexOf('\n', begin);
        const QByteArrayView line = text.sliced(begin, (end < 0 ? text.size() : end) - begin);
        if (line.startsWith("---") && line.indexOf(" copy of ") >= 0)
            return begin;
        if (end < 0)
            break;
        begin = end + 1;
    }
    return -1;
}

QStringList linesBeforeCopy(const QByteArray &text)
{
    const qsizetype mark = copyMarkIn(text);
    return readCharset(mark < 0 ? text : text.first(mark), {}).remove(u'\r').split(u'\n');
}

RecipientReport failedRecipient(const QString &address, const QStringList &reason)
{
    RecipientReport recipient {
        .finalRecipient = { .type = {}, .address = address },
        .diagnosticText = reason.join(u' ').simplified().left(LongestReason),
    };
    completeRecipient(recipient);
    if (recipient.action == RecipientReport::Action::Unknown)
        recipient.action = RecipientReport::Action::Failed;
    return recipient;
}

/// The form that is called QSBMF: a greeting, and a paragraph for each recipient that begins with
/// "<address>:".
QList<RecipientReport> recipientsOfQmail(const QStringList &lines)
{
    QList<RecipientReport> recipients;
    QString address;
    QStringList reason;
    const auto close = [&] {
        if (!address.isEmpty() && recipients.size() < MostRecipients)
            recipients.append(failedRecipient(address, reason));
        address.clear();
        reason.clear();
    };
    bool isParagraphStart = true;
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.isEmpty()) {
            close();
        } else if (isParagraphStart && text.startsWith(u'<') && text.endsWith(u">:"_s)) {
            address = text.sliced(1, text.size() - 3);
        } else if (!address.isEmpty()) {
            reason.append(text);
        }
        isParagraphStart = text.isEmpty();
    }
    close();
    return recipients;
}

/// Addresses of a field, each with the indented lines behind it in the text.
QList<RecipientReport> recipientsOfField(const QList<HeaderField> &fields, const QStringList &lines)
{
    QHash<QString, QStringList> reasons;
    QString current;
    for (const QString &line : lines) {
        const QString text = line.trimmed();
        if (text.isEmpty())
            current.clear();
        else if (current.isEmpty() && text.contains(u'@') && !text.contains(u' '))
            current = text;
        else if (!current.isEmpty())
            reasons[current].append(text);
    }
    QList<RecipientReport> recipients;
    for (const HeaderField &field : fields) {
        const QStringList addresses = field.text().split(u',', Qt::SkipEmptyParts);
        for (const QString &entry : addresses) {
            const QString address = entry.trimmed();
            if (!address.isEmpty() && recipients.size() < MostRecipients)
                recipients.append(failedRecipient(address, reasons.value(address)));
        }
    }
    return recipients;
}

} // namespace

std::optional<DeliveryReport> readPlainReport(const Entity &message)
{
    const QByteArray text = plainText(message);
    DeliveryReport report;
    const QList<HeaderField> failed = message.header().findAll("X-Failed-Recipients");
    if (!failed.isEmpty()) {
        report.form = DeliveryReport::Form::FailedRecipients;
        report.recipients = recipientsOfField(failed, linesBeforeCopy(text));
    } else if (text.trimmed().startsWith("Hi. This is the ")) {
        report.form = DeliveryReport::Form::PlainText;
        report.recipients = recipientsOfQmail(linesBeforeCopy(text));
    }
    return report.recipients.isEmpty() ? std::nullopt : std::optional(report);
}

QByteArray copyInPlainReport(const Entity &message)
{
    const QByteArray text = plainText(message);
    const qsizetype mark = copyMarkIn(text);
    const qsizetype lineEnd = mark < 0 ? -1 : text.indexOf('\n', mark);
    if (lineEnd < 0)
        return {};
    const QByteArray copy = text.sliced(lineEnd + 1);
    const auto *begin = std::find_if_not(copy.cbegin(), copy.cend(),
                                         [](char octet) { return octet == '\r' || octet == '\n'; });
    return copy.sliced(begin - copy.cbegin());
}

} // namespace postrider::mime
