// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/entity.h"

#include "mime/encoding/charset.h"
#include "mime/encoding/flowedtext.h"
#include "mime/reader/contentfields.h"
#include "mime/reader/transferdecoder.h"
#include "mime/reader/treebuilder.h"

#include <QBuffer>

#include <algorithm>
#include <utility>

namespace postrider::mime {

using namespace Qt::StringLiterals;
using base::Expected;
using base::Unexpected;

namespace {

constexpr qint64 BlockSize = 64 * 1024;
constexpr qsizetype CharsetSearch = 1024; // octets of HTML, as in the standard of HTML

/// Any line ends become LF.
QString withPlainLineEnds(QString text)
{
    if (!text.contains(u'\r'))
        return text;
    text.replace(u"\r\n"_s, u"\n"_s);
    text.replace(u'\r', u'\n');
    return text;
}

/// Joined piece by piece, each up to the end of a paragraph, so that memory is that of the text.
QString unflowed(QStringView text, FlowedText::DelSp delSp)
{
    constexpr qsizetype PieceSize = 64 * 1024;
    QString result;
    result.reserve(text.size());
    while (!text.isEmpty()) {
        qsizetype end = std::min(PieceSize, text.size());
        while (end < text.size() && (text.at(end - 1) != u'\n' || text.at(end - 2) == u' '))
            ++end;
        result += toPlainText(fromFlowed(text.first(end), delSp));
        text = text.sliced(end);
    }
    return result;
}

/// What an HTML document says about itself.
QByteArray charsetOfHtml(const QByteArray &octets)
{
    const QByteArray start = octets.first(std::min(octets.size(), CharsetSearch)).toLower();
    constexpr QByteArrayView Key = "charset=";
    const qsizetype at = start.indexOf(Key);
    if (at < 0)
        return {};
    QByteArray name;
    for (const char octet : QByteArrayView(start).sliced(at + Key.size())) {
        if (octet == '"' || octet == '\'') {
            if (!name.isEmpty())
                break;
        } else if (QByteArrayView(" \t\r\n;/>").contains(octet)) {
            break;
        } else {
            name += octet;
        }
    }
    return name;
}

/// Collects octets in memory up to a limit.
class BoundedBuffer : public QIODevice
{
public:
    explicit BoundedBuffer(qint64 most)
        : m_most(most)
    {
        open(QIODevice::WriteOnly);
    }
    Q_DISABLE_COPY_MOVE(BoundedBuffer)
    ~BoundedBuffer() override = default;

