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
</TS>
