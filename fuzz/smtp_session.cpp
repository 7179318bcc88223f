// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Whatever a server says and whenever it says it, with up to eight messages on their way:
//  - its octets given whole or one by one lead to the same events and the same output;
//  - Delivered comes only after a 2yz line that arrived after the last octet of that content was taken, and
//  that octet was taken only after it was released;
//  - no AUTH leaves before TLS stands;
//  - a transaction ends once, and a session that ended says and tells nothing more;
//  - what waits to be fetched stays small.
//
// An input is what the server says. Octets from 0x80 on are the caller's and the world's actions between it
// (see act()); the first octet chooses the security and the window.

#include "smtp/session.h"

#include <QBuffer>
#include <QByteArray>
#include <QHash>
#include <QSet>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>

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
    QByteArray operator()(const smtp::event::KeyDerivationWanted &) const { return "derivation"_ba; }
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
    QByteArray operator()(const smtp::event::OptionsLeftOut &e) const
    {
        return "OptionsLeftOut " + QByteArray::number(e.transaction);
    }
    QByteArray operator()(const smtp::event::Progress &e) const
    {
        return "progress " + QByteArray::number(e.octets);
    }
    QByteArray operator()(const smtp::event::FinalOctetDue &e) const
    {
        return "due " + QByteArray::number(e.transactions.size());
    }
    QByteArray operator()(const smtp::event::HabitsLearnt &e) const
    {
        return "habits " + QByteArray::number(static_cast<int>(e.habits.chunkUse)) + ','
            + QByteArray::number(static_cast<int>(e.habits.pipelineUse));
    }
    QByteArray operator()(const smtp::event::Delivered &e) const
    {
        return "delivered " + QByteArray::number(e.transaction) + of(e.reply);
    }
    QByteArray operator()(const smtp::event::TransactionFailed &e) const
    {
        return "transaction failed " + QByteArray::number(e.transaction) + of(e.failure);
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
    return { .addressLiteral = "[192.0.2.1]"_ba, .security = all[choice % 3], .window = 1 + choice / 3 % 8 };
}

/// Content that looks different in each form in which it can leave.
QByteArray contentOf(smtp::TransactionId id)
{
    return "Subject: " + QByteArray::number(id) + "\r\n\r\n.\r\n..\r\ny\r\n";
}

/// Where in what was said the last octet of this content stands; -1 when it is not there.
qsizetype endOfContent(const QByteArray &said, smtp::TransactionId id)
{
    const QByteArray chunk = "LAST\r\n" + contentOf(id);
    QByteArray lines = contentOf(id) + ".\r\n";
    lines.replace("\r\n.\r\n..\r\n", "\r\n..\r\n...\r\n");
    qsizetype end = -1;
    for (const QByteArray &form : { chunk, lines }) {
        const qsizetype at = said.lastIndexOf(form);
        if (at >= 0)
            end = std::max(end, at + form.size());
    }
    return end;
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
        m_heard += octets;
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
            if (m_session.freeSlots() > 0)
                submit();
            break;
        case 8:
            release();
            break;
        case 9:
            if (m_session.freeSlots() > 0 && m_open.isEmpty())
                m_session.verifySender("ann@example.org"_ba, m_now);
            break;
        case 10:
            m_session.quit(m_now);
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
        const smtp::TransactionId id = ++m_lastId;
        smtp::Envelope envelope;
        envelope.reversePath = "ann@example.org"_ba;
        envelope.recipients = { "bob@example.org"_ba, "carl@example.org"_ba };
        envelope.size = id % 2 == 0 ? contentOf(id).size() : 0;
        if (id % 3 == 0)
            envelope.partialRecipients = smtp::Envelope::PartialRecipients::SendToNobody;
        if (id % 5 == 0)
            envelope.notifications.emplace();
        auto content = std::make_unique<QBuffer>();
        content->setData(contentOf(id));
        content->open(QIODevice::ReadOnly);
        m_open.insert(id);
        m_session.submit(id, envelope, std::move(content), m_now);
    }

    void release()
    {
        m_session.releaseFinalOctet(QList<smtp::TransactionId>(m_due.cbegin(), m_due.cend()), m_now);
        m_released += std::exchange(m_due, {});
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
        for (const smtp::TransactionId id : std::as_const(m_open)) {
            const qsizetype end = endOfContent(said, id);
            if (end <= said.size() - output.size())
                continue; // it is not there, or was before
            require(m_released.contains(id));
            m_heardBefore[id] = m_heard.size();
        }

        int count = 0;
        while (const auto what = m_session.nextEvent()) {
            require(!m_isEnded && ++count < 256);
            judge(*what);
            told.append(std::visit(Describe {}, *what));
        }
    }

    void judge(const smtp::Event &what)
    {
        if (const auto *due = std::get_if<smtp::event::FinalOctetDue>(&what)) {
            for (const smtp::TransactionId id : due->transactions) {
                require(m_open.contains(id));
                m_due.insert(id);
                m_released.remove(id);
            }
        }
        if (const auto *delivered = std::get_if<smtp::event::Delivered>(&what)) {
            const auto heardBefore = m_heardBefore.constFind(delivered->transaction);
            require(heardBefore != m_heardBefore.cend() && hasPositiveLine(m_heard.mid(*heardBefore)));
            require(m_open.remove(delivered->transaction));
        }
        if (const auto *failed = std::get_if<smtp::event::TransactionFailed>(&what)) {
            require(failed->failure.custody == smtp::Failure::Custody::NotAccepted
                    || m_heardBefore.contains(failed->transaction));
            require(m_open.remove(failed->transaction));
        }
        m_isEnded = std::holds_alternative<smtp::event::SessionFailed>(what)
            || std::holds_alternative<smtp::event::Finished>(what);
        require(!m_isEnded || m_open.isEmpty());
    }

    Pieces m_pieces;
    smtp::MonotonicTime m_now {};
    bool m_isProtected;
    bool m_isEnded = false;
    smtp::TransactionId m_lastId = 0;
    QSet<smtp::TransactionId> m_open {};
    QSet<smtp::TransactionId> m_due {};
    QSet<smtp::TransactionId> m_released {};
    QByteArray m_heard {};
    QHash<smtp::TransactionId, qsizetype> m_heardBefore {}; ///< the last octet was taken
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
