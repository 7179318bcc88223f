// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "mime/address/mailbox.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace postrider::mime {

/// Something about a valid address that a person should look at once more. Never a reason to refuse it.
struct AddressHint
{
    enum class Kind {
        DomainTypo,            ///< "gmial.com"; suggestion is the domain that was probably meant
        SingleLabelDomain,     ///< "ann@gmail": no mail on the open Internet goes to such a domain
        AddressLiteral,        ///< "ann@[192.0.2.1]": many servers refuse it
        MixedScripts,          ///< letters of scripts that no language uses together in one label
        LooksLikeOtherDomain,  ///< letters of one script that imitate Latin; suggestion is what it looks like
        NameShowsOtherAddress, ///< `"boss@example.org" <other@example.net>`
    };
    Kind kind = Kind::DomainTypo;
    QString suggestion {};

    friend bool operator==(const AddressHint &, const AddressHint &) = default;
};

/// What there is to say about the address, at most one hint of each kind.
[[nodiscard]] QList<AddressHint> hintsFor(const Mailbox &mailbox);

/// The well-known mail domain that was meant, by a small number of typing mistakes; empty when there is none,
/// and always for a domain that is well known itself. The domain is in ASCII and lower case.
[[nodiscard]] QString likelyDomain(const QString &domain);
/// The same among the domains that a caller knows.
[[nodiscard]] QString likelyDomain(const QString &domain, const QStringList &known);

} // namespace postrider::mime
