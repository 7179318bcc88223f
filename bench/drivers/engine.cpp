// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// Sends messages with Postrider's engine alone (net::Connection), without outbox and account.
//
//   engine --port=N [--security=tls|starttls|none] --authority=FILE
//          [--count=N] [--octets=N | --file=FILE] [--recipients=N] [--window=N]

#include "net/connection.h"
#include "sasl/mechanism.h"
#include "support/arguments.h"
#include "support/message.h"
#include "support/process.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFile>
#include <QSslCertificate>

#include <iostream>
#include <utility>

using namespace postrider;
using namespace Qt::StringLiterals;

namespace {

struct Task
{
    qint64 count = 1;
    QByteArray message {}; ///< small, and sent count times
    QString file {};       ///< or large
    QList<QByteArray> recipients {};
};

[[noreturn]] void die(const std::string &what)
{
    std::cerr << "engine: " << what << '\n';
    std::exit(EXIT_FAILURE);
}

smtp::Security securityFrom(const std::string &word)
{
    if (word == "none")
        return smtp::Security::Plaintext;
    return word == "starttls" ? smtp::Security::StartTls : smtp::Security::ImplicitTls;
}

/// Submits as long as the connection takes more, and counts what the server accepted.
class Sender
{
public:
    Sender(net::Connection &connection, Task task)
        : m_connection(connection)
        , m_task(std::move(task))
    { }

    void handle(const smtp::Event &event)
    {
        namespace e = smtp::event;
        if (const auto *wanted = std::get_if<e::CredentialsWanted>(&event))
            signIn(wanted->mechanisms);
        else if (std::holds_alternative<e::Ready>(event))
            submitMore();
        else if (const auto *due = std::get_if<e::FinalOctetDue>(&event))
            m_connection.releaseFinalOctet(due->transactions);
        else if (std::holds_alternative<e::Delivered>(event))
            ++m_accepted;
        else if (std::holds_alternative<e::TransactionFailed>(event)
                 || std::holds_alternative<e::RecipientRefused>(event))
            die("a message was not accepted");
        if (m_accepted == m_task.count)
            m_connection.quit();
    }

private:
    void signIn(const QList<QByteArray> &mechanisms)
    {
        if (mechanisms.isEmpty()) {
            m_connection.skipAuthentication();
            return;
        }
        m_connection.authenticate(
            sasl::makeMechanism("PLAIN", { .user = u"bench"_s, .secret = base::Secret("secret"_ba) }));
    }

    void submitMore()
    {
        while (m_submitted < m_task.count && m_connection.freeSlots() > 0)
            submit();
    }

    void submit()
    {
        std::unique_ptr<QIODevice> content;
        if (m_task.file.isEmpty()) {
            auto buffer = std::make_unique<QBuffer>();
            buffer->setData(m_task.message);
            content = std::move(buffer);
        } else {
            content = std::make_unique<QFile>(m_task.file);
        }
        if (!content->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            die(content->errorString().toStdString());
        const smtp::Envelope envelope { .reversePath = "ann@example.org",
                                        .recipients = m_task.recipients,
                                        .size = content->size() };
        ++m_submitted;
        m_connection.submit(static_cast<smtp::TransactionId>(m_submitted), envelope, std::move(content));
    }

    net::Connection &m_connection;
    Task m_task;
    qint64 m_submitted = 0;
    qint64 m_accepted = 0;
};

} // namespace

int main(int argc, char *argv[])
{
    qputenv("QT_NO_GLIB", "1");                     // as `postrider-cli send --server` does
    const QCoreApplication application(argc, argv); // before the first certificate is read
    bench::Arguments arguments(argc, argv);
    net::ConnectionConfig config;
    config.host = u"localhost"_s;
    config.port = static_cast<quint16>(arguments.number("port", 0));
    config.session.security = securityFrom(arguments.text("security", "tls"));
    config.tls.extraAuthorities
        = QSslCertificate::fromPath(QString::fromStdString(arguments.text("authority")), QSsl::Pem);
    Task task;
    task.count = arguments.number("count", 1);
    task.message = QByteArray::fromStdString(
        bench::makeMessage(static_cast<std::size_t>(arguments.number("octets", 2048))));
    task.file = QString::fromStdString(arguments.text("file"));
    const std::int64_t recipients = arguments.number("recipients", 1);
    for (std::int64_t i = 0; i < recipients; ++i)
        task.recipients.append("bob" + QByteArray::number(i) + "@example.net");
    config.session.window = arguments.number("window", smtp::SessionConfig::LargestWindow);
    arguments.finish();

    const base::SystemClock clock;
    net::Connection connection(std::move(config), clock);
    Sender sender(connection, std::move(task));
    QObject::connect(&connection, &net::Connection::happened, &connection,
                     [&sender](const smtp::Event &event) { sender.handle(event); });
    QObject::connect(&connection, &net::Connection::failed, &connection,
                     [](const net::ConnectionFailure &failure) { die(failure.reason.toStdString()); });
    QObject::connect(&connection, &net::Connection::finished, &application, &QCoreApplication::quit);
    connection.open();
    QCoreApplication::exec();

    std::cout << R"({"peak_kb":)" << bench::peakKilobytes() << R"(,"cpu_seconds":)" << bench::cpuSeconds()
              << "}" << std::endl;
    return EXIT_SUCCESS;
}
