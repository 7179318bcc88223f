// SPDX-License-Identifier: GPL-3.0-or-later
// SPDX-FileCopyrightText: The Postrider developers

#pragma once

#include "base/expected.h"
#include "mime/header/headerwriter.h"
#include "mime/messagewriter.h"
#include "mime/part.h"

namespace postrider::mime {

/// What a draft is made of below its header.
struct Body
{
    Part part;
    QList<WriteNotice> notices {};
};

/// Chooses structure, types and encodings, as PreparedMessage describes it.
[[nodiscard]] base::Expected<Body, WriteError>
buildBody(const Draft &draft, const Stamp &stamp, const WriteOptions &options, HeaderWriter::Charset charset);

} // namespace postrider::mime
