// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "delivery/services.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QUuid>

#include <utility>

using namespace Qt::StringLiterals;

namespace postrider::delivery {

namespace {

using Notifications = smtp::StatusNotifications;

QJsonObject toJson(const Notifications &notifications)
{
    return {
        { u"notify"_s, notifications.notify.toInt() },
        { u"returned"_s, static_cast<int>(notifications.returned) },
        { u"envelope_id"_s, QString::fromLatin1(notifications.envelopeId) },
    };
}

Notifications notificationsFrom(const QJsonObject &object)
{
    Notifications notifications;
    notifications.notify = Notifications::Occasions::fromInt(object["notify"_L1].toInt() & 7);
    const int returned = object["returned"_L1].toInt();
    if (returned > 0 && returned <= static_cast<int>(Notifications::Returned::HeadersOnly))
        notifications.returned = static_cast<Notifications::Returned>(returned);
    notifications.envelopeId = object["envelope_id"_L1].toString().toLatin1();
    return notifications;
}

} // namespace

bool Services::isEmpty() const
{
    return !notifications && transportSecurity == smtp::Envelope::TransportSecurity::Opportunistic
        && !futureRelease && !deliverBy && !priority
        && refusedRecipients == RefusedRecipients::AsTheAccountSays;
}

QByteArray makeEnvelopeId()
{
    return QUuid::createUuid().toByteArray(QUuid::Id128);
}

QString toText(const Services &services)
{
    if (services.isEmpty())
        return {};
    QJsonObject object;
    if (services.notifications)
        object.insert("notifications"_L1, toJson(*services.notifications));
    if (services.transportSecurity == smtp::Envelope::TransportSecurity::RequireTls)
        object.insert("require_tls"_L1, true);
    if (services.futureRelease) {
        if (const auto *seconds = std::get_if<std::chrono::seconds>(&*services.futureRelease))
            object.insert("hold_for"_L1, qint64 { seconds->count() });
        else
            object.insert("hold_until"_L1,
                          std::get<QDateTime>(*services.futureRelease).toUTC().toString(Qt::ISODate));
    }
    if (services.deliverBy) {
        object.insert("deliver_by"_L1, qint64 { services.deliverBy->within.count() });
        object.insert("deliver_by_returns"_L1, services.deliverBy->mode == smtp::DeliverBy::Mode::Return);
    }
    if (services.priority)
        object.insert("priority"_L1, *services.priority);
    if (services.refusedRecipients == Services::RefusedRecipients::SendToOthers)
        object.insert("send_to_others"_L1, true);
    return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

Services servicesFromText(const QString &text)
{
    Services services;
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    if (object.contains("notifications"_L1))
        services.notifications = notificationsFrom(object["notifications"_L1].toObject());
    if (object["require_tls"_L1].toBool())
        services.transportSecurity = smtp::Envelope::TransportSecurity::RequireTls;
    if (object.contains("hold_for"_L1))
        services.futureRelease = std::chrono::seconds(object["hold_for"_L1].toInteger());
    else if (object.contains("hold_until"_L1))
        services.futureRelease = QDateTime::fromString(object["hold_until"_L1].toString(), Qt::ISODate);
    if (object.contains("deliver_by"_L1)) {
        services.deliverBy
            = smtp::DeliverBy { .within = std::chrono::seconds(object["deliver_by"_L1].toInteger()),
                                .mode = object["deliver_by_returns"_L1].toBool()
                                    ? smtp::DeliverBy::Mode::Return
                                    : smtp::DeliverBy::Mode::Notify };
    }
    if (object.contains("priority"_L1))
        services.priority = object["priority"_L1].toInt();
    if (object["send_to_others"_L1].toBool())
        services.refusedRecipients = Services::RefusedRecipients::SendToOthers;
    return services;
}

Wishes wishesOf(const smtp::Envelope &envelope)
{
    Wishes wishes;
    wishes.setFlag(Wish::Reports, envelope.notifications.has_value());
    wishes.setFlag(Wish::Priority, envelope.priority.has_value());
    return wishes;
}

Wishes unheardWishes(const smtp::Envelope &envelope, const smtp::Capabilities &capabilities)
{
    Wishes unheard = wishesOf(envelope);
    if (capabilities.has("DSN"))
        unheard.setFlag(Wish::Reports, false);
    if (capabilities.has("MT-PRIORITY"))
        unheard.setFlag(Wish::Priority, false);
    return unheard;
}

void applyTo(smtp::Envelope &envelope, const Services &services)
{
    envelope.notifications = services.notifications;
    envelope.transportSecurity = services.transportSecurity;
    envelope.futureRelease = services.futureRelease;
    envelope.deliverBy = services.deliverBy;
    envelope.priority = services.priority;
}

} // namespace postrider::delivery
