// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/draft.h"
#include "mime/reader/draftremarks.h"
#include "mime/reader/entity.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace postrider::mime {

/// What becomes a file of a draft: a part, or a picture that stood in the HTML itself.
struct DraftFile
{
    enum class Reason { IsFile, TextTooLarge };

    std::optional<Entity> entity {};
    QByteArray type {};   ///< without an entity
    QByteArray octets {}; ///< likewise
    QString contentId {}; ///< not empty: the HTML shows it under this name
    Reason reason = Reason::IsFile;
};

/// The body of a message as a draft has it.
struct DraftBody
{
    QString text {};
    QString html {}; ///< cleaned, without <body>
    Calendar calendar {};
    QList<DraftFile> files {};
};

/// Decides what of a message is its text and what goes along with it.
[[nodiscard]] base::Expected<DraftBody, ReadError> readDraftBody(const Entity &message,
                                                                 DraftRemarks &remarks);

} // namespace postrider::mime
