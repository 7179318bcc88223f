// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/testmessage.h"

#include "delivery/directsender.h"
#include "delivery/signinproof.h"
#include "mime/messagewriter.h"

#include <QBuffer>
#include <QCoreApplication>

#include <memory>

using namespace Qt::StringLiterals;

namespace postrider::app {

using delivery::Consignment;
using delivery::DirectResult;
using delivery::DirectSender;
using delivery::Trouble;
using outbox::Problem;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(postrider::app::testmessage)
};

mime::Draft testDraft(const accounts::Account &account, const mime::Mailbox &self)
{
    mime::Draft draft;
    draft.from = self;
    draft.from.name = account.displayName;
    draft.to = { draft.from };
    draft.subject = Words::tr("Test message from Postrider");
    draft.text = Words::tr("Hello,\n\nthis account can send mail. Nothing else is to be done.\n");
    return draft;
}

Trouble troubleOf(Problem::Kind kind, const accounts::Account &account)
{
    Problem problem;
    problem.kind = kind;
    problem.host = account.server.host;
    problem.port = account.server.port;
    return problem;
}

} // namespace

void sendTestMessage(const accounts::Account &account, const setup::Credentials &credentials,
                     const base::Clock &clock, QObject *context,
                     setup::Services::Answer<setup::TestOutcome> answer)
{
    const auto self = mime::parseMailbox(account.email);
    if (!self) {
        answer(base::Unexpected(troubleOf(Problem::Kind::SenderRefused, account)));
        return;
    }
    const mime::Draft draft = testDraft(account, *self);
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    const auto written
        = mime::writeMessage(draft, mime::makeStamp(draft.from, clock.now().toLocalTime()), buffer);
    if (!written) {
        answer(base::Unexpected(troubleOf(Problem::Kind::Internal, account)));
        return;
    }

    Consignment message;
    message.envelope.reversePath = delivery::toReversePath(account.email);
    message.envelope.recipients = { message.envelope.reversePath };
    message.envelope.size = written->size;
    message.header = written->header == mime::WrittenMessage::Header::Utf8 ? Consignment::Header::Utf8
                                                                           : Consignment::Header::Ascii;
    message.openContent = [content = buffer.data()]() -> std::unique_ptr<QIODevice> {
        auto opened = std::make_unique<QBuffer>();
        opened->setData(content);
        opened->open(QIODevice::ReadOnly);
        return opened;
    };

    delivery::HandoverTarget target;
    target.account = account;
    if (const auto *password = std::get_if<base::Secret>(&credentials)) {
        target.secret = password->clone();
    } else if (const auto *tokens = std::get_if<oauth::Tokens>(&credentials)) {
        target.secret = tokens->accessToken.clone();
        target.credentialKind = sasl::CredentialKind::AccessToken;
    }
    auto *sender = new DirectSender(std::move(target), clock, context);
    QObject::connect(sender, &DirectSender::result, context,
                     [account, answer](qsizetype, const DirectResult &result) {
                         if (!result.problem.isNone() || result.recipients.isEmpty()) {
                             answer(base::Unexpected(Trouble(result.problem)));
                             return;
                         }
                         const outbox::Recipient &recipient = result.recipients.constFirst();
                         QStringList reply { QString::number(recipient.code),
                                             QString::fromLatin1(recipient.enhanced), recipient.text };
                         reply.removeAll(QString());
                         answer(setup::TestOutcome { account.server.host, reply.join(u' ') });
                     });
    QObject::connect(sender, &DirectSender::finished, sender, &QObject::deleteLater);
    sender->add(std::move(message));
    sender->start();
}

} // namespace postrider::app
