// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#include "mime/reader/draftremarks.h"

#include <algorithm>

namespace postrider::mime {

void DraftRemarks::add(DraftRemark::Kind kind, const QString &subject, const QString &detail)
{
    if (m_remarks.size() == Most)
        return;
    constexpr qsizetype LongestText = 256; // of what may be any octets of a stranger
    const DraftRemark remark { .kind = kind,
                               .subject = subject.left(LongestText),
                               .detail = detail.left(LongestText) };
    const auto isSame = [&remark](const DraftRemark &other) {
        return other.kind == remark.kind && other.detail == remark.detail
            && other.subject.compare(remark.subject, Qt::CaseInsensitive) == 0;
    };
    if (std::any_of(m_remarks.cbegin(), m_remarks.cend(), isSame))
        return;
    if (m_remarks.size() == Most - 1)
        m_remarks.append({ .kind = DraftRemark::Kind::ListShortened });
    else
        m_remarks.append(remark);
}

} // namespace postrider::mime
