// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

// property_gmime FOLDER
//
// Reads every message of the folder with GMime, in the order of the names, and prints each as a line of JSON
// in the form that compare.py describes.

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringDecoder>

#include <array>
#include <cstdio>
#include <gmime/gmime.h>
#include <memory>

using namespace Qt::StringLiterals;

namespace {

struct Unref
{
    void operator()(gpointer object) const { g_object_unref(object); }
};
template <typename T>
using Owned = std::unique_ptr<T, Unref>;

/// Qt's usual ways take U+FEFF in front for a mark of the encoding.
QString text(QByteArrayView octets)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::ConvertInitialBom);
    return decoder.decode(octets);
}

/// GMime leaves them out.
QString withAngles(const char *identifier)
{
    return u'<' + text(identifier) + u'>';
}

/// Quotes of a local part are for the wire; GMime keeps them.
QString withoutQuotes(const QString &local)
{
    if (!local.startsWith(u'"'))
        return local;
    QString result;
    for (qsizetype i = 1; i + 1 < local.size(); ++i) {
        if (local.at(i) == u'\\')
            ++i;
        result += local.at(i);
    }
    return result;
}

QJsonArray people(InternetAddressList *list)
{
    QJsonArray result;
    const int count = list ? internet_address_list_length(list) : 0;
    for (int i = 0; i < count; ++i) {
        InternetAddress *address = internet_address_list_get_address(list, i);
        if (INTERNET_ADDRESS_IS_GROUP(address)) {
            for (const auto &member :
                 people(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address))))
                result.append(member);
            continue;
        }
        const QString whole = text(internet_address_mailbox_get_idn_addr(INTERNET_ADDRESS_MAILBOX(address)));
        const qsizetype at = whole.lastIndexOf(u'@');
        QJsonArray one { text(internet_address_get_name(address)), withoutQuotes(whole.left(at)),
                         whole.sliced(at + 1) };
        result.append(one);
    }
    return result;
}

QJsonArray identifiers(const char *body)
{
    QJsonArray result;
    GMimeReferences *references = g_mime_references_parse(nullptr, body);
    for (int i = 0; i < g_mime_references_length(references); ++i)
        result.append(withAngles(g_mime_references_get_message_id(references, i)));
    g_mime_references_free(references);
    return result;
}

QJsonObject readPart(GMimeObject *part);

/// Fields of any kind: those that are texts by their name; those with people, dates and identifiers where
/// they belong.
QJsonObject readMessage(GMimeMessage *message)
{
    QJsonObject seen;
    const std::array addresses {
        std::pair("from"_L1, g_mime_message_get_from(message)),
        std::pair("sender"_L1, g_mime_message_get_sender(message)),
        std::pair("reply_to"_L1, g_mime_message_get_reply_to(message)),
        std::pair("to"_L1, g_mime_message_get_to(message)),
        std::pair("cc"_L1, g_mime_message_get_cc(message)),
    };
    for (const auto &[key, list] : addresses)
        seen.insert(key, people(list));
    GDateTime *date = g_mime_message_get_date(message);
    char *iso = date ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z") : nullptr;
    seen.insert("date"_L1, text(iso));
    g_free(iso);
    seen.insert("message_id"_L1, withAngles(g_mime_message_get_message_id(message)));
    seen.insert("subject"_L1, text(g_mime_message_get_subject(message)));
    seen.insert("in_reply_to"_L1, QJsonArray());
    seen.insert("references"_L1, QJsonArray());
    seen.insert("receipt_to"_L1, QJsonArray());

    QJsonObject fields;
    GMimeHeaderList *headers = g_mime_object_get_header_list(GMIME_OBJECT(message));
    for (int i = 0; i < g_mime_header_list_get_count(headers); ++i) {
        GMimeHeader *header = g_mime_header_list_get_header_at(headers, i);
        const QString name = text(g_mime_header_get_name(header)).toLower();
        const QStringList known { u"from"_s, u"sender"_s, u"reply-to"_s,   u"to"_s,
                                  u"cc"_s,   u"date"_s,   u"message-id"_s, u"subject"_s };
        if (name == "in-reply-to"_L1 || name == "references"_L1) {
            seen.insert(QString(name).replace(u'-', u'_'), identifiers(g_mime_header_get_raw_value(header)));
        } else if (name == "disposition-notification-to"_L1) {
            const Owned<InternetAddressList> list(
                internet_address_list_parse(nullptr, g_mime_header_get_raw_value(header)));
            seen.insert("receipt_to"_L1, people(list.get()));
        } else if (!known.contains(name) && !name.startsWith("content-"_L1)) {
            fields.insert(name, text(g_mime_header_get_value(header)));
        }
    }
    seen.insert("fields"_L1, fields);
    seen.insert("body"_L1, readPart(g_mime_message_get_mime_part(message)));
    return seen;
}

