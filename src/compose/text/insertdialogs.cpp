// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "compose/text/insertdialogs.h"

#include "compose/ui_emojidialog.h"
#include "compose/ui_htmldialog.h"
#include "compose/ui_linkdialog.h"
#include "compose/ui_tabledialog.h"

#include "mime/html/htmlcleaner.h"

#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStandardItemModel>

#include <array>
#include <unicode/uchar.h>

using namespace Qt::StringLiterals;

namespace postrider::compose {

namespace {

QPushButton *addInsertButton(QDialogButtonBox &box)
{
    QPushButton *button = box.addButton(QDialog::tr("&Insert"), QDialogButtonBox::AcceptRole);
    button->setDefault(true);
    return button;
}

/// "smiling face with sunglasses", as Unicode names it.
QString nameOf(char32_t character)
{
    std::array<char, 128> name {};
    UErrorCode status = U_ZERO_ERROR;
    u_charName(static_cast<UChar32>(character), U_EXTENDED_CHAR_NAME, name.data(),
               static_cast<int32_t>(name.size()), &status);
    return U_SUCCESS(status) ? QString::fromLatin1(name.data()).toLower() : QString();
}

struct Range
{
    char32_t first;
    char32_t last;
};

/// What people put into mails: faces, hands, hearts, weather, food, travel, things.
constexpr Range EmojiRanges[]
    = { { 0x1F600, 0x1F64F }, { 0x1F910, 0x1F92F }, { 0x1F44A, 0x1F450 }, { 0x1F493, 0x1F49F },
        { 0x1F4A1, 0x1F4AF }, { 0x1F380, 0x1F393 }, { 0x1F300, 0x1F320 }, { 0x1F330, 0x1F37C },
        { 0x1F680, 0x1F6A4 }, { 0x1F3C0, 0x1F3C6 }, { 0x1F4C5, 0x1F4CE }, { 0x1F331, 0x1F343 },
        { 0x1F400, 0x1F43E }, { 0x2600, 0x2604 },   { 0x2705, 0x2705 },   { 0x2728, 0x2728 },
        { 0x274C, 0x274C },   { 0x2764, 0x2764 } };

QStandardItemModel *emojiModel(QObject *parent)
{
    auto *model = new QStandardItemModel(parent);
    for (const Range &range : EmojiRanges) {
        for (char32_t character = range.first; character <= range.last; ++character) {
            const QString name = nameOf(character);
            auto *item = new QStandardItem(QString::fromUcs4(&character, 1));
            item->setToolTip(name);
            item->setData(name, Qt::AccessibleTextRole);
            model->appendRow(item);
        }
    }
    return model;
}

} // namespace

LinkDialog::LinkDialog(const QString &text, const QString &address, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::LinkDialog>())
{
    m_ui->setupUi(this);
    m_ui->textEdit->setText(text);
    m_ui->addressEdit->setText(address);
    m_insert = addInsertButton(*m_ui->buttonBox);
    if (!address.isEmpty()) {
        m_insert->setText(tr("C&hange"));
        const QPushButton *remove
            = m_ui->buttonBox->addButton(tr("&Remove link"), QDialogButtonBox::DestructiveRole);
        connect(remove, &QPushButton::clicked, this, [this, text] {
            Q_EMIT chosen(text, {});
            reject();
        });
    }
    connect(m_ui->textEdit, &QLineEdit::textChanged, this, &LinkDialog::look);
    connect(m_ui->addressEdit, &QLineEdit::textChanged, this, &LinkDialog::look);
    connect(this, &QDialog::accepted, this, [this] {
        const QString shown = m_ui->textEdit->text();
        Q_EMIT chosen(shown.isEmpty() ? m_ui->addressEdit->text().trimmed() : shown, this->address());
    });
    if (!text.isEmpty())
        m_ui->addressEdit->setFocus();
    look();
}

LinkDialog::~LinkDialog() = default;

/// People type "example.org" and "ann@example.org", and mean the scheme.
QString LinkDialog::address() const
{
    const QString typed = m_ui->addressEdit->text().trimmed();
    if (typed.contains(u' ') || typed.isEmpty())
        return {};
    if (const QString link = mime::cleanLink(typed); !link.isEmpty())
        return link;
    if (typed.contains(u':') && !typed.contains(u'.'))
        return {};
    if (typed.contains(u'@'))
        return mime::cleanLink(QString("mailto:"_L1 + typed));
    return typed.contains(u'.') && !typed.contains("://"_L1) && !typed.contains(u':')
        ? mime::cleanLink(QString("https://"_L1 + typed))
        : QString();
}

void LinkDialog::look()
{
    m_insert->setEnabled(!address().isEmpty());
}

TableDialog::TableDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::TableDialog>())
{
    m_ui->setupUi(this);
    addInsertButton(*m_ui->buttonBox);
    connect(this, &QDialog::accepted, this,
            [this] { Q_EMIT chosen(m_ui->rowsSpinBox->value(), m_ui->columnsSpinBox->value()); });
}

TableDialog::~TableDialog() = default;

HtmlDialog::HtmlDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::HtmlDialog>())
{
    m_ui->setupUi(this);
    addInsertButton(*m_ui->buttonBox);
    connect(this, &QDialog::accepted, this, [this] { Q_EMIT chosen(m_ui->htmlEdit->toPlainText()); });
}

HtmlDialog::~HtmlDialog() = default;

EmojiDialog::EmojiDialog(QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::EmojiDialog>())
    , m_found(new QSortFilterProxyModel(this))
{
    m_ui->setupUi(this);
    QFont large = m_ui->emojiView->font();
    large.setPointSizeF(large.pointSizeF() * 2);
    m_ui->emojiView->setFont(large);
    const int side = QFontMetrics(large).height() * 3 / 2;
    m_ui->emojiView->setGridSize({ side, side });
    m_ui->emojiView->setMinimumSize(side * 8, side * 4);
    m_found->setSourceModel(emojiModel(this));
    m_found->setFilterRole(Qt::AccessibleTextRole);
    m_ui->emojiView->setModel(m_found);
    m_ui->emojiView->setCurrentIndex(m_found->index(0, 0));
    addInsertButton(*m_ui->buttonBox);
    connect(m_ui->searchEdit, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_found->setFilterFixedString(text.trimmed().toLower());
        m_ui->emojiView->setCurrentIndex(m_found->index(0, 0));
    });
    connect(m_ui->emojiView, &QListView::activated, this, &QDialog::accept);
    connect(this, &QDialog::accepted, this, [this] {
        if (const QModelIndex index = m_ui->emojiView->currentIndex(); index.isValid())
            Q_EMIT chosen(index.data().toString());
    });
}

EmojiDialog::~EmojiDialog() = default;

} // namespace postrider::compose
