// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "hardtext.h"
#include "mime/messagewriter.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QList>
#include <QRandomGenerator>
#include <QString>

namespace property {

/// A message to be written, and what every reader must find in it.
struct DraftOnTrial
{
    postrider::mime::Draft draft {};
    postrider::mime::Stamp stamp {};
    postrider::mime::WriteOptions options {};
    QJsonObject expected {}; ///< the keys are those that compare.py reads
};

/// Whether a draft is one of chance, or one of the cases that have to be in every run.
enum class Choice { Chance, Listed };

/**
 * Makes drafts that are hard to write: all scripts, what mail programs stumble over in names, texts and
 * files, and all combinations of forms and fields. The same seed and number give the same draft.
 *
 * Attached files are made in the folder, whose name must not come up in any message. What is expected is put
 * down as it was given, not as our writer would change it: compare.py has the rules for that, and does not
 * share them.
 */
class RandomDraft
{
public:
    Q_DISABLE_COPY_MOVE(RandomDraft)
    RandomDraft(quint32 seed, quint32 number, QString folder);
    ~RandomDraft() = default;

    /// How many cases there are that have to be in every run.
    [[nodiscard]] static int listedCount();

    /// Listed: the case with this object's number, which is less than listedCount().
    [[nodiscard]] DraftOnTrial make(Choice choice);

private:
    using Case = void (RandomDraft::*)();

    struct ListedCase
    {
        const char *name = nullptr;
        Case fill = nullptr;
    };
    static const QList<ListedCase> &listedCases();

    /// The person as readers must show it, the domain as it is on the wire.
    [[nodiscard]] static QJsonArray shownAs(const postrider::mime::Mailbox &mailbox, const QString &domain);

    void manyRecipients();
    void hugeAttachment();
    void emptyFiles();
    void longLines();
    void longLineInOtherScripts();
    void controlsOnly();
    void carriageReturnsOnly();
    void nothingAtAll();
    void boundaryInside();
    void longFileNames();
    void manyPictures();
    void manyAttachments();
    void messagesWithinMessages();
    void largeText();
    void largeMessage();
    void longWords();
    void everyField();

    void chance();
    void startDraft();
    void addPeople();
    void addFields();
    void addText();
    void addHtml();
    void addCalendar();
    void addFiles();
    void chooseOptions();
    void expectFields();
    void expectAuthor(const QString &domain);
    void addPicture();

    [[nodiscard]] QByteArray messageId();
    [[nodiscard]] QString token(const QString &kind); ///< a word that stands nowhere else

    /// A mailbox; its address goes into `shown` with the domain as it must be on the wire.
    [[nodiscard]] postrider::mime::Mailbox mailbox(QJsonArray &shown);
    /// A mailbox for blind copies, whose address must come up nowhere.
    [[nodiscard]] postrider::mime::Mailbox secretMailbox();
    /// Makes the file; returns what is expected of it.
    QJsonObject attach(const QByteArray &octets, postrider::mime::Attachment attachment);
    /// Attaches another message of chance as a file.
    void attachMessage(int depth);
    void expectAttachment(const QJsonObject &expected);

    QRandomGenerator m_random;
    HardText m_text { m_random };
    quint32 m_seed;
    quint32 m_number;
    QString m_folder;
    int m_tokenCount = 0;
    int m_fileCount = 0;
    int m_depth = 0; ///< how many messages this one is to be attached to
    DraftOnTrial m_trial {};
    QJsonArray m_attachments {};
    QJsonArray m_secrets {};
};

} // namespace property
