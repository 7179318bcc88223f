// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/sendmailmessage.h"

#include "delivery/words/words.h"
#include "mime/encoding/charset.h"
#include "mime/header/encodedword.h"
#include "mime/header/headerwriter.h"
#include "mime/reader/blockreader.h"
#include "outbox/durablefile.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace postrider::cli {

using base::Unexpected;
using mime::AddressSource;
using mime::HeaderField;
using mime::Mailbox;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

constexpr qint64 BlockOctets = 256 * 1024;
constexpr qsizetype LongestHeader = 16 * 1024 * 1024; // octets; room for a hundred thousand recipients

constexpr std::array<QByteArrayView, 3> RecipientFields { "To", "Cc", "Bcc" };
constexpr std::array<QByteArrayView, 3> ResentRecipientFields { "Resent-To", "Resent-Cc", "Resent-Bcc" };
constexpr std::array<QByteArrayView, 12> AddressFields {
    "From",        "Sender",        "Reply-To",  "To",        "Cc",         "Bcc",
    "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc", "Resent-Bcc", "Resent-Reply-To",
};

template <std::size_t Size>
bool isAnyOf(const HeaderField &field, const std::array<QByteArrayView, Size> &names)
{
    return std::any_of(names.begin(), names.end(),
                       [&field](QByteArrayView name) { return field.isNamed(name); });
}

QString addressText(const HeaderField &field)
{
    return mime::readCharset(field.body(), {});
}

bool isUserName(QStringView word)
{
    return !word.isEmpty() && std::all_of(word.begin(), word.end(), [](QChar character) {
        return character.isLetterOrNumber() || "._+-$"_L1.contains(character);
    });
}

Unexpected<SendmailError> unwritable(const QFile &file)
{
    return Unexpected(SendmailError {
        Words::tr("The message cannot be kept in %1: %2").arg(file.fileName(), file.errorString()),
        ExitCode::LocalStorage });
}

/// The name that programs of old write behind the address: "root (Cron Daemon)". RFC 5322 calls it a comment.
QString nameBehindAddress(const QString &text)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(uR"(\s*[^\s,;:<>()]+\s*\(([^()\\]+)\)\s*)"_s));
    return mime::decodeEncodedWords(form.match(text).captured(1)).simplified();
}

} // namespace

base::Expected<QList<Mailbox>, mime::AddressError> readQualified(const QString &text, const Mailbox &author,
                                                                 AddressSource source)
{
    QString qualified = text;
    const QList<mime::AddressEntry> entries = mime::readAddressEntries(text, source);
    for (auto entry = entries.crbegin(); entry != entries.crend(); ++entry) {
        const mime::AddressError &error = entry->error;
        const bool isLocal = entry->state == mime::AddressEntry::State::Bad
            && error.kind == mime::AddressError::Kind::NoAt && isUserName(error.text);
        if (isLocal)
            qualified.replace(error.position, error.text.size(), author.address());
    }
    return mime::parseMailboxList(qualified, source);
}

SendmailMessage::SendmailMessage(const QString &profileFolder)
    : m_folder(profileFolder + "/spool"_L1)
    , m_file(m_folder + "/XXXXXX.part"_L1)
    , m_completed(m_folder + "/XXXXXX.part"_L1)
{ }

QString SendmailMessage::path() const
{
    return m_isCompleted ? m_completed.fileName() : m_file.fileName();
}

Taken<void> SendmailMessage::take(QIODevice &input, Sendmail::LoneDot loneDot)
{
    if (const auto folder = outbox::makePrivateFolder(m_folder); !folder) {
        return Unexpected(SendmailError {
            Words::tr("The message cannot be kept in %1: %2").arg(folder.error().path, folder.error().reason),
            ExitCode::LocalStorage });
    }
    if (!m_file.open())
        return unwritable(m_file);
    bool isLineStart = true;
    for (;;) {
        const QByteArray line = input.readLine(BlockOctets);
        const bool endsMessage = loneDot == Sendmail::LoneDot::EndsMessage && isLineStart
            && (line == "." || line == ".\n" || line == ".\r\n");
        if (line.isEmpty() || endsMessage)
            break;
        if (m_file.write(line) != line.size())
            return unwritable(m_file);
        isLineStart = line.endsWith('\n');
    }
    // A pipe that broke is not one that ended: half a message must not be sent.
    if (const auto *file = qobject_cast<QFileDevice *>(&input);
        file && file->error() != QFileDevice::NoError) {
        return Unexpected(SendmailError {
            Words::tr("Standard input cannot be read: %1").arg(file->errorString()), ExitCode::BadData });
    }
    if (!m_file.flush())
        return unwritable(m_file);
    if (m_file.size() == 0)
        return Unexpected(SendmailError { Words::tr("Standard input has no message."), ExitCode::BadData });
    return readHeader();
}

