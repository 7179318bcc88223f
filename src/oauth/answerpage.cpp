// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "oauth/answerpage.h"

#include <QCoreApplication>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace postrider::oauth {

namespace {

/// The context of these words for translators.
struct Page
{
    Q_DECLARE_TR_FUNCTIONS(postrider::oauth::Page)
};

} // namespace

QByteArray answerPage(AnswerPage page, const QString &provider)
{
    const bool isSignedIn = page == AnswerPage::SignedIn;
    const QString title = isSignedIn ? Page::tr("Postrider has the answer of %1").arg(provider)
                                     : Page::tr("Postrider was not signed in at %1").arg(provider);
    const QString text = isSignedIn
        ? Page::tr("You can close this page and go back to Postrider.")
        : Page::tr("Nothing was changed. Postrider says why, and lets you try again.");
    const QString direction = QLocale().textDirection() == Qt::RightToLeft ? u"rtl"_s : u"ltr"_s;
    return u"<!DOCTYPE html>\n<html lang=\"%1\" dir=\"%2\">\n<head><meta "
           u"charset=\"utf-8\"><title>%3</title></head>\n"
           "<body>\n<h1>%3</h1>\n<p>%4</p>\n</body>\n</html>\n"_s
               .arg(QLocale().bcp47Name(), direction, title.toHtmlEscaped(), text.toHtmlEscaped())
               .toUtf8();
}

} // namespace postrider::oauth
