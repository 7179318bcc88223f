// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/input.h"

#include "delivery/words.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <algorithm>
#include <cstdio>
#include <iterator>

#ifdef Q_OS_UNIX
#include <termios.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

using base::Unexpected;

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

Unexpected<InputError> wrong(const QString &sentence)
{
    return Unexpected(InputError { sentence });
}

Unexpected<InputError> unreadable(const QFile &file)
{
    return wrong(Words::tr("%1 cannot be read: %2").arg(file.fileName(), file.errorString()));
}

#ifdef Q_OS_UNIX

/// While it lives, what is typed is not shown.
class SilentTerminal
{
public:
    SilentTerminal()
        : m_silenced(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &m_former) == 0)
    {
        if (!m_silenced)
            return;
        std::fputs(Words::tr("Password: ").toLocal8Bit().constData(), stderr);
        termios silent = m_former;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (!m_silenced)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_former);
        std::fputc('\n', stderr);
    }
    Q_DISABLE_COPY_MOVE(SilentTerminal)

private:
    termios m_former {};
    bool m_silenced;
};

#endif

Input<base::Secret> readPasswordFromStandardInput()
{
    QFile input;
    // Unbuffered, so that nothing behind the first line is taken from whoever reads standard input next.
    if (!input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(input);
#ifdef Q_OS_UNIX
    const SilentTerminal silent;
#endif
    return readPassword(input);
}

} // namespace

Input<base::Secret> readPassword(QIODevice &device)
{
    constexpr qint64 MaxPasswordOctets = 64 * 1024;
    QByteArray line = device.readLine(MaxPasswordOctets);
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    base::Secret password(std::move(line));
    if (password.isEmpty())
        return wrong(Words::tr("The password is empty."));
    return password;
}

Input<std::optional<base::Secret>> readPassword(const SignIn &signIn)
{
    std::optional<base::Secret> none;
    if (signIn.source == SignIn::PasswordSource::None)
        return none;

    const auto read = [&signIn]() -> Input<base::Secret> {
        if (signIn.source == SignIn::PasswordSource::StandardInput)
            return readPasswordFromStandardInput();
        QFile file(signIn.passwordFile);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return unreadable(file);
        return readPassword(file);
    };
    Input<base::Secret> password = read();
    if (!password)
        return Unexpected(password.error());
    return std::optional<base::Secret>(std::move(password).value());
}

Input<QString> readText(const QString &file)
{
    QFile device(file);
    const bool open
        = file == "-"_L1 ? device.open(stdin, QIODevice::ReadOnly) : device.open(QIODevice::ReadOnly);
    if (!open)
        return unreadable(device);
    const QByteArray octets = device.readAll();
    if (device.error() != QFileDevice::NoError)
        return unreadable(device);

    // Stateless: a sequence that is cut off at the end is an error too. A byte order mark is dropped.
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder.decode(octets);
    if (decoder.hasError())
        return wrong(Words::tr("The text is not UTF-8: %1").arg(file));
    return text;
}

namespace {

/// An address field takes several lines; an option is one, and a line end in it is somebody's injection.
std::optional<mime::AddressError> findControl(const QString &value)
{
    const auto control = std::find_if(value.begin(), value.end(), [](QChar character) {
        return character.category() == QChar::Other_Control;
    });
    if (control == value.end())
        return {};
    return mime::AddressError { mime::AddressError::Kind::ControlCharacter, value,
                                std::distance(value.begin(), control) };
}

} // namespace

Input<QList<mime::Mailbox>> readMailboxes(const QStringList &values)
{
    QList<mime::Mailbox> mailboxes;
    for (const QString &value : values) {
        if (const auto control = findControl(value))
            return wrong(delivery::sentence(*control));
        auto parsed = mime::parseMailboxList(value);
        if (parsed && parsed->isEmpty())
            parsed = Unexpected(mime::AddressError { mime::AddressError::Kind::Empty, value, 0 });
        if (!parsed)
            return wrong(delivery::sentence(parsed.error()));
        mailboxes += parsed.value();
    }
    return mailboxes;
}

Input<mime::Mailbox> readMailbox(const QString &value)
{
    if (const auto control = findControl(value))
        return wrong(delivery::sentence(*control));
    const auto parsed = mime::parseMailbox(value);
    if (!parsed)
        return wrong(delivery::sentence(parsed.error()));
    return parsed.value();
}

Input<QList<QByteArray>> toEnvelope(const QList<mime::Mailbox> &mailboxes)
{
    QList<QByteArray> addresses;
    for (const mime::Mailbox &mailbox : mailboxes) {
        const auto address = mime::wireAddress(mailbox);
        if (!address)
            return wrong(delivery::sentence(address.error()));
        addresses += address.value();
    }
    return addresses;
}

QString plaintextRefused()
{
    return Words::tr(
        "Without encryption, mail may only go to this computer or, without signing in, to a private "
        "address given in digits.");
}

Input<QString> readableFile(const QString &file)
{
    QFile device(file);
    if (!device.open(QIODevice::ReadOnly))
        return unreadable(device);
    return QFileInfo(file).absoluteFilePath();
}

} // namespace postrider::cli
