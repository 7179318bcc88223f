// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// property_write --seed SEED --count COUNT [--only NUMBER] FOLDER
//
// Writes COUNT messages of chance, and before them the cases that have to be in every run, to FOLDER as
// NUMBER.eml, and what must be found in them as FOLDER/expected.jsonl, one JSON object in a line. The same
// seed gives the same messages.

#include "randomdraft.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

/// Stands in the path of every attachment, and so must not be found in a message.
constexpr auto FilesFolder = "folder-of-attached-files"_L1;

/// The message as it was written, added to what is expected of it.
QJsonObject write(const property::DraftOnTrial &trial, QFile &output)
{
    QJsonObject expected = trial.expected;
    const auto prepared = PreparedMessage::prepare(trial.draft, trial.stamp, trial.options);
    if (!prepared)
        qFatal("not prepared: %s %s", qPrintable(prepared.error().subject),
               qPrintable(prepared.error().reason));
    const auto written = prepared->write(output);
    if (!written)
        qFatal("not written: %s %s", qPrintable(written.error().subject), qPrintable(written.error().reason));
    expected.insert("announced_size"_L1, prepared->size());
    expected.insert("size"_L1, written->size);
    expected.insert("content"_L1,
                    written->content == WrittenMessage::Content::EightBit ? "8bit"_L1 : "7bit"_L1);
    expected.insert("header"_L1, written->header == WrittenMessage::Header::Utf8 ? "utf8"_L1 : "ascii"_L1);
    return expected;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addOption({ u"seed"_s, {}, u"number"_s, qEnvironmentVariable("POSTRIDER_PROPERTY_SEED", u"1"_s) });
    parser.addOption({ u"usual-count"_s, {}, u"number"_s, u"100"_s });
    parser.addOption({ u"only"_s, {}, u"number"_s });
    parser.addPositionalArgument(u"folder"_s, {});
    parser.process(application);
    if (parser.positionalArguments().size() != 1)
        parser.showHelp(1);

    const QDir folder(parser.positionalArguments().constFirst());
    QDir files(folder.filePath(FilesFolder));
    if (!files.mkpath(u"."_s))
        qFatal("no folder %s", qPrintable(files.path()));
    // What an earlier run has left.
    for (const QString &name : folder.entryList({ u"*.eml"_s }, QDir::Files))
        QFile::remove(folder.filePath(name));
    QFile expectations(folder.filePath(u"expected.jsonl"_s));
    if (!expectations.open(QIODevice::WriteOnly))
        qFatal("%s: %s", qPrintable(expectations.fileName()), qPrintable(expectations.errorString()));

    const QString chosen = parser.value(u"seed"_s);
    const quint32 seed = chosen == "random"_L1 ? QRandomGenerator::global()->generate() : chosen.toUInt();
    QFile seedFile(folder.filePath(u"seed.txt"_s));
    if (!seedFile.open(QIODevice::WriteOnly))
        qFatal("%s: %s", qPrintable(seedFile.fileName()), qPrintable(seedFile.errorString()));
    seedFile.write("seed " + QByteArray::number(seed) + '\n');
    seedFile.close();

    const int listed = property::RandomDraft::listedCount();
    const int all
        = listed + qEnvironmentVariable("POSTRIDER_PROPERTY_COUNT", parser.value(u"usual-count"_s)).toInt();
    for (int number = 0; number < all; ++number) {
        if (parser.isSet(u"only"_s) && parser.value(u"only"_s).toInt() != number)
            continue;
        property::RandomDraft random(seed, static_cast<quint32>(number), files.path());
        const auto trial = random.make(number < listed ? property::Choice::Listed : property::Choice::Chance);
        QFile output(folder.filePath(QString::number(number).rightJustified(5, u'0') + u".eml"_s));
        if (!output.open(QIODevice::WriteOnly))
            qFatal("%s: %s", qPrintable(output.fileName()), qPrintable(output.errorString()));
        QJsonObject expected = write(trial, output);
        expected.insert("file"_L1, output.fileName().section(u'/', -1));
        expectations.write(QJsonDocument(expected).toJson(QJsonDocument::Compact) + '\n');
        for (const Attachment &attachment : trial.draft.attachments)
            QFile::remove(attachment.path);
    }
    files.removeRecursively();
    std::printf("%d messages with the seed %u\n", all, seed);
    return 0;
}
