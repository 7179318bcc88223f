// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a server says and whenever it says it:
//  - its octets given whole or one by one lead to the same events and the same output;
//  - Delivered comes only after a complete 2yz line that arrived after the last octet of the content was
//  taken;
//  - no AUTH leaves before TLS stands;
//  - a transaction ends once, and a session that ended says and tells nothing more;
//  - what waits to be fetched stays small.
//
// An input is what the server says. Octets from 0x80 on are the caller's and the world's actions between it
// (see act()); the first octet chooses the security.

#include "smtp/session.h"

#include <QBuffer>
#include <QByteArray>

#include <cstdint>
#include <cstdlib>

using namespace postrider;
using namespace Qt::StringLiterals;

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

/// One event in a form that can be compared. The text of replies is part of it.
struct Describe
{
    static QByteArray of(const smtp::Reply &reply)
    {
        return ' ' + QByteArray::number(reply.code) + reply.enhanced.toByteArray() + reply.text().toUtf8();
    }
    static QByteArray of(const smtp::Failure &failure)
    {
        return QByteArray::number(static_cast<int>(failure.stage)) + ','
            + QByteArray::number(static_cast<int>(failure.cause)) + ','
            + QByteArray::number(static_cast<int>(failure.custody)) + of(failure.reply);
    }

    QByteArray operator()(const smtp::event::BeginTls &) const { return "tls"_ba; }
    QByteArray operator()(const smtp::event::CredentialsWanted &e) const
    {
        return "credentials " + e.mechanisms.join(' ');
    }
    QByteArray operator()(const smtp::event::Ready &) const { return "ready"_ba; }
    QByteArray operator()(const smtp::event::SenderVerified &) const { return "verified"_ba; }
    QByteArray operator()(const smtp::event::SenderRefused &e) const { return "refused" + of(e.reply); }
    QByteArray operator()(const smtp::event::RecipientAccepted &e) const
    {
        return "accepted " + QByteArray::number(e.index) + of(e.reply);
    }
    QByteArray operator()(const smtp::event::RecipientRefused &e) const
    {
        return "refused " + QByteArray::number(e.index) + of(e.reply);
    }
    QByteArray operator()(const smtp::event::Progress &e) const
    {
        return "progress " + QByteArray::number(e.octets);
    }
    QByteArray operator()(const smtp::event::FinalOctetDue &) const { return "due"_ba; }
    QByteArray operator()(const smtp::event::Delivered &e) const { return "delivered" + of(e.reply); }
    QByteArray operator()(const smtp::event::TransactionFailed &e) const
    {
        return "transaction failed " + of(e.failure);
    }
    QByteArray operator()(const smtp::event::SessionFailed &e) const
    {
        return "session failed " + of(e.failure);
    }
    QByteArray operator()(const smtp::event::Finished &) const { return "finished"_ba; }
};

bool hasPositiveLine(const QByteArray &octets)
{
    const QList<QByteArray> lines = octets.split('\n');
    for (qsizetype i = 0; i + 1 < lines.size(); ++i) { // what is behind the last LF is no line
        const QByteArray &line = lines.at(i);
        if (line.size() >= 4 && line.at(0) == '2' && (line.at(3) == ' ' || line.at(3) == '\r'))
            return true;
    }
    return false;
}

smtp::SessionConfig config(uint8_t choice)
{
    constexpr smtp::Security all[]
        = { smtp::Security::StartTls, smtp::Security::ImplicitTls, smtp::Security::Plaintext };
    return { .security = all[choice % 3] };
}

class Play
{
public:
    enum class Pieces { Whole, Single };

    Play(uint8_t choice, Pieces pieces)
        : m_pieces(pieces)
        , m_isProtected(config(choice).security != smtp::Security::StartTls)
        , m_session(config(choice), m_now)
    { }

    void serverSays(const QByteArray &octets)
    {
        m_sinceFinalOctet += octets;
        if (m_pieces == Pieces::Whole) {
            m_session.receive(octets, m_now);
        } else {
            for (const char octet : octets)
                m_session.receive(QByteArrayView(&octet, 1), m_now);
        }
        drain();
    }

