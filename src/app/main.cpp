// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "app/mainwindow.h"
#include "base/clock.h"
#include "base/terminationsignals.h"
#include "base/translations.h"
#include "base/version.h"
#include "delivery/postoffice.h"
#include "discovery/surroundings.h"
#include "secrets/keychainsecretstore.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QIcon>
#include <QScopeGuard>
#include <QStandardPaths>

#include <cstdio>
#include <functional>

using namespace Qt::StringLiterals;
using namespace postrider;

namespace {

constexpr int ExitUsage = 64; // EX_USAGE of sysexits.h

struct Options
{
    QCommandLineOption profile { u"profile"_s,
                                 QCoreApplication::translate("main", "Keep everything in this folder."),
                                 QCoreApplication::translate("main", "folder") };
    QCommandLineOption practice { u"practice"_s,
                                  QCoreApplication::translate(
                                      "main", "Start with a sample message to the practice mailbox.") };
};

void setUp(QCommandLineParser &parser, const Options &options)
{
    parser.setApplicationDescription(QCoreApplication::translate("main", "Sends mail, and does only that."));
    parser.setSingleDashWordOptionMode(QCommandLineParser::ParseAsLongOptions);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({ options.profile, options.practice });
    parser.addPositionalArgument(u"link"_s,
                                 QCoreApplication::translate("main", "Write the message of a mailto link."),
                                 u"[mailto:…]"_s);
}

/// --help and --version answer without a display.
bool asksOnlyForText(int argc, char *argv[])
{
    for (int i = 1; i < argc; ++i) {
        const QLatin1StringView argument(argv[i]);
        if (argument == "--help"_L1 || argument == "-h"_L1 || argument == "--help-all"_L1
            || argument == "--version"_L1 || argument == "-v"_L1)
            return true;
    }
    return false;
}

int answerWithText(int argc, char *argv[])
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    setUp(parser, {});
    parser.process(application);
    return 0;
}

int refuse(const QString &text)
{
    std::fputs(qPrintable(u"postrider: %1\n"_s.arg(text)), stderr);
    return ExitUsage;
}

/// The program as the desktop sees it.
class Application final : public QApplication
{
public:
    using QApplication::QApplication;

    /// What a Quit event does: the session sends it at its end. Qt itself would ask every window.
    std::function<void()> handleQuit {};

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::Quit || !handleQuit)
            return QApplication::event(event);
        handleQuit();
        return true;
    }
};

} // namespace

int main(int argc, char *argv[])
{
    QCoreApplication::setApplicationName(u"postrider"_s); // the profile's folder is named after it
    QCoreApplication::setApplicationVersion(base::version());
    if (asksOnlyForText(argc, argv))
        return answerWithText(argc, argv);

    Application application(argc, argv);
    QApplication::setDesktopFileName(u"org.postrider.Postrider"_s);
    QApplication::setApplicationDisplayName(u"Postrider"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/postrider.svg"_s));
    QApplication::setQuitOnLastWindowClosed(false); // the post office closes first

    const base::Translations translations;

    const Options options;
    QCommandLineParser parser;
    setUp(parser, options);
    if (!parser.parse(QApplication::arguments()))
        return refuse(parser.errorText());
    const QStringList links = parser.positionalArguments();
    for (const QString &link : links) {
        if (!link.startsWith("mailto:"_L1, Qt::CaseInsensitive))
            return refuse(QCoreApplication::translate("main", "Unexpected argument: %1").arg(link));
    }

    const QString profile = parser.isSet(options.profile)
        ? QDir(parser.value(options.profile)).absolutePath()
        : QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    const auto start = parser.isSet(options.practice) ? app::MainWindow::Start::Practice
                                                      : app::MainWindow::Start::Ordinary;

    const auto afterTheWindows = qScopeGuard([] { discovery::endComputersSurroundings(); });
    const base::SystemClock clock;
    secrets::KeychainSecretStore secretStore;
    delivery::PostOffice postOffice({ profile, delivery::PostOffice::Delivery::WhenFree }, secretStore,
                                    clock);
    app::MainWindow window(postOffice, clock, start);
    for (const QString &link : links)
        window.openLink(link);

    const base::TerminationSignals terminationSignals;
    QObject::connect(&terminationSignals, &base::TerminationSignals::terminationRequested, &window,
                     &app::MainWindow::end);
    application.handleQuit = [&window] { window.end(); };
    // A session that asks may yet go on, so this only keeps.
    QObject::connect(&application, &QGuiApplication::commitDataRequest, &window,
                     &app::MainWindow::keepUnsentMessages);
    QObject::connect(&application, &QGuiApplication::lastWindowClosed, &postOffice,
                     &delivery::PostOffice::close);
    QObject::connect(&postOffice, &delivery::PostOffice::closed, &application,
                     [] { QCoreApplication::exit(); }); // quit() would ask every window

    window.show();
    postOffice.open();
    return QApplication::exec();
}
