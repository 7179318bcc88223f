// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "accounts/import/importer.h"

#include <QByteArray>
#include <QList>
#include <QString>

/// One reader for each program. What it cannot make sense of it leaves out.
namespace postrider::accounts {

[[nodiscard]] QList<FoundAccount> thunderbirdAccounts(const ImportPlaces &places);
[[nodiscard]] QList<FoundAccount> kmailAccounts(const ImportPlaces &places);
[[nodiscard]] QList<FoundAccount> evolutionAccounts(const ImportPlaces &places);
[[nodiscard]] QList<FoundAccount> gearyAccounts(const ImportPlaces &places);
[[nodiscard]] QList<FoundAccount> clawsAccounts(const ImportPlaces &places);
[[nodiscard]] QList<FoundAccount> msmtpAccounts(const ImportPlaces &places);

/// prefs.js; the folder of the profile is where its files lie.
[[nodiscard]] QList<FoundAccount> readThunderbird(const QByteArray &prefs, const QString &profileFolder);
/// mailtransports and emailidentities.
[[nodiscard]] QList<FoundAccount> readKMail(const QByteArray &transports, const QByteArray &identities);
/// All *.source files of a folder; signatures lie beside it.
[[nodiscard]] QList<FoundAccount> readEvolution(const QString &sourcesFolder);
[[nodiscard]] QList<FoundAccount> readGeary(const QByteArray &ini);
/// accountrc of Claws Mail or Sylpheed.
[[nodiscard]] QList<FoundAccount> readClaws(const QByteArray &accountrc, FoundAccount::Program program);
[[nodiscard]] QList<FoundAccount> readMsmtp(const QByteArray &msmtprc, const QString &home);
/// A configuration profile (.mobileconfig), signed or not.
[[nodiscard]] base::Expected<QList<FoundAccount>, ImportError> readMobileConfig(const QByteArray &octets);

} // namespace postrider::accounts