    void act(uint8_t action)
    {
        switch (action % 12) {
        case 0:
            m_isProtected = true;
            m_session.tlsEstablished(m_now);
            break;
        case 1:
            m_session.tlsFailed();
            break;
        case 2:
            m_session.connectionClosed();
            break;
        case 3:
            m_now += std::chrono::minutes(1);
            m_session.handleTimeout(m_now);
            break;
        case 4:
            m_session.authenticate(sasl::makeMechanism("PLAIN"_ba, { u"user"_s, base::Secret("secret"_ba) }),
                                   m_now);
            break;
        case 5:
            m_session.authenticate(sasl::makeMechanism("LOGIN"_ba, { u"user"_s, base::Secret("secret"_ba) }),
                                   m_now);
            break;
        case 6:
            m_session.skipAuthentication(m_now);
            break;
        case 7:
            if (m_isReady)
                submit();
            break;
        case 8:
            m_session.releaseFinalOctet({ m_id }, m_now);
            m_isReleased = m_isDue;
            break;
        case 9:
            if (m_isReady)
                m_session.verifySender("ann@example.org"_ba, m_now);
            m_isReady = false;
            break;
        case 10:
            m_session.quit(m_now);
            m_isReady = false;
            break;
        case 11:
            m_session.authenticate(nullptr, m_now);
            break;
        }
        drain();
    }

    QByteArray said {};
    QList<QByteArray> told {};

private:
    void submit()
    {
        smtp::Envelope envelope;
        envelope.reversePath = "ann@example.org"_ba;
        envelope.recipients = { "bob@example.org"_ba, "carl@example.org"_ba };
        auto content = std::make_unique<QBuffer>();
        content->setData("Subject: x\r\n\r\n.\r\n..\r\ny"_ba);
        content->open(QIODevice::ReadOnly);
        m_session.submit(++m_id, envelope, std::move(content), m_now);
        m_isReady = false;
        m_isOpen = true;
    }

    void drain()
    {
        const qsizetype most = m_pieces == Pieces::Whole ? 1'000'000 : 1;
        QByteArray output;
        for (QByteArray piece = m_session.takeOutput(most, m_now); !piece.isEmpty();
             piece = m_session.takeOutput(most, m_now)) {
            require(piece.size() <= most);
            output += piece;
        }
        require(output.size() < 20'000);
        require(m_isProtected || !output.contains("AUTH"));
        require(!m_isEnded || output.isEmpty());
        said += output;
        if (m_isReleased && output == ".\r\n") {
            m_isFinalOctetTaken = true;
            m_sinceFinalOctet.clear();
        }

        int count = 0;
        while (const auto what = m_session.nextEvent()) {
            require(!m_isEnded && ++count < 64);
            judge(*what);
            told.append(std::visit(Describe {}, *what));
        }
    }

    void judge(const smtp::Event &what)
    {
        if (std::holds_alternative<smtp::event::FinalOctetDue>(what))
            m_isDue = true;
        if (std::holds_alternative<smtp::event::Delivered>(what)) {
            require(m_isOpen && m_isFinalOctetTaken && hasPositiveLine(m_sinceFinalOctet));
            closeTransaction();
        }
        if (const auto *failed = std::get_if<smtp::event::TransactionFailed>(&what)) {
            require(m_isOpen);
            require(failed->failure.custody == smtp::Failure::Custody::NotAccepted || m_isFinalOctetTaken);
            closeTransaction();
        }
        m_isReady = std::holds_alternative<smtp::event::Ready>(what);
        m_isEnded = std::holds_alternative<smtp::event::SessionFailed>(what)
            || std::holds_alternative<smtp::event::Finished>(what);
        require(!m_isEnded || !m_isOpen);
    }

    void closeTransaction()
    {
        m_isOpen = false;
        m_isDue = false;
        m_isReleased = false;
        m_isFinalOctetTaken = false;
    }

    Pieces m_pieces;
    smtp::MonotonicTime m_now {};
    bool m_isProtected;
    bool m_isReady = false;
    bool m_isOpen = false;
    bool m_isDue = false;
    bool m_isReleased = false;
    bool m_isFinalOctetTaken = false;
    bool m_isEnded = false;
    smtp::TransactionId m_id = 0;
    QByteArray m_sinceFinalOctet {};
    smtp::Session m_session;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    Play whole(data[0], Play::Pieces::Whole);
    Play single(data[0], Play::Pieces::Single);
    QByteArray burst;
    for (size_t i = 1; i <= size; ++i) {
        const bool isAction = i < size && data[i] >= 0x80;
        if (i < size && !isAction) {
            burst += static_cast<char>(data[i]);
            continue;
        }
        if (!burst.isEmpty()) {
            whole.serverSays(burst);
            single.serverSays(burst);
            burst.clear();
        }
        if (isAction) {
            whole.act(data[i]);
            single.act(data[i]);
        }
    }
    require(whole.said == single.said);
    require(whole.told == single.told);
    return 0;
}
