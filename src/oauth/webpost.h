// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "oauth/provider.h"
#include "oauth/tokenanswer.h"

#include <QList>
#include <QNetworkAccessManager>
#include <QObject>

#include <chrono>
#include <functional>
#include <utility>

class QNetworkReply;

namespace postrider::oauth {

/// Fields of a form, in their order.
using Form = QList<std::pair<QByteArray, QByteArray>>;

/// The form as application/x-www-form-urlencoded; also the query of an address.
[[nodiscard]] QByteArray toFormUrlEncoded(const Form &form);

/**
 * Sends one form to one of a client's endpoints and brings back the answer.
 *
 * Only over https, or http to this computer. Follows no redirect, keeps and sends no cookie, knows no cache,
 * and goes through no proxy on this computer. An answer of more octets than LargestAnswer is none.
 *
 * post() once; it answers later, never from within. Whoever destroys the object in the answer does so with
 * deleteLater(). Destroying it earlier gives up at once, without an answer. Belongs to one thread with an
 * event loop.
 */
class WebPost final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype LargestAnswer = 64 * 1024; ///< octets
    /// For the whole exchange.
    static constexpr std::chrono::milliseconds UsualLimit = std::chrono::seconds { 30 };

    explicit WebPost(const Client &client, QObject *parent = nullptr);
    ~WebPost() override;
    Q_DISABLE_COPY_MOVE(WebPost)

    void post(const QUrl &endpoint, const Form &form, std::chrono::milliseconds limit,
              std::function<void(const WebAnswer &)> answer);

private:
    void finish(const WebAnswer &answer);

    QString m_caFile;
    QNetworkAccessManager m_network {};
    QNetworkReply *m_reply = nullptr;
    std::function<void(const WebAnswer &)> m_answer {};
    QByteArray m_body {};
};

} // namespace postrider::oauth
