// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "practice/mailfolder.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <utility>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

namespace postrider::practice {

using namespace Qt::StringLiterals;
using base::Unexpected;

namespace {

/// Makes a rename in the folder survive a power cut. Other systems than Unix have no such call and need none.
void syncFolder(const QString &path)
{
#ifdef Q_OS_UNIX
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
#else
    Q_UNUSED(path)
#endif
}

/// QSaveFile asks for this too when it commits, but does not tell when it fails.
bool syncFile(QFileDevice &file)
{
    if (!file.flush())
        return false;
#ifdef Q_OS_UNIX
    return ::fsync(file.handle()) == 0;
#else
    return true;
#endif
}

QByteArray envelopeJson(const CaughtMessage &message, qint64 size)
{
    QJsonArray recipients;
    for (const QByteArray &recipient : message.envelope.recipients)
        recipients.append(QString::fromUtf8(recipient));
    const QJsonObject object {
        { u"reverse_path"_s, QString::fromUtf8(message.envelope.reversePath) },
        { u"recipients"_s, recipients },
        { u"user"_s, QString::fromUtf8(message.envelope.user) },
        { u"body"_s, QString::fromLatin1(message.envelope.body) },
        { u"smtputf8"_s, message.envelope.internationalAddresses },
        { u"time"_s, message.time.toString(Qt::ISODateWithMs) },
        { u"tls"_s, message.tlsVersion },
        { u"size"_s, size },
    };
    return QJsonDocument(object).toJson();
}

} // namespace

MailFolder::MailFolder(QString path)
    : m_path(std::move(path))
{ }

bool MailFolder::prepare()
{
    constexpr auto ownerOnly = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;
    return QDir().mkpath(m_path) && QFile::setPermissions(m_path, ownerOnly)
        && QFileInfo(m_path).isWritable();
}

std::unique_ptr<MailFolder::Incoming> MailFolder::begin(const CaughtMessage &message)
{
    const QString time = message.time.toUTC().toString(u"yyyyMMdd'T'HHmmss.zzz'Z'"_s);
    QString basePath;
    do {
        ++m_count;
        basePath = m_path + u'/' + time + u'-' + QString::number(m_count);
    } while (QFile::exists(basePath + ".eml"_L1));
    return std::unique_ptr<Incoming>(new Incoming(basePath, message));
}

MailFolder::Incoming::Incoming(const QString &basePath, CaughtMessage message)
    : m_basePath(basePath)
    , m_message(std::move(message))
    , m_file(basePath + ".eml"_L1)
{
    // An error here shows again in keep().
    m_file.open(QIODevice::WriteOnly);
}

void MailFolder::Incoming::append(const QByteArray &octets)
{
    if (m_file.isOpen() && m_file.error() == QFileDevice::NoError)
        m_file.write(octets);
}

base::Expected<QString, QString> MailFolder::Incoming::keep()
{
    if (!m_file.isOpen() || m_file.error() != QFileDevice::NoError)
        return Unexpected(m_file.errorString());

    const QString envelopePath = m_basePath + ".json"_L1;
    QSaveFile envelopeFile(envelopePath);
    if (!envelopeFile.open(QIODevice::WriteOnly))
        return Unexpected(envelopeFile.errorString());
    envelopeFile.write(envelopeJson(m_message, m_file.size()));
    if (!syncFile(envelopeFile) || !syncFile(m_file))
        return Unexpected(qt_error_string());
    if (!envelopeFile.commit())
        return Unexpected(envelopeFile.errorString());

    if (!m_file.commit()) {
        QFile::remove(envelopePath);
        return Unexpected(m_file.errorString());
    }
    syncFolder(QFileInfo(m_basePath).path());
    return m_file.fileName();
}

} // namespace postrider::practice
