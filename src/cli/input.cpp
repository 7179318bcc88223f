// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/input.h"

#include "base/plannedtime.h"
#include "delivery/words/words.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>
#include <QTimeZone>

#include <algorithm>
#include <array>
#include <cstdio>
#include <iterator>

#ifdef Q_OS_UNIX
#include <csignal>
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

constexpr std::array EndingSignals { SIGINT, SIGTERM, SIGHUP };

// Where a signal handler finds it.
termios s_formerTerminal {};

/// Ends the process as if nobody had watched, but on a terminal that shows again what is typed.
extern "C" void restoreTerminal(int signal)
{
    ::tcsetattr(STDIN_FILENO, TCSANOW, &s_formerTerminal);
    ::raise(signal); // its former handler is back (SA_RESETHAND)
}

/// While it lives, what is typed is not shown.
class SilentTerminal
{
public:
    SilentTerminal()
        : m_silenced(::isatty(STDIN_FILENO) == 1 && ::tcgetattr(STDIN_FILENO, &s_formerTerminal) == 0)
    {
        if (!m_silenced)
            return;
        for (std::size_t i = 0; i < EndingSignals.size(); ++i) {
            ::sigaction(EndingSignals[i], nullptr, &m_formerActions[i]);
            if (m_formerActions[i].sa_handler == SIG_IGN)
                continue;
            struct sigaction action
            { };
            action.sa_handler = restoreTerminal;
            action.sa_flags = static_cast<int>(SA_RESETHAND);
            sigemptyset(&action.sa_mask);
            ::sigaction(EndingSignals[i], &action, nullptr);
        }
        std::fputs(Words::tr("Password: ").toLocal8Bit().constData(), stderr);
        termios silent = s_formerTerminal;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
    }
    ~SilentTerminal()
    {
        if (!m_silenced)
            return;
        ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &s_formerTerminal);
        for (std::size_t i = 0; i < EndingSignals.size(); ++i)
            ::sigaction(EndingSignals[i], &m_formerActions[i], nullptr);
        std::fputc('\n', stderr);
    }
    Q_DISABLE_COPY_MOVE(SilentTerminal)

private:
    std::array<struct sigaction, EndingSignals.size()> m_formerActions {};
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
    const bool isWhole = line.endsWith('\n') || line.size() < MaxPasswordOctets - 1;
    if (line.endsWith('\n'))
        line.chop(1);
    if (line.endsWith('\r'))
        line.chop(1);
    const bool isUsable = isWhole && !line.contains('\0');
    base::Secret password(std::move(line));
    if (!isUsable)
        return wrong(Words::tr("That is no password: it is too long or has a NUL in it."));
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

bool isTerminal()
{
#ifdef Q_OS_UNIX
    return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1;
#else
    return false;
#endif
}

bool askOnTerminal(const QString &question)
{
    std::fputs(question.toLocal8Bit().constData(), stderr);
    std::fflush(stderr);
    QFile input;
    if (!input.open(stdin, QIODevice::ReadOnly | QIODevice::Unbuffered))
        return false;
    constexpr qint64 LongestAnswer = 80;
    const QString answer = QString::fromLocal8Bit(input.readLine(LongestAnswer)).trimmed();
    //: What is typed to agree to a question.
    return answer.compare(Words::tr("yes"), Qt::CaseInsensitive) == 0
        || answer.compare("yes"_L1, Qt::CaseInsensitive) == 0;
}

Input<QString> readText(const QString &file)
{
    QFile device(file);
    const bool open
        = file == "-"_L1 ? device.open(stdin, QIODevice::ReadOnly) : device.open(QIODevice::ReadOnly);
    if (!open)
        return unreadable(device);
    // In blocks, since what never ends must not fill the memory first.
    constexpr qint64 BlockOctets = 1024 * 1024;
    constexpr qint64 MaxTextOctets = 64 * BlockOctets;
    QByteArray octets;
    while (octets.size() <= MaxTextOctets) {
        const QByteArray block = device.read(BlockOctets);
        if (block.isEmpty())
            break;
        octets += block;
    }
    if (device.error() != QFileDevice::NoError)
        return unreadable(device);
    if (octets.size() > MaxTextOctets)
        return wrong(Words::tr("The text is too long; attach it instead: %1").arg(file));

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

Input<QDateTime> readTime(const QString &text, const QDateTime &now)
{
    const auto time = base::readPlannedTime(text, now, QTimeZone::systemTimeZone());
    if (time)
        return *time;
    switch (time.error()) {
    case base::PlannedTimeError::NotUnderstood:
        break;
    case base::PlannedTimeError::NoTime:
        return wrong(Words::tr("\"%1\" says the day, but not the time.").arg(text));
    case base::PlannedTimeError::Past:
        return wrong(Words::tr("The time \"%1\" is over.").arg(text));
    }
    return wrong(
        Words::tr("\"%1\" is no time; 2026-12-24T08:00 or \"tomorrow 9:00\" would be one.").arg(text));
}

QString plaintextRefused()
{
    return Words::tr(
        "Without encryption, mail may only go to this computer or, without signing in, to a private "
        "address given in digits.");
}

Input<void> openFile(QFile &file)
{
    const QFileInfo info(file);
    if (info.exists() && !info.isFile())
        return wrong(Words::tr("%1 cannot be read: not a regular file").arg(file.fileName()));
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    return {};
}

Input<QString> readableFile(const QString &file)
{
    QFile device(file);
    if (const auto open = openFile(device); !open)
        return Unexpected(open.error());
    return QFileInfo(file).absoluteFilePath();
}

} // namespace postrider::cli
