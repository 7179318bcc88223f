// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/reader/blockreader.h"
#include "mime/reader/entity.h"

#include <QIODevice>

#include <memory>
#include <optional>
#include <vector>

namespace postrider::mime {

/// What is known of an entity.
struct EntityNode
{
    HeaderBlock header {};
    QByteArray type {};
    QHash<QByteArray, QString> parameters {};
    TransferEncoding encoding = TransferEncoding::None;
    OctetRange range {};
    OctetRange body {};
    qsizetype end = 0; ///< index behind the last entity within it
};

/// A message: its entities, each before those within it, and the device that has its octets.
struct EntityData
{
    std::unique_ptr<QIODevice> owned {}; ///< when nobody else holds the device
    QIODevice *device = nullptr;
    std::vector<EntityNode> nodes {};
};

/// Finds the entities of a message in one pass over its octets. Used once.
class TreeBuilder
{
public:
    TreeBuilder(QIODevice &device, const ReadLimits &limits);

    [[nodiscard]] base::Expected<Entity, ReadError> build(std::unique_ptr<QIODevice> owned = {});

private:
    using Step = base::Expected<void, ReadError>;

    /// The line that ended a body.
    struct Delimiter
    {
        qsizetype level = -1; ///< of the multipart that it belongs to; -1: there is none, the input ended
        bool isClosing = false;
        qint64 begin = 0; ///< of the line end before it, which belongs to it (RFC 2046 section 5.1.1)
    };

    [[nodiscard]] Step readEntity(const QByteArray &defaultType, HeaderOf owner, int depth);
    [[nodiscard]] Step readHeader(EntityNode &node, HeaderOf owner);
    [[nodiscard]] Step readMultipart(qsizetype index, int depth);
    static void interpret(EntityNode &node, const QByteArray &defaultType);
    [[nodiscard]] bool holdsMessage(const EntityNode &node);
    [[nodiscard]] QByteArray guessedBoundary();
    void noteLineEnd(QByteArrayView header);

    void skipToDelimiter(qint64 lineEnd);
    [[nodiscard]] qsizetype nextDashes(QByteArrayView octets) const;
    [[nodiscard]] std::optional<Delimiter> delimiterAt(QByteArrayView line) const;
    qint64 skipLine();
    [[nodiscard]] Step checked() const;

    QIODevice &m_device;
    ReadLimits m_limits;
    BlockReader m_input;
    std::vector<EntityNode> m_nodes {};
    QList<QByteArray> m_boundaries {}; ///< of the multiparts that are open, the innermost last
    Delimiter m_end {};                ///< of the latest body
    bool m_isAtDelimiter = false;      ///< m_end was met and not gone past
    char m_lineEnd = '\n';             ///< the last octet of each line end
    qint64 m_headers = 0;              ///< octets
};

} // namespace postrider::mime
