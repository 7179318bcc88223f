// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "cli/submissioncommand.h"

#include "cli/output.h"
#include "outbox/message.h"

namespace postrider::cli {

using delivery::PostOffice;

SubmissionCommand::SubmissionCommand(const Context &context, Send::Until until)
    : OfficeCommand(
        context, until == Send::Until::Queued ? PostOffice::Delivery::Never : PostOffice::Delivery::WhenFree)
{
    m_patience.setSingleShot(true);
    connect(&m_patience, &QTimer::timeout, this, [this] { timeUp(); });
    connect(&office(), &PostOffice::outboxChanged, this, &SubmissionCommand::look);
}

PostOffice::Answer<outbox::MessageId> SubmissionCommand::thenWatch(std::chrono::milliseconds patience)
{
    return orFail<outbox::MessageId>([this, patience](const outbox::MessageId &id) {
        m_id = id;
        m_details.summary.id = id;
        m_patience.start(patience);
        look();
    });
}

void SubmissionCommand::look()
{
    if (!isInOutbox() || isFinishing())
        return;
    if (m_looking) {
        m_lookAgain = true;
        return;
    }
    m_looking = true;
    m_lookAgain = false;
    office().find(m_id, this, orFail<outbox::MessageDetails>([this](const outbox::MessageDetails &details) {
                      m_looking = false;
                      m_details = details;
                      judge();
                      if (m_lookAgain)
                          look();
                  }));
}

void SubmissionCommand::fail(const QString &sentence, ExitCode code)
{
    SendReport report;
    report.id = m_id;
    report.status
        = isInOutbox() ? statusWord(m_details.summary.state) : outbox::toString(outbox::MessageState::Failed);
    report.sentence = sentence;
    output().result(toJson(report));
    OfficeCommand::fail(sentence, code);
}

} // namespace postrider::cli
