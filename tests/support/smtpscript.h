// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "smtp/session.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace postrider::support {

/**
 * One conversation between a server and an smtp::Session, written down line by line.
 *
 * A script is a text file. Lines that are empty or start with # are for the reader. The others are
 *
 *     SECURITY starttls|tls|none         before anything else; starttls when left out
 *     WINDOW 8                           likewise; 1 when left out
 *     LITERAL [192.0.2.1]                likewise: this end's address
 *     CHUNKING never                     likewise
 *     PIPELINING never|within-message    likewise
 *     S: 250 text                        the server says a line, CRLF is added
 *     S> 250 te\x78t\r\n                 the server says these octets; escapes \r \n \t \0 \\ and \xHH
 *     TLS, TLSFAIL, CLOSE                the handshake succeeded or failed, the connection is gone
 *     WAIT 5m                            time passes (ms, s, m)
 *     AUTH PLAIN user secret             the caller signs in; AUTH NONE: it has no mechanism
 *     SKIP                               the caller does not sign in
 *     BODY: line, BODY> octets           content of the next message
 *     SUBMIT 1 <from> <to> <to>          the caller submits it; then SIZE=n, 8BITMIME, BINARYMIME, SMTPUTF8,
 *                                        NOBODY (all recipients or none), UNLESSTOOMANY (nobody when one
 *                                        is put off), REQUIRETLS, HOLDFOR=s, HOLDUNTIL=date, BY=s;R,
 *                                        PRIORITY=n, NOTIFY=SUCCESS,DELAY, RET=HDRS, ENVID=id, ONCE (its
 *                                        device cannot go back)
 *     RELEASE, RELEASE 1 3               the caller answers all FinalOctetDue so far, or for these messages
 *     VERIFY <from>, QUIT                the caller's other commands
 *     C: EHLO [127.0.0.1]                what the session must have said since the last action, with CRLF
 *     C> octets                          the same without CRLF
 *     E: Delivered 1 250 2.0.0           the events it must have told since the last action (not Progress)
 *
 * "REPEAT 200 S: 250-x" stands for 200 such lines. Expectations follow the action that causes them and are
 * complete: what is not written must not happen.
 */
class SmtpScript
{
public:
    [[nodiscard]] static base::Expected<SmtpScript, QString> fromFile(const QString &path);
    [[nodiscard]] static base::Expected<SmtpScript, QString> fromText(const QByteArray &text);

    /**
     * Plays the script against a new session: what the server says between two other actions arrives in
     * pieces of serverOctets, what the session says is taken in pieces of clientOctets; 0 stands for all at
     * once. Says what was different from the script; nothing when all was as written.
     */
    [[nodiscard]] QString play(qsizetype serverOctets, qsizetype clientOctets) const;

    /// How a script writes an event, for example "RecipientRefused 1 0 550 5.1.1".
    [[nodiscard]] static QByteArray describe(const smtp::Event &what);

private:
    struct Step
    {
        int line = 0;
        QByteArray verb {};
        QByteArray argument {};
        QByteArray content {}; ///< of SUBMIT
    };
    class Player;

    SmtpScript() = default;

    smtp::SessionConfig m_config {};
    QList<Step> m_steps {};
};

} // namespace postrider::support