    [[nodiscard]] bool isFull() const { return m_isFull; }
    [[nodiscard]] QByteArray &octets() { return m_octets; }

protected:
    qint64 readData(char *, qint64) override { return -1; }
    qint64 writeData(const char *data, qint64 size) override
    {
        m_isFull = m_octets.size() + size > m_most;
        if (m_isFull)
            return -1;
        m_octets.append(data, size);
        return size;
    }

private:
    QByteArray m_octets {};
    qint64 m_most;
    bool m_isFull = false;
};

} // namespace

Entity::Entity(std::shared_ptr<const EntityData> data, qsizetype index)
    : d(std::move(data))
    , m_index(index)
{ }

const EntityNode &Entity::node() const
{
    return d->nodes[static_cast<size_t>(m_index)];
}

const HeaderBlock &Entity::header() const
{
    return node().header;
}

const QByteArray &Entity::type() const
{
    return node().type;
}

const QHash<QByteArray, QString> &Entity::parameters() const
{
    return node().parameters;
}

TransferEncoding Entity::encoding() const
{
    const bool isLeaf = node().end == m_index + 1 && !isMultipart();
    return isLeaf ? node().encoding : TransferEncoding::None;
}

Disposition Entity::disposition() const
{
    return dispositionOf(header());
}

QString Entity::fileName() const
{
    const QString name = dispositionFileName(header());
    return name.isEmpty() ? parameter("name"_ba) : name;
}

QString Entity::contentId() const
{
    return contentIdOf(header());
}

bool Entity::isMultipart() const
{
    return type().startsWith("multipart/");
}

bool Entity::isMessage() const
{
    return type() == "message/rfc822" || type() == "message/global" || type() == "message/news";
}

QList<Entity> Entity::children() const
{
    QList<Entity> children;
    for (qsizetype i = m_index + 1; i < node().end; i = children.constLast().node().end)
        children.append(Entity(d, i));
    return children;
}

QList<Entity> Entity::all() const
{
    QList<Entity> entities;
    for (qsizetype i = m_index; i < node().end; ++i)
        entities.append(Entity(d, i));
    return entities;
}

QList<Entity> Entity::ownParts() const
{
    QList<Entity> entities;
    for (qsizetype i = m_index; i < node().end;) {
        const Entity entity(d, i);
        const bool isAttachedMessage = i > m_index && entity.isMessage();
        entities.append(entity);
        i = isAttachedMessage ? entity.node().end : i + 1;
    }
    return entities;
}

OctetRange Entity::range() const
{
    return node().range;
}

OctetRange Entity::bodyRange() const
{
    return node().body;
}

Expected<DecodedBody, ReadError> Entity::decodedTo(QIODevice &output) const
{
    QIODevice &device = *d->device;
    const auto readFailed = [&device] {
        return Unexpected(ReadError { .kind = ReadError::Kind::ReadFailed, .reason = device.errorString() });
    };
    const OctetRange body = bodyRange();
    if (!device.seek(body.begin))
        return readFailed();

    TransferDecoder decoder(encoding());
    QByteArray block(std::min(BlockSize, std::max<qint64>(body.size(), 1)), Qt::Uninitialized);
    DecodedBody decoded;
    const auto write = [&](QByteArrayView octets) {
        decoded.size += octets.size();
        return octets.isEmpty() || output.write(octets.data(), octets.size()) == octets.size();
    };
    bool isWritten = true;
    for (qint64 left = body.size(); left > 0 && isWritten;) {
        const qint64 count = device.read(block.data(), std::min<qint64>(left, block.size()));
        if (count <= 0)
            return readFailed();
        left -= count;
        isWritten = write(decoder.decode(QByteArrayView(block).first(count)));
    }
    if (!isWritten || !write(decoder.finish()))
        return Unexpected(
            ReadError { .kind = ReadError::Kind::OutputFailed, .reason = output.errorString() });
    if (decoder.isDamaged())
        decoded.state = DecodedBody::State::Damaged;
    return decoded;
}

Expected<QByteArray, ReadError> Entity::decoded(qint64 most) const
{
    BoundedBuffer buffer(most);
    if (const auto decoded = decodedTo(buffer); !decoded) {
        if (buffer.isFull())
            return Unexpected(ReadError { .kind = ReadError::Kind::TextTooLarge });
        return Unexpected(decoded.error());
    }
    return std::move(buffer.octets());
}

Expected<QString, ReadError> Entity::text(qint64 most) const
{
    auto octets = decoded(most);
    if (!octets)
        return Unexpected(octets.error());
    QByteArray charset = parameter("charset"_ba).toLatin1();
    if (charset.isEmpty() && type() == "text/html")
        charset = charsetOfHtml(*octets);
    // What was a signature for whom nothing else says the charset is a character for others.
    const bool isSigned = charset.isEmpty() && octets->startsWith("\xEF\xBB\xBF");
    QString text = withPlainLineEnds(readCharset(isSigned ? octets->sliced(3) : *octets, charset));
    const bool isFlowed = type() == "text/plain"
        && parameter("format"_ba).trimmed().compare(u"flowed", Qt::CaseInsensitive) == 0;
    if (!isFlowed)
        return text;
    const bool isDelSp = parameter("delsp"_ba).trimmed().compare(u"yes", Qt::CaseInsensitive) == 0;
    return unflowed(text, isDelSp ? FlowedText::DelSp::Yes : FlowedText::DelSp::No);
}

Expected<Entity, ReadError> readMessage(QIODevice &input, const ReadLimits &limits)
{
    return TreeBuilder(input, limits).build();
}

Expected<Entity, ReadError> readMessage(const QByteArray &octets, const ReadLimits &limits)
{
    auto buffer = std::make_unique<QBuffer>();
    buffer->setData(octets);
    buffer->open(QIODevice::ReadOnly);
    QBuffer &input = *buffer;
    return TreeBuilder(input, limits).build(std::move(buffer));
}

} // namespace postrider::mime