QByteArray contentOf(GMimePart *part)
{
    const Owned<GMimeStream> stream(g_mime_stream_mem_new());
    if (GMimeDataWrapper *content = g_mime_part_get_content(part))
        g_mime_data_wrapper_write_to_stream(content, stream.get());
    const GByteArray *octets = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
    return QByteArray(reinterpret_cast<const char *>(octets->data), static_cast<qsizetype>(octets->len));
}

QJsonObject readPart(GMimeObject *part)
{
    GMimeContentType *type = g_mime_object_get_content_type(part);
    char *typeName = g_mime_content_type_get_mime_type(type);
    QJsonObject seen { { "type"_L1, text(typeName).toLower() },
                       { "disposition"_L1, text(g_mime_object_get_disposition(part)) },
                       { "description"_L1, text(g_mime_object_get_header(part, "Content-Description")) },
                       { "content_id"_L1, text(g_mime_object_get_content_id(part)) },
                       // Only that of Content-Disposition: the other one is for readers that do not know it.
                       { "name"_L1,
                         text(g_mime_object_get_content_disposition_parameter(part, "filename")) } };
    g_free(typeName);
    QJsonObject parameters;
    for (const char *name : { "charset", "format", "delsp", "type", "method" }) {
        if (const char *value = g_mime_content_type_get_parameter(type, name))
            parameters.insert(QString::fromLatin1(name), text(value));
    }
    seen.insert("parameters"_L1, parameters);

    if (GMIME_IS_MULTIPART(part)) {
        QJsonArray children;
        for (int i = 0; i < g_mime_multipart_get_count(GMIME_MULTIPART(part)); ++i)
            children.append(readPart(g_mime_multipart_get_part(GMIME_MULTIPART(part), i)));
        seen.insert("children"_L1, children);
    } else if (GMIME_IS_MESSAGE_PART(part)) {
        if (GMimeMessage *message = g_mime_message_part_get_message(GMIME_MESSAGE_PART(part)))
            seen.insert("message"_L1, readMessage(message));
    } else if (GMIME_IS_PART(part)) {
        const QByteArray octets = contentOf(GMIME_PART(part));
        seen.insert("size"_L1, octets.size());
        seen.insert(
            "sha256"_L1,
            QString::fromLatin1(QCryptographicHash::hash(octets, QCryptographicHash::Sha256).toHex()));
        if (GMIME_IS_TEXT_PART(part) && seen.value("name"_L1).toString().isEmpty())
            seen.insert("text"_L1, text(octets));
    }
    return seen;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 2)
        return 64;
    g_mime_init();
    const QDir folder(QFile::decodeName(argv[1]));
    for (const QString &name : folder.entryList({ u"*.eml"_s }, QDir::Files, QDir::Name)) {
        const QByteArray path = QFile::encodeName(folder.filePath(name));
        const Owned<GMimeStream> stream(g_mime_stream_file_open(path.constData(), "rb", nullptr));
        if (!stream)
            qFatal("cannot read %s", path.constData());
        const Owned<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
        const Owned<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
        if (!message)
            qFatal("no message in %s", path.constData());
        const QByteArray line
            = QJsonDocument(readMessage(message.get())).toJson(QJsonDocument::Compact) + '\n';
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stdout);
    }
    g_mime_shutdown();
    return 0;
}
