<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>Words</name>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>in %n minute</numerusform>
            <numerusform>in %n minutes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>in %n hour</numerusform>
            <numerusform>in %n hours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It takes a message for at most %n recipient(s) at a time.</source>
        <translation>
            <numerusform>It takes a message for at most %n recipient at a time.</numerusform>
            <numerusform>It takes a message for at most %n recipients at a time.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Leaves in %n second(s).</source>
        <translation>
            <numerusform>Leaves in %n second.</numerusform>
            <numerusform>Leaves in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::compose::BodyTools</name>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n word</numerusform>
            <numerusform>%n words</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n character</numerusform>
            <numerusform>%n characters</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::compose::ComposeWindow</name>
    <message numerus="yes">
        <source>%n file(s), %1</source>
        <extracomment>Above the list of attachments; %1 is their size together: &quot;2 files, 19.4 MB&quot;.</extracomment>
        <translation>
            <numerusform>%n file, %1</numerusform>
            <numerusform>%n files, %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::compose::FindBar</name>
    <message numerus="yes">
        <source>Replaced %n time(s).</source>
        <translation>
            <numerusform>Replaced %n time.</numerusform>
            <numerusform>Replaced %n times.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::compose::RecipientRows</name>
    <message numerus="yes">
        <source>%n people in To and Cc will see each other&apos;s addresses.</source>
        <translation>
            <numerusform>%n person in To and Cc will see the others&apos; addresses.</numerusform>
            <numerusform>%n people in To and Cc will see each other&apos;s addresses.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::discovery::words</name>
    <message numerus="yes">
        <source>A new account may send %n message(s) in a second.</source>
        <translation>
            <numerusform>A new account may send %n message in a second.</numerusform>
            <numerusform>A new account may send %n messages in a second.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A new account may send %n message(s) a day.</source>
        <translation>
            <numerusform>A new account may send %n message a day.</numerusform>
            <numerusform>A new account may send %n messages a day.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::setup::AccountEditor</name>
    <message numerus="yes">
        <source>%n message(s) wait for it. They stay in the Outbox, but are not sent any more. Its password is forgotten.</source>
        <translation>
            <numerusform>%n message waits for it. It stays in the Outbox, but is not sent any more. Its password is forgotten.</numerusform>
            <numerusform>%n messages wait for it. They stay in the Outbox, but are not sent any more. Its password is forgotten.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::setup::BrowserSignInPanel</name>
    <message numerus="yes">
        <source>Open the address on any device, sign in, and enter the code. It is good for %n minute(s).</source>
        <translation>
            <numerusform>Open the address on any device, sign in, and enter the code. It is good for %n minute.</numerusform>
            <numerusform>Open the address on any device, sign in, and enter the code. It is good for %n minutes.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::widgets::RecipientField</name>
    <message numerus="yes">
        <source>%n address(es). %1</source>
        <extracomment>What a screen reader says of a field with recipients; %1 says what the field is for.</extracomment>
        <translation>
            <numerusform>%n address. %1</numerusform>
            <numerusform>%n addresses. %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) added.</source>
        <translation>
            <numerusform>%n address added.</numerusform>
            <numerusform>%n addresses added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them need(s) a look.</source>
        <translation>
            <numerusform>%n of them needs a look.</numerusform>
            <numerusform>%n of them need a look.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) are in this field already.</source>
        <translation>
            <numerusform>%n address is in this field already.</numerusform>
            <numerusform>%n addresses are in this field already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) removed.</source>
        <translation>
            <numerusform>%n address removed.</numerusform>
            <numerusform>%n addresses removed.</numerusform>
        </translation>
    </message>
</context>
</TS>
