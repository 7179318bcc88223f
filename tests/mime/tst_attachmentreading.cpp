// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/messagewriter.h"

#include <QFile>
#include <QIODevice>
#include <QTemporaryDir>
#include <QtTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace postrider::mime;

namespace {

constexpr qsizetype MiB = 1024 * 1024;

Stamp fixedStamp()
{
    return {
        .messageId = "<reading@example.org>",
        .date = QDateTime(QDate(2026, 11, 21), QTime(17, 41, 47), Qt::UTC),
        .boundary = "=_00112233445566778899aabbccddeeff",
    };
}

/// Takes everything in order, as a pipe does.
class Pipe : public QIODevice
{
public:
    Pipe() { open(QIODevice::WriteOnly | QIODevice::Unbuffered); }
    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] const QByteArray &octets() const { return m_octets; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_octets.append(data, size);
        return size;
    }

private:
    QByteArray m_octets {};
};

/// Octets that this program read so far from files of any kind, as the kernel counts them; nothing where it
/// does not.
std::optional<qint64> octetsRead()
{
    QFile account(u"/proc/self/io"_s);
    if (!account.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return std::nullopt;
    const QByteArray text = account.read(4096);
    const qsizetype begin = text.indexOf("rchar: ");
    if (begin < 0)
        return std::nullopt;
    return text.sliced(begin + 7, text.indexOf('\n', begin) - begin - 7).toLongLong();
}

QByteArray decoded(const QByteArray &message)
{
    const qsizetype part = message.indexOf("Content-Transfer-Encoding: base64");
    const qsizetype begin = message.indexOf("\r\n\r\n", part) + 4;
    return QByteArray::fromBase64(message.sliced(begin, message.indexOf("\r\n--=_", begin) - begin));
}

} // namespace

class TestAttachmentReading : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void octets_areReadOnce_data();
    void octets_areReadOnce();
    void textTooLargeToKeep_isToldFromItsBeginning_data();
    void textTooLargeToKeep_isToldFromItsBeginning();
    void messageTooLargeToKeep_goesAlongAsFile();
    void secondWriting_givesTheSame();

private:
    [[nodiscard]] Draft withFile(const QString &name, const QByteArray &octets, const QByteArray &type = {});

    QTemporaryDir m_folder {};
};

Draft TestAttachmentReading::withFile(const QString &name, const QByteArray &octets, const QByteArray &type)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(octets) != octets.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return {
        .from = { .localPart = u"ann"_s, .domain = u"example.org"_s },
        .to = { { .localPart = u"bob"_s, .domain = u"example.net"_s } },
        .subject = u"Files"_s,
        .text = u"Here they are"_s,
        .attachments = { { .path = file.fileName(), .type = type } },
    };
}

