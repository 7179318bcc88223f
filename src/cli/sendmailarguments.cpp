// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/sendmailarguments.h"

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::cli {

namespace {

using Kind = UsageError::Kind;

const auto CommandWord = "sendmail"_L1;

bool isOwnOptionWithValue(QStringView name)
{
    return name == "--profile"_L1 || name == "--account"_L1 || name == "--wait"_L1;
}

/// Reads the words one by one; after the first mistake everything else is let through.
class SendmailReader
{
public:
    explicit SendmailReader(const QStringList &words)
        : m_words(words)
    { }

    void read()
    {
        bool optionsEnded = false;
        while (m_next < m_words.size()) {
            const QString word = m_words.at(m_next++);
            if (optionsEnded || !word.startsWith(u'-') || word == "-"_L1)
                m_command.recipients += word;
            else if (word == "--"_L1)
                optionsEnded = true;
            else if (word.startsWith("--"_L1))
                readOwnOption(word);
            else
                readLetters(word);
        }
        const bool namesNobody = m_command.recipients.isEmpty()
            && m_command.recipientsFrom == Sendmail::RecipientsFrom::Arguments;
        if (namesNobody)
            fail(Kind::NoRecipient);
    }

    [[nodiscard]] base::Expected<Invocation, UsageError> result() const
    {
        Invocation invocation = m_invocation;
        if (m_asksForHelp)
            invocation.command = ShowHelp { CommandWord };
        else if (m_asksForVersion)
            invocation.command = ShowVersion {};
        else if (m_error)
            return base::Unexpected(*m_error);
        else
            invocation.command = m_command;
        return invocation;
    }

private:
    void fail(Kind kind, const QString &subject = {}, const QString &detail = {})
    {
        if (!m_error)
            m_error = UsageError { kind, subject, detail, CommandWord };
    }

    void readOwnOption(const QString &word)
    {
        const qsizetype equals = word.indexOf(u'=');
        const QString name = equals < 0 ? word : word.left(equals);
        if (isOwnOptionWithValue(name)) {
            QString value = word.mid(equals + 1);
            if (equals < 0 && m_next == m_words.size())
                return fail(Kind::ValueMissing, name);
            if (equals < 0)
                value = m_words.at(m_next++);
            if (value.isEmpty())
                return fail(Kind::ValueBad, name, value);
            if (name == "--wait"_L1)
                return readWait(value);
            (name == "--profile"_L1 ? m_invocation.profileFolder : m_command.account) = value;
        } else if (equals >= 0) {
            fail(Kind::UnknownOption, name);
        } else if (word == "--json"_L1) {
            m_invocation.format = Output::Format::Json;
        } else if (word == "--help"_L1) {
            m_asksForHelp = true;
        } else if (word == "--version"_L1) {
            m_asksForVersion = true;
        } else {
            fail(Kind::UnknownOption, word);
        }
    }

    void readWait(const QString &value)
    {
        constexpr double Longest = 86'400; // a day
        bool isNumber = false;
        const double seconds = value.toDouble(&isNumber);
        if (!isNumber || !(seconds >= 0 && seconds <= Longest))
            return fail(Kind::ValueBad, u"--wait"_s, value);
        m_command.wait = std::chrono::milliseconds(std::llround(seconds * 1000));
    }

    /// The value of the option at this place in the word: the rest of it or the next one.
    QString takeValue(const QString &word, qsizetype at)
    {
        if (at + 1 < word.size())
            return word.mid(at + 1);
        if (m_next == m_words.size()) {
            fail(Kind::ValueMissing, u'-' + QString(word.at(at)));
            return {};
        }
        return m_words.at(m_next++);
    }

    void readLetters(const QString &word)
    {
        for (qsizetype at = 1; at < word.size(); ++at) {
            switch (word.at(at).unicode()) {
            case u't':
                m_command.recipientsFrom = Sendmail::RecipientsFrom::Header;
                break;
            case u'i':
                m_command.loneDot = Sendmail::LoneDot::IsText;
                break;
            case u'f':
            case u'r':
                m_command.sender = takeValue(word, at);
                return;
            case u'F':
                m_command.fullName = takeValue(word, at);
                return;
            case u'o':
                return readSetting(takeValue(word, at));
            case u'b':
                if (word.mid(at + 1) != "m"_L1)
                    refuse(word, at);
                return;
            case u'q': // -q, -q15m, -qRexample.org: run the queue
            case u'I': // rebuild the table of aliases
                return refuse(word, at);
            // They have a value, of which nothing depends here: body type, reports, headers to come back,
            // envelope id, hop count, settings, configuration, log, label, protocol.
            case u'B':
            case u'N':
            case u'R':
            case u'V':
            case u'h':
            case u'O':
            case u'C':
            case u'X':
            case u'L':
            case u'p':
                static_cast<void>(takeValue(word, at));
                return;
            case u'n':
            case u'm':
            case u'v':
            case u'U':
            case u'G':
            case u's':
                break;
            default: // such as -em, -Ac, -d8: what is attached belongs to it
                return;
            }
        }
    }

    /// -oi and -odq; the others tune the way another mail system works.
    void readSetting(const QString &setting)
    {
        if (setting.startsWith(u'i'))
            m_command.loneDot = Sendmail::LoneDot::IsText;
        else if (setting == "dq"_L1)
            m_command.until = Send::Until::Queued;
    }

    void refuse(const QString &word, qsizetype at) { fail(Kind::ModeRefused, u'-' + word.mid(at)); }

    const QStringList &m_words;
    qsizetype m_next = 0;
    Invocation m_invocation {};
    Sendmail m_command {};
    bool m_asksForHelp = false;
    bool m_asksForVersion = false;
    std::optional<UsageError> m_error {};
};

} // namespace

std::optional<QStringList> sendmailArguments(const QStringList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const QString &word = arguments.at(i);
        if (word == CommandWord) {
            QStringList rest = arguments;
            rest.removeAt(i);
            return rest;
        }
        if (!word.startsWith("--"_L1) || word == "--"_L1)
            return {};
        if (isOwnOptionWithValue(word))
            ++i;
    }
    return {};
}

base::Expected<Invocation, UsageError> parseSendmailArguments(const QStringList &arguments)
{
    SendmailReader reader(arguments);
    reader.read();
    return reader.result();
}

} // namespace postrider::cli