Taken<void> SendmailMessage::readHeader()
{
    using End = mime::CollectedHeader::End;
    m_file.seek(0);
    mime::BlockReader reader(m_file);
    const mime::CollectedHeader collected
        = mime::collectHeader(reader, LongestHeader, mime::HeaderOf::Message);
    if (collected.end == End::TooLarge) {
        return Unexpected(
            SendmailError { Words::tr("The header of the message is too long."), ExitCode::BadData });
    }
    m_header = mime::HeaderBlock::parse(collected.octets);
    m_behindHeader = collected.octets.sliced(m_header.length());
    m_bodyBegin = reader.position();
    return {};
}

QList<Mailbox> SendmailMessage::senders() const
{
    QList<Mailbox> senders;
    for (const QByteArrayView name : { QByteArrayView("Resent-From"), QByteArrayView("From") }) {
        const QList<HeaderField> fields = m_header.findAll(name);
        for (const HeaderField &field : fields) {
            const QList<mime::AddressEntry> entries
                = mime::readAddressEntries(addressText(field), AddressSource::Header);
            for (const mime::AddressEntry &entry : entries) {
                if (entry.state != mime::AddressEntry::State::Bad)
                    senders += entry.mailbox;
            }
        }
    }
    return senders;
}

Taken<void> SendmailMessage::complete(const Mailbox &author)
{
    QByteArray header;
    bool isChanged = m_header.isEmpty() || !m_behindHeader.isEmpty();
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        const HeaderField field = m_header.at(i);
        const QString text = isAnyOf(field, AddressFields) ? addressText(field) : QString();
        const bool isGood = text.isEmpty() || mime::parseMailboxList(text, AddressSource::Header);
        auto qualified = readQualified(text, author, AddressSource::Header);
        if (isGood || !qualified) {
            header += field.crlfOctets();
            continue;
        }
        if (qualified->size() == 1 && qualified->first().name.isEmpty())
            qualified->first().name = nameBehindAddress(text);
        mime::HeaderWriter writer;
        writer.addMailboxes(field.name(), *qualified);
        header += writer.octets();
        isChanged = true;
    }
    if (!m_header.contains("From")) {
        mime::HeaderWriter writer;
        writer.addMailboxes("From", { author });
        header.prepend(writer.octets());
        isChanged = true;
    }
    return isChanged ? rewrite(header) : Taken<void> {};
}

/// Puts this header in the place of the one that there was.
Taken<void> SendmailMessage::rewrite(const QByteArray &header)
{
    if (!m_completed.open())
        return unwritable(m_completed);
    m_isCompleted = true;
    const QByteArray start = header + "\r\n" + m_behindHeader;
    if (m_completed.write(start) != start.size())
        return unwritable(m_completed);
    m_file.seek(m_bodyBegin);
    for (QByteArray block = m_file.read(BlockOctets); !block.isEmpty(); block = m_file.read(BlockOctets)) {
        if (m_completed.write(block) != block.size())
            return unwritable(m_completed);
    }
    if (m_file.error() != QFileDevice::NoError)
        return unwritable(m_file);
    if (!m_completed.flush())
        return unwritable(m_completed);
    m_completed.seek(0);
    mime::BlockReader reader(m_completed);
    m_header = mime::HeaderBlock::parse(
        mime::collectHeader(reader, LongestHeader + BlockOctets, mime::HeaderOf::Message).octets);
    return {};
}

Taken<QList<Mailbox>> SendmailMessage::recipients() const
{
    QList<HeaderField> resent;
    for (qsizetype i = 0; i < m_header.size(); ++i) {
        const HeaderField field = m_header.at(i);
        const bool isResent
            = field.name().size() > 7 && field.name().first(7).compare("Resent-", Qt::CaseInsensitive) == 0;
        if (isResent)
            resent += field;
        else if (!resent.isEmpty())
            break;
    }
    const bool isSentOn = std::any_of(resent.begin(), resent.end(), [](const HeaderField &field) {
        return isAnyOf(field, ResentRecipientFields);
    });
    QList<HeaderField> fields = resent;
    if (!isSentOn) {
        fields.clear();
        for (qsizetype i = 0; i < m_header.size(); ++i)
            fields += m_header.at(i);
    }
    QList<Mailbox> recipients;
    for (const HeaderField &field : std::as_const(fields)) {
        if (!(isSentOn ? isAnyOf(field, ResentRecipientFields) : isAnyOf(field, RecipientFields)))
            continue;
        const auto mailboxes = mime::parseMailboxList(addressText(field), AddressSource::Header);
        if (!mailboxes)
            return Unexpected(SendmailError { delivery::sentence(mailboxes.error()), ExitCode::BadData });
        recipients += *mailboxes;
    }
    return recipients;
}

} // namespace postrider::cli