void TestAttachmentReading::octets_areReadOnce_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("type");

    const QByteArray binary = QByteArray::fromHex("00ff01fe80").repeated(MiB);
    const QByteArray line = "Zeile für Zeile\r\n"_ba;
    const QByteArray mail = "Subject: x\r\n\r\n" + "line of text\r\n"_ba.repeated(100'000);
    QTest::newRow("small") << u"a.bin"_s << binary.first(10) << QByteArray();
    QTest::newRow("of a type that is told") << u"a.bin"_s << binary << "application/x-any"_ba;
    QTest::newRow("of a type that is looked for") << u"b"_s << binary << QByteArray();
    QTest::newRow("text") << u"a.txt"_s << line.repeated(20'000) << QByteArray();
    QTest::newRow("text over 1 MiB") << u"b.txt"_s << line.repeated(200'000) << QByteArray();
    QTest::newRow("text over 16 MiB") << u"c.txt"_s << line.repeated(MiB) << QByteArray();
    QTest::newRow("text in no charset") << u"d.txt"_s << QByteArray(3 * MiB, '\xFF') << "text/plain"_ba;
    QTest::newRow("message") << u"a.eml"_s << mail << QByteArray();
    QTest::newRow("message in 8 bits")
        << u"b.eml"_s << QByteArray("Subject: x\r\n\r\n" + line.repeated(90'000)) << QByteArray();
    QTest::newRow("message that goes as a file")
        << u"c.eml"_s << QByteArray("Subject: x\r\n\r\n" + QByteArray(2 * MiB, 'x')) << QByteArray();
    QTest::newRow("message over 16 MiB") << u"d.eml"_s << mail.repeated(14) << QByteArray();
}

void TestAttachmentReading::octets_areReadOnce()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, octets);
    QFETCH(const QByteArray, type);
    const Draft draft = withFile(name, octets, type);
    if (!octetsRead())
        QSKIP("this kernel does not count what a program reads");
    Pipe first; // what is needed once for the program is read now, such as the database of types
    QVERIFY(writeMessage(draft, fixedStamp(), first));

    constexpr qint64 Account = 512; // octets of the kernel's account itself
    const qint64 before = octetsRead().value();
    Pipe second;
    QVERIFY(writeMessage(draft, fixedStamp(), second));
    const qint64 count = octetsRead().value() - before;
    QVERIFY2(count >= octets.size() && count < octets.size() + Account,
             qPrintable(u"%1 octets read of %2"_s.arg(count).arg(octets.size())));
    QCOMPARE(second.octets(), first.octets());
}

void TestAttachmentReading::textTooLargeToKeep_isToldFromItsBeginning_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::addColumn<QByteArray>("type");

    const QByteArray ascii(17 * MiB, 'x');
    QTest::newRow("ASCII") << ascii << "text/plain; charset=utf-8"_ba;
    QTest::newRow("UTF-8") << QByteArray("ü" + ascii) << "text/plain; charset=utf-8"_ba;
    // The beginning ends within a character, wherever it ends.
    QTest::newRow("UTF-8 only") << QByteArray("ü"_ba.repeated(9 * MiB)) << "text/plain; charset=utf-8"_ba;
    QTest::newRow("UTF-8 only, shifted")
        << QByteArray("x" + "ü"_ba.repeated(9 * MiB)) << "text/plain; charset=utf-8"_ba;
    QTest::newRow("another charset") << QByteArray("\xFC" + ascii) << "application/octet-stream"_ba;
    QTest::newRow("NUL") << QByteArray('\0' + ascii) << "application/octet-stream"_ba;
}

void TestAttachmentReading::textTooLargeToKeep_isToldFromItsBeginning()
{
    QFETCH(const QByteArray, octets);
    QFETCH(const QByteArray, type);
    Pipe output;
    QVERIFY(writeMessage(withFile(u"a.txt"_s, octets, "text/plain"), fixedStamp(), output));
    QVERIFY(output.octets().contains(QByteArray("\r\nContent-Type: " + type + "; name=\"a.txt\"\r\n")));
    QVERIFY(decoded(output.octets()) == octets);
}

void TestAttachmentReading::messageTooLargeToKeep_goesAlongAsFile()
{
    const QByteArray mail = "Subject: x\r\n\r\n" + "line of text\r\n"_ba.repeated(1'300'000);
    const Draft draft = withFile(u"a.eml"_s, mail);
    Pipe output;
    const auto written = writeMessage(draft, fixedStamp(), output);
    QVERIFY(written);
    const QList<WriteNotice> expected { { .kind = WriteNotice::Kind::MessageSentAsFile,
                                          .subject = draft.attachments.first().path } };
    QVERIFY(written->notices == expected);
    QVERIFY(output.octets().contains("\r\nContent-Type: application/octet-stream; name=\"a.eml\"\r\n"));
    QVERIFY(decoded(output.octets()) == mail);
}

void TestAttachmentReading::secondWriting_givesTheSame()
{
    const QByteArray octets = "text\n"_ba.repeated(100'000);
    const auto message = PreparedMessage::prepare(withFile(u"a.txt"_s, octets), fixedStamp());
    QVERIFY(message);
    Pipe first;
    Pipe second;
    QVERIFY(message->write(first) && message->write(second));
    QVERIFY(first.octets() == second.octets());
    QCOMPARE(message->size(), qint64(first.octets().size()));
    QVERIFY(decoded(first.octets()) == octets);
}

QTEST_GUILESS_MAIN(TestAttachmentReading)
#include "tst_attachmentreading.moc"
