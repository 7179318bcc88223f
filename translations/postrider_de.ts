<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context>
    <name>QDialog</name>
    <message>
        <source>&amp;Insert</source>
        <translation>&amp;Einfügen</translation>
    </message>
</context>
<context>
    <name>Words</name>
    <message>
        <source>The server</source>
        <translation>Der Server</translation>
    </message>
    <message>
        <source>in less than a minute</source>
        <translation>in weniger als einer Minute</translation>
    </message>
    <message numerus="yes">
        <source>in %n minute(s)</source>
        <translation>
            <numerusform>in %n Minute</numerusform>
            <numerusform>in %n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n hour(s)</source>
        <translation>
            <numerusform>in %n Stunde</numerusform>
            <numerusform>in %n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was sent, and your password was not shown to it.</source>
        <translation>Nichts wurde gesendet, und Ihr Passwort wurde ihm nicht gezeigt.</translation>
    </message>
    <message>
        <source>Your message is safe in the Outbox.</source>
        <translation>Ihre Nachricht liegt sicher im Postausgang.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be found. The name may be misspelled, or the name lookup of this network is not working.</source>
        <translation>%1 ist nicht zu finden. Vielleicht ist der Name falsch geschrieben, oder die Namensauflösung dieses Netzes arbeitet nicht.</translation>
    </message>
    <message>
        <source>The name lookup of this network gives no answer for %1.</source>
        <translation>Die Namensauflösung dieses Netzes gibt für %1 keine Antwort.</translation>
    </message>
    <message>
        <source>%1 is there, but nothing answers on port %2.</source>
        <translation>%1 ist da, aber an Port %2 antwortet nichts.</translation>
    </message>
    <message>
        <source>%1 does not answer on port %2. Many networks block this port.</source>
        <translation>%1 antwortet nicht an Port %2. Viele Netze sperren diesen Port.</translation>
    </message>
    <message>
        <source>This network has no way to %1.</source>
        <translation>Dieses Netz hat keinen Weg zu %1.</translation>
    </message>
    <message>
        <source>The connection to %1 broke. Nothing was delivered.</source>
        <translation>Die Verbindung zu %1 ist abgebrochen. Nichts wurde zugestellt.</translation>
    </message>
    <message>
        <source>%1 stopped answering. Nothing was delivered.</source>
        <translation>%1 antwortet nicht mehr. Nichts wurde zugestellt.</translation>
    </message>
    <message>
        <source>%1 gave an answer that Postrider does not understand.</source>
        <translation>%1 gab eine Antwort, die Postrider nicht versteht.</translation>
    </message>
    <message>
        <source>%1 is busy or being maintained.</source>
        <translation>%1 ist überlastet oder wird gewartet.</translation>
    </message>
    <message>
        <source>%1 refuses mail from this computer or its network.</source>
        <translation>%1 nimmt von diesem Computer oder seinem Netz keine Mails an.</translation>
    </message>
    <message>
        <source>%1 offers no encryption on port %2. Postrider does not send mail or passwords readable for others.</source>
        <translation>%1 bietet an Port %2 keine Verschlüsselung. Postrider sendet Mails und Passwörter nicht für andere lesbar.</translation>
    </message>
    <message>
        <source>Someone may be interfering with the connection to %1: data arrived where none may be.</source>
        <translation>Vielleicht greift jemand in die Verbindung zu %1 ein: Es kamen Daten, wo keine kommen dürfen.</translation>
    </message>
    <message>
        <source>%1 and this computer could not agree on a safe encryption.</source>
        <translation>%1 und dieser Computer konnten sich auf keine sichere Verschlüsselung einigen.</translation>
    </message>
    <message>
        <source>The server that answered is not %1.</source>
        <translation>Der Server, der geantwortet hat, ist nicht %1.</translation>
    </message>
    <message>
        <source>The server that answered is not %1: it identifies itself as %2.</source>
        <translation>Der Server, der geantwortet hat, ist nicht %1: Er weist sich als %2 aus.</translation>
    </message>
    <message>
        <source>%1 can&apos;t prove who it is: its certificate is signed by nobody this computer knows.</source>
        <translation>%1 kann sich nicht ausweisen: Sein Zertifikat hat niemand unterschrieben, den dieser Computer kennt.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired (%2).</source>
        <translation>Das Zertifikat von %1 ist abgelaufen (%2).</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet. The clock of this computer may be wrong.</source>
        <translation>Das Zertifikat von %1 gilt noch nicht. Vielleicht geht die Uhr dieses Computers falsch.</translation>
    </message>
    <message>
        <source>The certificate of %1 was not made for a server.</source>
        <translation>Das Zertifikat von %1 ist nicht für einen Server gemacht.</translation>
    </message>
    <message>
        <source>%1 shows another certificate than the one you trusted.</source>
        <translation>%1 zeigt ein anderes Zertifikat als das, dem Sie vertraut haben.</translation>
    </message>
    <message>
        <source>%1 wants you to sign in before it sends mail.</source>
        <translation>%1 verlangt eine Anmeldung, bevor es Mails sendet.</translation>
    </message>
    <message>
        <source>%1 refused the user name or password.</source>
        <translation>%1 hat den Benutzernamen oder das Passwort abgelehnt.</translation>
    </message>
    <message>
        <source>%1 can&apos;t check passwords at the moment.</source>
        <translation>%1 kann Passwörter im Augenblick nicht prüfen.</translation>
    </message>
    <message>
        <source>%1 offers no way to sign in that Postrider can use safely.</source>
        <translation>%1 bietet keine Anmeldung, die Postrider sicher nutzen kann.</translation>
    </message>
    <message>
        <source>The password of this account is not stored on this computer.</source>
        <translation>Das Passwort dieses Kontos ist auf diesem Computer nicht gespeichert.</translation>
    </message>
    <message>
        <source>The password store is locked, so Postrider can&apos;t sign in.</source>
        <translation>Der Passwortspeicher ist gesperrt, deshalb kann Postrider sich nicht anmelden.</translation>
    </message>
    <message>
        <source>This session has no working password store.</source>
        <translation>In dieser Sitzung gibt es keinen Passwortspeicher.</translation>
    </message>
    <message>
        <source>%1 does not accept mail from your address.</source>
        <translation>%1 nimmt von Ihrer Adresse keine Mails an.</translation>
    </message>
    <message>
        <source>%1 does not accept mail for %2.</source>
        <translation>%1 nimmt keine Mails für %2 an.</translation>
    </message>
    <message>
        <source>%1 does not take mail for %2 at the moment.</source>
        <translation>%1 nimmt im Augenblick keine Mails für %2 an.</translation>
    </message>
    <message>
        <source>%1 refused the message.</source>
        <translation>%1 hat die Nachricht abgelehnt.</translation>
    </message>
    <message>
        <source>%1 could not take the message now.</source>
        <translation>%1 konnte die Nachricht jetzt nicht annehmen.</translation>
    </message>
    <message>
        <source>The message is %1 as sent; %2 takes %3.</source>
        <translation>Die Nachricht ist beim Senden %1 groß; %2 nimmt bis %3.</translation>
    </message>
    <message>
        <source>%1 says the message is too large (%2).</source>
        <translation>%1 sagt, die Nachricht sei zu groß (%2).</translation>
    </message>
    <message>
        <source>%1 does not know letters like “ü” before the @ of an address.</source>
        <translation>%1 kennt keine Buchstaben wie „ü“ vor dem @ einer Adresse.</translation>
    </message>
    <message>
        <source>%1 does not take this file as it is (8-bit text).</source>
        <translation>%1 nimmt diese Datei nicht an, wie sie ist (8-Bit-Text).</translation>
    </message>
    <message>
        <source>The connection broke at the very end. The server may already have it.</source>
        <translation>Die Verbindung brach ganz am Ende ab. Vielleicht hat der Server die Nachricht schon.</translation>
    </message>
    <message>
        <source>The message&apos;s file is gone or can&apos;t be read: %1</source>
        <translation>Die Datei der Nachricht ist weg oder nicht lesbar: %1</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read.</source>
        <translation>%1 ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The account of this message does not exist any more.</source>
        <translation>Das Konto dieser Nachricht gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The practice mailbox can&apos;t start.</source>
        <translation>Der Übungsbriefkasten kann nicht starten.</translation>
    </message>
    <message>
        <source>Postrider refused to send this message, because its addresses are not safe to send.</source>
        <translation>Postrider sendet diese Nachricht nicht, weil ihre Adressen nicht sicher zu senden sind.</translation>
    </message>
    <message>
        <source>Check the server&apos;s name.</source>
        <translation>Prüfen Sie den Namen des Servers.</translation>
    </message>
    <message>
        <source>Check the port, or try another network.</source>
        <translation>Prüfen Sie den Port, oder versuchen Sie ein anderes Netz.</translation>
    </message>
    <message>
        <source>Use a port with encryption: 465 or 587.</source>
        <translation>Nehmen Sie einen Port mit Verschlüsselung: 465 oder 587.</translation>
    </message>
    <message>
        <source>Check the server&apos;s name with your provider.</source>
        <translation>Fragen Sie Ihren Anbieter nach dem Namen des Servers.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time.</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Computers.</translation>
    </message>
    <message>
        <source>Add user name and password to the account.</source>
        <translation>Tragen Sie Benutzername und Passwort beim Konto ein.</translation>
    </message>
    <message>
        <source>Enter the password again; many providers want an app password.</source>
        <translation>Geben Sie das Passwort noch einmal ein; viele Anbieter verlangen ein App-Passwort.</translation>
    </message>
    <message>
        <source>Enter the password.</source>
        <translation>Geben Sie das Passwort ein.</translation>
    </message>
    <message>
        <source>Unlock the password store and try again.</source>
        <translation>Entsperren Sie den Passwortspeicher und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Start a password store such as GNOME Keyring or KWallet and try again.</source>
        <translation>Starten Sie einen Passwortspeicher wie GNOME-Schlüsselbund oder KWallet und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Check the address.</source>
        <translation>Prüfen Sie die Adresse.</translation>
    </message>
    <message>
        <source>Make the attachments smaller.</source>
        <translation>Machen Sie die Anhänge kleiner.</translation>
    </message>
    <message>
        <source>Ask the recipient, then choose “It arrived” or “Send again”.</source>
        <translation>Fragen Sie den Empfänger und wählen Sie dann „Ist angekommen“ oder „Noch einmal senden“.</translation>
    </message>
    <message>
        <source>Use another address or another account.</source>
        <translation>Nehmen Sie eine andere Adresse oder ein anderes Konto.</translation>
    </message>
    <message>
        <source>Use the address that belongs to this account.</source>
        <translation>Nehmen Sie die Adresse, die zu diesem Konto gehört.</translation>
    </message>
    <message>
        <source>The folder with your mail can&apos;t be written (%1).</source>
        <translation>Der Ordner mit Ihren Mails ist nicht beschreibbar (%1).</translation>
    </message>
    <message>
        <source>The message can&apos;t be kept safe: there is no room on the disk.</source>
        <translation>Die Nachricht kann nicht sicher aufbewahrt werden: Auf der Festplatte ist kein Platz.</translation>
    </message>
    <message>
        <source>Another program keeps the outbox locked. Try again in a moment.</source>
        <translation>Ein anderes Programm hält den Postausgang gesperrt. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The outbox can&apos;t be read, and it could not be set aside (%1).</source>
        <translation>Der Postausgang ist nicht lesbar und ließ sich nicht beiseitelegen (%1).</translation>
    </message>
    <message>
        <source>The outbox was written by a newer version of Postrider and is left alone.</source>
        <translation>Der Postausgang stammt von einer neueren Version von Postrider und bleibt unangetastet.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read (%2).</source>
        <translation>%1 ist nicht lesbar (%2).</translation>
    </message>
    <message>
        <source>%1 is not an address that mail can be sent to.</source>
        <translation>%1 ist keine Adresse, an die man Mails senden kann.</translation>
    </message>
    <message>
        <source>%1 is not a mail message.</source>
        <translation>%1 ist keine Mail.</translation>
    </message>
    <message>
        <source>That is not possible in the message&apos;s present state (%1).</source>
        <translation>Das geht im jetzigen Zustand der Nachricht (%1) nicht.</translation>
    </message>
    <message>
        <source>The outbox could not be used (%1).</source>
        <translation>Der Postausgang war nicht benutzbar (%1).</translation>
    </message>
    <message>
        <source>%1 can&apos;t be written (%2). The account was not saved.</source>
        <translation>%1 ist nicht beschreibbar (%2). Das Konto wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Another program keeps the accounts locked. Try again in a moment.</source>
        <translation>Ein anderes Programm hält die Konten gesperrt. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>There is no such account.</source>
        <translation>Dieses Konto gibt es nicht.</translation>
    </message>
    <message>
        <source>This account exists already.</source>
        <translation>Dieses Konto gibt es schon.</translation>
    </message>
    <message>
        <source>The password store is locked, so the password could not be used or saved.</source>
        <translation>Der Passwortspeicher ist gesperrt, deshalb konnte das Passwort nicht benutzt oder gespeichert werden.</translation>
    </message>
    <message>
        <source>The password store did not do what was asked (%1).</source>
        <translation>Der Passwortspeicher hat nicht getan, was er sollte (%1).</translation>
    </message>
    <message>
        <source>An address is missing.</source>
        <translation>Eine Adresse fehlt.</translation>
    </message>
    <message>
        <source>%1 has no @ and no part after it.</source>
        <translation>%1 hat kein @ und keinen Teil danach.</translation>
    </message>
    <message>
        <source>%1 has nothing before the @.</source>
        <translation>%1 hat nichts vor dem @.</translation>
    </message>
    <message>
        <source>%1 has nothing after the @.</source>
        <translation>%1 hat nichts nach dem @.</translation>
    </message>
    <message>
        <source>%1 has a space before the @.</source>
        <translation>%1 hat ein Leerzeichen vor dem @.</translation>
    </message>
    <message>
        <source>%1 has more than one @. Put a comma between two addresses.</source>
        <translation>%1 hat mehr als ein @. Zwischen zwei Adressen gehört ein Komma.</translation>
    </message>
    <message>
        <source>%1 has a dot or another sign before the @ where none may be.</source>
        <translation>%1 hat vor dem @ einen Punkt oder ein anderes Zeichen, wo keines stehen darf.</translation>
    </message>
    <message>
        <source>The part after the @ in %1 is not a possible name.</source>
        <translation>Der Teil nach dem @ in %1 ist kein möglicher Name.</translation>
    </message>
    <message>
        <source>The part in brackets in %1 is not a network address.</source>
        <translation>Der Teil in Klammern in %1 ist keine Netzwerkadresse.</translation>
    </message>
    <message>
        <source>%1 has a quotation mark that is not closed.</source>
        <translation>%1 hat ein Anführungszeichen, das nicht geschlossen ist.</translation>
    </message>
    <message>
        <source>%1 has a &lt; without its &gt;.</source>
        <translation>%1 hat ein &lt; ohne sein &gt;.</translation>
    </message>
    <message>
        <source>%1 has a parenthesis that is not closed.</source>
        <translation>%1 hat eine Klammer, die nicht geschlossen ist.</translation>
    </message>
    <message>
        <source>An address has an invisible control character in it.</source>
        <translation>In einer Adresse steht ein unsichtbares Steuerzeichen.</translation>
    </message>
    <message>
        <source>%1 is longer than an address may be.</source>
        <translation>%1 ist länger, als eine Adresse sein darf.</translation>
    </message>
    <message>
        <source>%1 has letters before the @ that not every server knows.</source>
        <translation>%1 hat vor dem @ Buchstaben, die nicht jeder Server kennt.</translation>
    </message>
    <message>
        <source>Preparing</source>
        <translation>In Vorbereitung</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>Nicht gesendet</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Leaving</source>
        <translation>Geht gleich ab</translation>
    </message>
    <message>
        <source>Scheduled</source>
        <translation>Geplant</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Braucht Sie</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>Wird gesendet</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Caught</source>
        <translation>Aufgefangen</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>Gesendet</translation>
    </message>
    <message>
        <source>Partly caught</source>
        <translation>Teils aufgefangen</translation>
    </message>
    <message>
        <source>Partly sent</source>
        <translation>Teils gesendet</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>Ungewiss</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>Beschädigt</translation>
    </message>
    <message>
        <source>The message is being written.</source>
        <translation>Die Nachricht wird geschrieben.</translation>
    </message>
    <message>
        <source>Sending was cancelled. Nothing leaves until you send it again.</source>
        <translation>Das Senden wurde abgebrochen. Nichts geht hinaus, bis Sie sie noch einmal senden.</translation>
    </message>
    <message>
        <source>Paused by you.</source>
        <translation>Von Ihnen angehalten.</translation>
    </message>
    <message>
        <source>Leaves %1.</source>
        <translation>Geht %1 hinaus.</translation>
    </message>
    <message>
        <source>tomorrow %1</source>
        <translation>morgen %1</translation>
    </message>
    <message>
        <source>Goes on %1.</source>
        <translation>Weiter geht es %1.</translation>
    </message>
    <message>
        <source>%1 takes no more messages in this minute.</source>
        <translation>%1 nimmt in dieser Minute keine Nachrichten mehr an.</translation>
    </message>
    <message>
        <source>Daily limit of %1 reached.</source>
        <translation>Tagesgrenze von %1 erreicht.</translation>
    </message>
    <message>
        <source>%1 takes no more messages for now.</source>
        <translation>%1 nimmt vorerst keine Nachrichten mehr an.</translation>
    </message>
    <message>
        <source>The computer was off when the message was to leave.</source>
        <translation>Der Rechner war aus, als die Nachricht hinausgehen sollte.</translation>
    </message>
    <message>
        <source>Send it now, or choose another time.</source>
        <translation>Senden Sie sie jetzt oder wählen Sie eine andere Zeit.</translation>
    </message>
    <message>
        <source>%1 gets this message already.</source>
        <translation>%1 bekommt diese Nachricht schon.</translation>
    </message>
    <message>
        <source>Next try %1 (%2).</source>
        <translation>Nächster Versuch %1 (%2).</translation>
    </message>
    <message>
        <source>Next in line.</source>
        <translation>Als Nächste an der Reihe.</translation>
    </message>
    <message>
        <source>On its way to the server.</source>
        <translation>Auf dem Weg zum Server.</translation>
    </message>
    <message>
        <source>Caught here, not sent.</source>
        <translation>Hier aufgefangen, nicht gesendet.</translation>
    </message>
    <message>
        <source>Accepted by the sending server at %1.</source>
        <translation>Vom Sendeserver um %1 angenommen.</translation>
    </message>
    <message>
        <source>Caught for %1 of %2, not sent.</source>
        <translation>Für %1 von %2 aufgefangen, nicht gesendet.</translation>
    </message>
    <message>
        <source>Sent to %1 of %2.</source>
        <translation>An %1 von %2 gesendet.</translation>
    </message>
    <message>
        <source>Not sent.</source>
        <translation>Nicht gesendet.</translation>
    </message>
    <message>
        <source>This entry can&apos;t be sent any more; it was set aside.</source>
        <translation>Dieser Eintrag kann nicht mehr gesendet werden; er wurde beiseitegelegt.</translation>
    </message>
    <message>
        <source>%1: waiting</source>
        <translation>%1: wartet</translation>
    </message>
    <message>
        <source>%1: on its way</source>
        <translation>%1: unterwegs</translation>
    </message>
    <message>
        <source>%1: not now</source>
        <translation>%1: jetzt nicht</translation>
    </message>
    <message>
        <source>%1: not now: %2</source>
        <translation>%1: jetzt nicht: %2</translation>
    </message>
    <message>
        <source>%1: caught here, not sent</source>
        <translation>%1: hier aufgefangen, nicht gesendet</translation>
    </message>
    <message>
        <source>%1: accepted by the server</source>
        <translation>%1: vom Server angenommen</translation>
    </message>
    <message>
        <source>%1: refused</source>
        <translation>%1: abgelehnt</translation>
    </message>
    <message>
        <source>%1: refused: %2</source>
        <translation>%1: abgelehnt: %2</translation>
    </message>
    <message>
        <source>%1: unknown</source>
        <translation>%1: ungewiss</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>Password: </source>
        <translation>Passwort: </translation>
    </message>
    <message>
        <source>The password is empty.</source>
        <translation>Das Passwort ist leer.</translation>
    </message>
    <message>
        <source>The text is not UTF-8: %1</source>
        <translation>Der Text ist kein UTF-8: %1</translation>
    </message>
    <message>
        <source>Without encryption, mail may only go to this computer or, without signing in, to a private address given in digits.</source>
        <translation>Ohne Verschlüsselung dürfen Mails nur an diesen Computer gehen oder, ohne Anmeldung, an eine private Adresse in Ziffern.</translation>
    </message>
    <message>
        <source>cause unknown</source>
        <translation>Ursache unbekannt</translation>
    </message>
    <message>
        <source>Details: %1</source>
        <translation>Einzelheiten: %1</translation>
    </message>
    <message>
        <source>The server said: %1</source>
        <translation>Der Server sagte: %1</translation>
    </message>
    <message>
        <source>There is no message &quot;%1&quot; in the Outbox, or several begin like this.</source>
        <translation>Es gibt keine Nachricht „%1“ im Postausgang, oder mehrere beginnen so.</translation>
    </message>
    <message>
        <source>You decided that it has arrived.</source>
        <translation>Sie haben entschieden, dass sie angekommen ist.</translation>
    </message>
    <message>
        <source>%1: arrived, as you decided</source>
        <translation>%1: angekommen, wie Sie entschieden haben</translation>
    </message>
    <message>
        <source>That is no password: it is too long or has a NUL in it.</source>
        <translation>Das ist kein Kennwort: Es ist zu lang oder enthält ein NUL-Zeichen.</translation>
    </message>
    <message>
        <source>The text is too long; attach it instead: %1</source>
        <translation>Der Text ist zu lang; hängen Sie ihn stattdessen an: %1</translation>
    </message>
    <message>
        <source>%1 cannot be read: not a regular file</source>
        <translation>%1 kann nicht gelesen werden: keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>%1 can&apos;t promise that the message stays encrypted on the whole way.</source>
        <translation>%1 kann nicht zusagen, dass die Nachricht auf dem ganzen Weg verschlüsselt bleibt.</translation>
    </message>
    <message>
        <source>%1 does not keep messages back for so long.</source>
        <translation>%1 hält Nachrichten nicht so lange zurück.</translation>
    </message>
    <message>
        <source>%1 does not keep messages back for later.</source>
        <translation>%1 hält keine Nachrichten für später zurück.</translation>
    </message>
    <message>
        <source>%1 can&apos;t promise to deliver within so short a time.</source>
        <translation>%1 kann die Zustellung in so kurzer Zeit nicht zusagen.</translation>
    </message>
    <message>
        <source>%1 can&apos;t promise to deliver within a time.</source>
        <translation>%1 kann keine Zustellung innerhalb einer Frist zusagen.</translation>
    </message>
    <message>
        <source>The proxy of this network does not lead to %1.</source>
        <translation>Der Proxy dieses Netzes führt nicht zu %1.</translation>
    </message>
    <message>
        <source>%1 offers no encryption any more, but it did before. Somebody may be intercepting the connection.</source>
        <translation>%1 bietet keine Verschlüsselung mehr an, hat es aber früher getan. Vielleicht fängt jemand die Verbindung ab.</translation>
    </message>
    <message>
        <source>The certificate of %1 has a key so short that others can copy it.</source>
        <translation>Das Zertifikat von %1 hat einen so kurzen Schlüssel, dass andere ihn nachmachen können.</translation>
    </message>
    <message>
        <source>%1 no longer offers the safe way to sign in that it offered before (%2). Somebody may be intercepting the connection.</source>
        <translation>%1 bietet die sichere Anmeldung nicht mehr an, die es früher gab (%2). Vielleicht fängt jemand die Verbindung ab.</translation>
    </message>
    <message>
        <source>%1 accepted the password without showing that it knows it. It may be somebody else&apos;s server. Nothing was sent.</source>
        <translation>%1 hat das Passwort angenommen, ohne zu zeigen, dass er es kennt. Es kann ein fremder Server sein. Nichts wurde gesendet.</translation>
    </message>
    <message>
        <source>%1 does not take a message for so many recipients.</source>
        <translation>%1 nimmt keine Nachricht für so viele Empfänger an.</translation>
    </message>
    <message>
        <source>%1 does not know letters like “ü” before the @ of an address, as in %2.</source>
        <translation>%1 kennt keine Buchstaben wie „ü“ vor dem @ einer Adresse wie in %2.</translation>
    </message>
    <message>
        <source>Sending was stopped. Nothing was delivered.</source>
        <translation>Das Senden wurde angehalten. Nichts wurde zugestellt.</translation>
    </message>
    <message>
        <source>Try another network. If your provider has changed its server, set up the account again.</source>
        <translation>Versuchen Sie es in einem anderen Netz. Wenn Ihr Anbieter seinen Server geändert hat, richten Sie das Konto neu ein.</translation>
    </message>
    <message>
        <source>Check the proxy in the settings of this computer.</source>
        <translation>Prüfen Sie den Proxy in den Einstellungen dieses Computers.</translation>
    </message>
    <message>
        <source>Send it to fewer people at a time.</source>
        <translation>Senden Sie sie an weniger Personen auf einmal.</translation>
    </message>
    <message>
        <source>Send it without this wish, or through another account.</source>
        <translation>Senden Sie sie ohne diesen Wunsch oder über ein anderes Konto.</translation>
    </message>
    <message>
        <source>The message can&apos;t be brought into the form that the server takes (%1).</source>
        <translation>Die Nachricht lässt sich nicht in die Form bringen, die der Server annimmt (%1).</translation>
    </message>
    <message>
        <source>%1: refused: the server does not know such letters before the @</source>
        <translation>%1: abgelehnt: Der Server kennt solche Buchstaben vor dem @ nicht</translation>
    </message>
    <message>
        <source>%1 begins with a dot.</source>
        <translation>%1 beginnt mit einem Punkt.</translation>
    </message>
    <message>
        <source>%1 has a dot right before the @.</source>
        <translation>%1 hat einen Punkt direkt vor dem @.</translation>
    </message>
    <message>
        <source>%1 has two dots in a row before the @.</source>
        <translation>%1 hat zwei Punkte hintereinander vor dem @.</translation>
    </message>
    <message>
        <source>%1 has a sign before the @ that can stand there only between quotation marks.</source>
        <translation>%1 hat ein Zeichen vor dem @, das dort nur zwischen Anführungszeichen stehen kann.</translation>
    </message>
    <message>
        <source>%1 has a space after the @.</source>
        <translation>%1 hat ein Leerzeichen nach dem @.</translation>
    </message>
    <message>
        <source>%1 has something behind the address.</source>
        <translation>%1 hat noch etwas hinter der Adresse.</translation>
    </message>
    <message>
        <source>%1 has a network address after the @ that must stand in brackets [ ].</source>
        <translation>%1 hat nach dem @ eine Netzwerkadresse, die in eckigen Klammern [ ] stehen muss.</translation>
    </message>
    <message>
        <source>%1 has a dot after the @ with nothing before it.</source>
        <translation>%1 hat nach dem @ einen Punkt, vor dem nichts steht.</translation>
    </message>
    <message>
        <source>%1 has more letters between two dots after the @ than a name may have.</source>
        <translation>%1 hat nach dem @ zwischen zwei Punkten mehr Zeichen, als ein Name haben darf.</translation>
    </message>
    <message>
        <source>%1 has a hyphen at the start or the end of a name after the @.</source>
        <translation>%1 hat nach dem @ einen Bindestrich am Anfang oder am Ende eines Namens.</translation>
    </message>
    <message>
        <source>%1 has two hyphens after the @ where none may be.</source>
        <translation>%1 hat nach dem @ zwei Bindestriche, wo keine sein dürfen.</translation>
    </message>
    <message>
        <source>%1 has a sign after the @ that no name has.</source>
        <translation>%1 hat nach dem @ ein Zeichen, das in keinem Namen vorkommt.</translation>
    </message>
    <message>
        <source>%1 has a sign after the @ that does not belong in this place.</source>
        <translation>%1 hat nach dem @ ein Zeichen, das an diese Stelle nicht gehört.</translation>
    </message>
    <message>
        <source>%1 has an accent after the @ that stands on no letter.</source>
        <translation>%1 hat nach dem @ einen Akzent, der auf keinem Buchstaben steht.</translation>
    </message>
    <message>
        <source>%1 mixes scripts that run left and right in one name after the @.</source>
        <translation>%1 mischt nach dem @ in einem Namen Schriften, die nach links und nach rechts laufen.</translation>
    </message>
    <message>
        <source>%1 has a coded name (xn--) after the @ that stands for nothing.</source>
        <translation>%1 hat nach dem @ einen kodierten Namen (xn--), der für nichts steht.</translation>
    </message>
    <message>
        <source>%1 has more letters before the @ than an address may have.</source>
        <translation>%1 hat vor dem @ mehr Zeichen, als eine Adresse haben darf.</translation>
    </message>
    <message>
        <source>%1 has more letters after the @ than an address may have.</source>
        <translation>%1 hat nach dem @ mehr Zeichen, als eine Adresse haben darf.</translation>
    </message>
    <message>
        <source>%1 has more letters than an address may have.</source>
        <translation>%1 hat mehr Zeichen, als eine Adresse haben darf.</translation>
    </message>
    <message>
        <source>No address can be found in so long a text: %1</source>
        <translation>In einem so langen Text lässt sich keine Adresse finden: %1</translation>
    </message>
    <message>
        <source>%1 may be misspelled: did you mean %2?</source>
        <translation>%1 ist vielleicht verschrieben: Meinten Sie %2?</translation>
    </message>
    <message>
        <source>%1 has no dot after the @; such an address works only inside some networks.</source>
        <translation>%1 hat keinen Punkt nach dem @; eine solche Adresse gilt nur innerhalb mancher Netze.</translation>
    </message>
    <message>
        <source>%1 names a network address instead of a domain; many servers refuse that.</source>
        <translation>%1 nennt eine Netzwerkadresse statt einer Domain; viele Server lehnen das ab.</translation>
    </message>
    <message>
        <source>%1 mixes letters of different scripts that look alike.</source>
        <translation>%1 mischt Buchstaben verschiedener Schriften, die sich ähnlich sehen.</translation>
    </message>
    <message>
        <source>%1 looks like %2, but is written with other letters.</source>
        <translation>%1 sieht aus wie %2, ist aber mit anderen Buchstaben geschrieben.</translation>
    </message>
    <message>
        <source>The name %1 shows another address than the one that the message goes to, %2.</source>
        <translation>Der Name %1 zeigt eine andere Adresse als die, an die die Nachricht geht: %2.</translation>
    </message>
    <message>
        <source>The message can&apos;t be written (%1).</source>
        <translation>Die Nachricht lässt sich nicht schreiben (%1).</translation>
    </message>
    <message>
        <source>%1 can&apos;t stand in the header of a message.</source>
        <translation>%1 kann nicht im Kopf einer Nachricht stehen.</translation>
    </message>
    <message>
        <source>%1 goes along as a file, since not every server would take it as a message.</source>
        <translation>%1 geht als Datei mit, weil nicht jeder Server es als Nachricht nähme.</translation>
    </message>
    <message>
        <source>That is no mailto link.</source>
        <translation>Das ist kein mailto-Link.</translation>
    </message>
    <message>
        <source>The mailto link is too long.</source>
        <translation>Der mailto-Link ist zu lang.</translation>
    </message>
    <message>
        <source>The mailto link has too many addresses.</source>
        <translation>Der mailto-Link hat zu viele Adressen.</translation>
    </message>
    <message>
        <source>The link wants to attach a file, which no link may do: %1</source>
        <translation>Der Link will eine Datei anhängen, was kein Link darf: %1</translation>
    </message>
    <message>
        <source>The link wants to set the field %1, which is yours to set. It was left out.</source>
        <translation>Der Link will das Feld %1 setzen, das nur Sie setzen. Es wurde weggelassen.</translation>
    </message>
    <message>
        <source>The link has a field %1 that means nothing here. It was left out.</source>
        <translation>Der Link hat ein Feld %1, das hier nichts bedeutet. Es wurde weggelassen.</translation>
    </message>
    <message>
        <source>The link has the field %1 more than once. The first one counts.</source>
        <translation>Der Link hat das Feld %1 mehr als einmal. Das erste gilt.</translation>
    </message>
    <message>
        <source>The link has something in the place of an address that is none: %1</source>
        <translation>Der Link hat anstelle einer Adresse etwas, das keine ist: %1</translation>
    </message>
    <message>
        <source>The link has a value for %1 that can&apos;t be used. It was left out.</source>
        <translation>Der Link hat für %1 einen Wert, der sich nicht verwenden lässt. Er wurde weggelassen.</translation>
    </message>
    <message>
        <source>%1 is not a possible name of a field.</source>
        <translation>%1 kann kein Name eines Feldes sein.</translation>
    </message>
    <message>
        <source>Postrider or a server writes the field %1 itself.</source>
        <translation>Das Feld %1 schreibt Postrider oder ein Server selbst.</translation>
    </message>
    <message>
        <source>The field %1 is not known. The name of one of your own begins with X-.</source>
        <translation>Das Feld %1 ist nicht bekannt. Der Name eines eigenen beginnt mit X-.</translation>
    </message>
    <message>
        <source>A message can have the field %1 only once.</source>
        <translation>Eine Nachricht kann das Feld %1 nur einmal haben.</translation>
    </message>
    <message>
        <source>The field %1 has no text, or an invisible control character in it.</source>
        <translation>Das Feld %1 hat keinen Text, oder darin steht ein unsichtbares Steuerzeichen.</translation>
    </message>
    <message>
        <source>The address for leaving the list must be a mailto link.</source>
        <translation>Die Adresse zum Verlassen der Liste muss ein mailto-Link sein.</translation>
    </message>
    <message>
        <source>The web page for leaving the list must be an https link.</source>
        <translation>Die Webseite zum Verlassen der Liste muss ein https-Link sein.</translation>
    </message>
    <message>
        <source>Leaving the list with one click needs an https link.</source>
        <translation>Um die Liste mit einem Klick zu verlassen, braucht es einen https-Link.</translation>
    </message>
    <message>
        <source>The message can&apos;t be opened: its parts are packed into each other too often.</source>
        <translation>Die Nachricht lässt sich nicht öffnen: Ihre Teile sind zu oft ineinander verpackt.</translation>
    </message>
    <message>
        <source>The message can&apos;t be opened: it has too many parts.</source>
        <translation>Die Nachricht lässt sich nicht öffnen: Sie hat zu viele Teile.</translation>
    </message>
    <message>
        <source>The message can&apos;t be opened: the lines above its text are too long.</source>
        <translation>Die Nachricht lässt sich nicht öffnen: Die Zeilen über ihrem Text sind zu lang.</translation>
    </message>
    <message>
        <source>The message can&apos;t be opened: the lines above all its parts are too long together.</source>
        <translation>Die Nachricht lässt sich nicht öffnen: Die Zeilen über all ihren Teilen sind zusammen zu lang.</translation>
    </message>
    <message>
        <source>The message can&apos;t be opened: it is too large.</source>
        <translation>Die Nachricht lässt sich nicht öffnen: Sie ist zu groß.</translation>
    </message>
    <message>
        <source>A text in the message is too long to be shown.</source>
        <translation>Ein Text in der Nachricht ist zu lang, um ihn zu zeigen.</translation>
    </message>
    <message>
        <source>There is no message in the file.</source>
        <translation>In der Datei ist keine Nachricht.</translation>
    </message>
    <message>
        <source>The message does not tell whether another one arrived.</source>
        <translation>Die Nachricht sagt nicht, ob eine andere angekommen ist.</translation>
    </message>
    <message>
        <source>The message can&apos;t be read (%1).</source>
        <translation>Die Nachricht ist nicht lesbar (%1).</translation>
    </message>
    <message>
        <source>The files of the message can&apos;t be saved (%1).</source>
        <translation>Die Dateien der Nachricht lassen sich nicht speichern (%1).</translation>
    </message>
    <message>
        <source>The message had the field %1. It was left out.</source>
        <translation>Die Nachricht hatte das Feld %1. Es wurde weggelassen.</translation>
    </message>
    <message>
        <source>%1 in the field %2 is no address. It was left out.</source>
        <translation>%1 im Feld %2 ist keine Adresse. Es wurde weggelassen.</translation>
    </message>
    <message>
        <source>The message was signed. A signature holds for the old message only, so it was left out.</source>
        <translation>Die Nachricht war signiert. Eine Signatur gilt nur für die alte Nachricht, darum wurde sie weggelassen.</translation>
    </message>
    <message>
        <source>What is encrypted in the message can&apos;t be edited. It is attached as it was.</source>
        <translation>Was in der Nachricht verschlüsselt ist, lässt sich nicht bearbeiten. Es ist angehängt, wie es war.</translation>
    </message>
    <message>
        <source>The message had its text in one more form, which can&apos;t be edited: %1. It was left out.</source>
        <translation>Die Nachricht hatte ihren Text in einer weiteren Form, die sich nicht bearbeiten lässt: %1. Sie wurde weggelassen.</translation>
    </message>
    <message>
        <source>The text %1 is too long to be edited. It is attached as a file.</source>
        <translation>Der Text %1 ist zu lang, um ihn zu bearbeiten. Er ist als Datei angehängt.</translation>
    </message>
    <message>
        <source>The file %1 is damaged: some of it may be missing.</source>
        <translation>Die Datei %1 ist beschädigt: Ein Teil von ihr fehlt vielleicht.</translation>
    </message>
    <message>
        <source>The text shows a picture that the message does not have: %1</source>
        <translation>Der Text zeigt ein Bild, das die Nachricht nicht hat: %1</translation>
    </message>
    <message>
        <source>The message was a report about another one, which came back with it. That one was opened.</source>
        <translation>Die Nachricht war ein Bericht über eine andere, die mit ihm zurückkam. Diese wurde geöffnet.</translation>
    </message>
    <message>
        <source>The message was a report about another one, of which only the lines above the text came back. The text and the files are missing.</source>
        <translation>Die Nachricht war ein Bericht über eine andere, von der nur die Zeilen über dem Text zurückkamen. Der Text und die Dateien fehlen.</translation>
    </message>
    <message>
        <source>More was left out than is told here.</source>
        <translation>Es wurde mehr weggelassen, als hier steht.</translation>
    </message>
    <message>
        <source>The proxy of this network can&apos;t be found, so there is no way to %1.</source>
        <translation>Der Proxy dieses Netzes ist nicht zu finden, also führt kein Weg zu %1.</translation>
    </message>
    <message>
        <source>The proxy of this network does not answer, so there is no way to %1.</source>
        <translation>Der Proxy dieses Netzes antwortet nicht, also führt kein Weg zu %1.</translation>
    </message>
    <message>
        <source>The proxy of this network wants another user name or password before it leads to %1.</source>
        <translation>Der Proxy dieses Netzes will einen anderen Benutzernamen oder ein anderes Passwort, bevor er zu %1 führt.</translation>
    </message>
    <message>
        <source>The proxy of this network does not allow connections to %1 on port %2.</source>
        <translation>Der Proxy dieses Netzes erlaubt keine Verbindung zu %1 auf Port %2.</translation>
    </message>
    <message>
        <source>What answers in place of the proxy is none, or one of another kind.</source>
        <translation>Was anstelle des Proxys antwortet, ist keiner oder einer von anderer Art.</translation>
    </message>
    <message>
        <source>%1 hung up while the encryption was being agreed on.</source>
        <translation>%1 hat aufgelegt, während die Verschlüsselung vereinbart wurde.</translation>
    </message>
    <message>
        <source>%1 broke off while the encryption was being agreed on, and said why.</source>
        <translation>%1 hat abgebrochen, während die Verschlüsselung vereinbart wurde, und hat den Grund genannt.</translation>
    </message>
    <message>
        <source>%1 knows only an encryption that is not safe any more.</source>
        <translation>%1 kennt nur eine Verschlüsselung, die nicht mehr sicher ist.</translation>
    </message>
    <message>
        <source>%1 does not begin with encryption on port %2.</source>
        <translation>%1 beginnt auf Port %2 nicht mit Verschlüsselung.</translation>
    </message>
    <message>
        <source>The user name or the password has a character that can&apos;t be sent to %1 in this way of signing in.</source>
        <translation>Der Benutzername oder das Passwort hat ein Zeichen, das sich bei dieser Art der Anmeldung nicht an %1 senden lässt.</translation>
    </message>
    <message>
        <source>%1 asks for more than belongs to this way of signing in.</source>
        <translation>%1 verlangt mehr, als zu dieser Art der Anmeldung gehört.</translation>
    </message>
    <message>
        <source>%1 garbled the conversation about signing in.</source>
        <translation>%1 hat das Gespräch über die Anmeldung entstellt.</translation>
    </message>
    <message>
        <source>%1 answered somebody else&apos;s try to sign in. Somebody may be intercepting the connection.</source>
        <translation>%1 hat auf einen fremden Anmeldeversuch geantwortet. Vielleicht hört jemand die Verbindung ab.</translation>
    </message>
    <message>
        <source>%1 protects your password so weakly that Postrider did not use it there.</source>
        <translation>%1 schützt Ihr Passwort so schwach, dass Postrider es dort nicht verwendet hat.</translation>
    </message>
    <message>
        <source>%1 asks for so much computing to sign in that Postrider stopped.</source>
        <translation>%1 verlangt zur Anmeldung so viel Rechenarbeit, dass Postrider aufgehört hat.</translation>
    </message>
    <message>
        <source>%1 wants something for signing in that Postrider does not know.</source>
        <translation>%1 will zur Anmeldung etwas, das Postrider nicht kennt.</translation>
    </message>
    <message>
        <source>This computer could not do the computing that %1 asks for to sign in.</source>
        <translation>Dieser Computer konnte die Rechenarbeit nicht leisten, die %1 zur Anmeldung verlangt.</translation>
    </message>
    <message>
        <source>Check both, or choose another way of signing in.</source>
        <translation>Prüfen Sie beides, oder wählen Sie eine andere Art der Anmeldung.</translation>
    </message>
    <message>
        <source>Choose another way of signing in, or tell your provider.</source>
        <translation>Wählen Sie eine andere Art der Anmeldung, oder sagen Sie es Ihrem Anbieter.</translation>
    </message>
    <message>
        <source>Try another network.</source>
        <translation>Versuchen Sie es in einem anderen Netz.</translation>
    </message>
    <message>
        <source>%1 refused the access token. It may be out of date.</source>
        <translation>%1 hat das Zugriffstoken abgelehnt. Vielleicht ist es abgelaufen.</translation>
    </message>
    <message>
        <source>%1 refused a recipient, and this account then sends to nobody.</source>
        <translation>%1 hat einen Empfänger abgelehnt, und dieses Konto sendet dann an niemanden.</translation>
    </message>
    <message>
        <source>%1 accepted none of the recipients.</source>
        <translation>%1 hat keinen der Empfänger angenommen.</translation>
    </message>
    <message>
        <source>%1 took a message and lost what came behind it.</source>
        <translation>%1 hat eine Nachricht angenommen und verloren, was dahinter kam.</translation>
    </message>
    <message>
        <source>%1 offers to take messages in pieces, and got lost in them.</source>
        <translation>%1 bietet an, Nachrichten in Stücken zu nehmen, und ist dabei durcheinandergeraten.</translation>
    </message>
    <message>
        <source>Try another network, or ask who runs the proxy.</source>
        <translation>Versuchen Sie es in einem anderen Netz, oder fragen Sie den Betreiber des Proxys.</translation>
    </message>
    <message>
        <source>Choose the other kind of encryption, or another port.</source>
        <translation>Wählen Sie die andere Art der Verschlüsselung oder einen anderen Port.</translation>
    </message>
    <message>
        <source>Ask your provider for a server with a newer encryption.</source>
        <translation>Fragen Sie Ihren Anbieter nach einem Server mit neuerer Verschlüsselung.</translation>
    </message>
    <message>
        <source>Get a new access token from your provider.</source>
        <translation>Holen Sie bei Ihrem Anbieter ein neues Zugriffstoken.</translation>
    </message>
    <message>
        <source>%1 has no certificate in it.</source>
        <translation>In %1 steht kein Zertifikat.</translation>
    </message>
    <message>
        <source>%1 has no key in it that can be read without a password.</source>
        <translation>In %1 steht kein Schlüssel, der sich ohne Passwort lesen lässt.</translation>
    </message>
    <message>
        <source>The key in %1 does not belong to the certificate.</source>
        <translation>Der Schlüssel in %1 gehört nicht zum Zertifikat.</translation>
    </message>
    <message>
        <source>The link wants a blind copy to go to %1. Name it with --bcc if that is what you want.</source>
        <translation>Der Link will eine Blindkopie an %1. Nennen Sie die Adresse mit --bcc, wenn Sie das wollen.</translation>
    </message>
    <message>
        <source>The link names nobody whom the message is for.</source>
        <translation>Der Link nennt niemanden, für den die Nachricht ist.</translation>
    </message>
    <message>
        <source>Try another network. Only if your provider says that the server has changed, let Postrider forget what it offered before: postrider-cli account forget-server</source>
        <translation>Versuchen Sie es in einem anderen Netz. Nur wenn Ihr Anbieter sagt, dass sich der Server geändert hat, lassen Sie Postrider vergessen, was er zuvor anbot: postrider-cli account forget-server</translation>
    </message>
    <message>
        <source>Last connection to %1, port %2: %3.</source>
        <translation>Letzte Verbindung zu %1, Port %2: %3.</translation>
    </message>
    <message>
        <source>It was not encrypted.</source>
        <translation>Sie war nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>It was encrypted (%1).</source>
        <translation>Sie war verschlüsselt (%1).</translation>
    </message>
    <message>
        <source>Nobody signed in.</source>
        <translation>Niemand hat sich angemeldet.</translation>
    </message>
    <message>
        <source>The server offered these ways to sign in: %1.</source>
        <translation>Der Server bot diese Arten der Anmeldung an: %1.</translation>
    </message>
    <message>
        <source>It takes messages of up to %1.</source>
        <translation>Er nimmt Nachrichten bis %1 an.</translation>
    </message>
    <message>
        <source>It gets lost in messages that come in pieces (CHUNKING), so none do.</source>
        <translation>Er verliert sich in Nachrichten, die in Stücken kommen (CHUNKING), darum kommt keine so.</translation>
    </message>
    <message>
        <source>It loses what comes right behind a message (PIPELINING), so nothing does.</source>
        <translation>Er verliert, was gleich hinter einer Nachricht kommt (PIPELINING), darum kommt dort nichts.</translation>
    </message>
    <message>
        <source>It gets lost when commands come in groups (PIPELINING), so none do.</source>
        <translation>Er verliert sich, wenn Befehle in Gruppen kommen (PIPELINING), darum kommen sie einzeln.</translation>
    </message>
    <message numerus="yes">
        <source>It takes a message for at most %n recipient(s) at a time.</source>
        <translation>
            <numerusform>Er nimmt eine Nachricht auf einmal für höchstens %n Empfänger an.</numerusform>
            <numerusform>Er nimmt eine Nachricht auf einmal für höchstens %n Empfänger an.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 can&apos;t be asked for reports or a priority; the message went without both.</source>
        <translation>%1 kann weder um Berichte noch um einen Vorrang gebeten werden; die Nachricht ging ohne beides hinaus.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be asked for reports; the message went without that wish.</source>
        <translation>%1 kann nicht um Berichte gebeten werden; die Nachricht ging ohne diesen Wunsch hinaus.</translation>
    </message>
    <message>
        <source>%1 knows no priorities; the message went without one.</source>
        <translation>%1 kennt keinen Vorrang; die Nachricht ging ohne ihn hinaus.</translation>
    </message>
    <message numerus="yes">
        <source>Leaves in %n second(s).</source>
        <translation>
            <numerusform>Geht in %n Sekunde hinaus.</numerusform>
            <numerusform>Geht in %n Sekunden hinaus.</numerusform>
        </translation>
    </message>
    <message>
        <source>The sending server keeps it until %1.</source>
        <translation>Der Sendeserver behält sie bis %1.</translation>
    </message>
    <message>
        <source>Your mail is sent, but no copies of it can be kept: %1 can&apos;t be written (%2).</source>
        <translation>Ihre Nachrichten werden gesendet, aber Kopien davon können nicht aufbewahrt werden: %1 ist nicht beschreibbar (%2).</translation>
    </message>
    <message>
        <source>&quot;%1&quot; says the day, but not the time.</source>
        <translation>„%1“ nennt den Tag, aber keine Uhrzeit.</translation>
    </message>
    <message>
        <source>The time &quot;%1&quot; is over.</source>
        <translation>Der Zeitpunkt „%1“ ist vorbei.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no time; 2026-12-24T08:00 or &quot;tomorrow 9:00&quot; would be one.</source>
        <translation>„%1“ ist kein Zeitpunkt; 2026-12-24T08:00 oder „tomorrow 9:00“ wäre einer.</translation>
    </message>
    <message>
        <source>The message cannot be kept in %1: %2</source>
        <translation>Die Nachricht kann nicht in %1 aufbewahrt werden: %2</translation>
    </message>
    <message>
        <source>Standard input cannot be read: %1</source>
        <translation>Die Standardeingabe ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>Standard input has no message.</source>
        <translation>In der Standardeingabe steht keine Nachricht.</translation>
    </message>
    <message>
        <source>The header of the message is too long.</source>
        <translation>Der Kopf der Nachricht ist zu lang.</translation>
    </message>
    <message>
        <source>It sends without encryption there; here it is encrypted.</source>
        <translation>Dort sendet es ohne Verschlüsselung; hier wird verschlüsselt.</translation>
    </message>
    <message>
        <source>It is encrypted there only if the server offers that; here always.</source>
        <translation>Dort wird nur verschlüsselt, wenn der Server es anbietet; hier immer.</translation>
    </message>
    <message>
        <source>It signs in there in a way that Postrider does not know; another one is tried.</source>
        <translation>Dort meldet es sich auf eine Art an, die Postrider nicht kennt; eine andere wird versucht.</translation>
    </message>
    <message>
        <source>It signs in with the browser, which has to be done once more here.</source>
        <translation>Es meldet sich mit dem Browser an; das ist hier noch einmal nötig.</translation>
    </message>
    <message>
        <source>It signs in there with a certificate of its own, which stays there.</source>
        <translation>Dort meldet es sich mit einem eigenen Zertifikat an; dieses bleibt dort.</translation>
    </message>
    <message>
        <source>The server&apos;s certificate is not checked there; here it is.</source>
        <translation>Dort wird das Zertifikat des Servers nicht geprüft; hier schon.</translation>
    </message>
    <message>
        <source>It has no address to send from; one must be typed.</source>
        <translation>Es hat keine Adresse, von der es sendet; Sie müssen eine eingeben.</translation>
    </message>
    <message>
        <source>Its user name is not known; it must be typed.</source>
        <translation>Sein Benutzername ist nicht bekannt; Sie müssen ihn eingeben.</translation>
    </message>
    <message>
        <source>Its server was not named as a whole; what is usual was put in.</source>
        <translation>Sein Server war nicht vollständig angegeben; das Übliche wurde eingesetzt.</translation>
    </message>
    <message>
        <source>Its signature had formatting; the text was kept.</source>
        <translation>Seine Signatur war formatiert; der Text wurde behalten.</translation>
    </message>
    <message>
        <source>Its signature could not be brought along.</source>
        <translation>Seine Signatur konnte nicht übernommen werden.</translation>
    </message>
    <message>
        <source>It uses a proxy there; here the one of this computer&apos;s settings counts.</source>
        <translation>Dort benutzt es einen Proxy; hier gilt der aus den Einstellungen dieses Computers.</translation>
    </message>
    <message>
        <source>The file is signed, but nobody checked by whom: use it only if you know where it comes from.</source>
        <translation>Die Datei ist unterschrieben, aber niemand hat geprüft, von wem: Verwenden Sie sie nur, wenn Sie wissen, woher sie kommt.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be read: %2</source>
        <translation>%1 ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>%1 is too large to hold accounts.</source>
        <translation>%1 ist zu groß, um Konten zu enthalten.</translation>
    </message>
    <message>
        <source>%1 is no file.</source>
        <translation>%1 ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 is encrypted for another device, and only that one can read it.</source>
        <translation>%1 ist für ein anderes Gerät verschlüsselt, und nur dieses kann es lesen.</translation>
    </message>
    <message>
        <source>%1 has no form that is known.</source>
        <translation>Das Format von %1 ist nicht bekannt.</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1 ist beschädigt.</translation>
    </message>
    <message>
        <source>%1 has no account that sends mail.</source>
        <translation>In %1 steht kein Konto, das Mails sendet.</translation>
    </message>
    <message>
        <source>%1 does not let this account in, although you are signed in.</source>
        <translation>%1 lässt dieses Konto nicht herein, obwohl Sie angemeldet sind.</translation>
    </message>
    <message>
        <source>The password store stayed locked, because its question was closed.</source>
        <translation>Der Passwortspeicher blieb gesperrt, weil seine Frage geschlossen wurde.</translation>
    </message>
    <message>
        <source>The password store did not answer in time. Its question may still be open.</source>
        <translation>Der Passwortspeicher hat nicht rechtzeitig geantwortet. Vielleicht ist seine Frage noch offen.</translation>
    </message>
    <message>
        <source>No password store is running in this session.</source>
        <translation>In dieser Sitzung läuft kein Passwortspeicher.</translation>
    </message>
    <message>
        <source>This session has no message bus (D-Bus), so no password store can be reached.</source>
        <translation>Diese Sitzung hat keinen Nachrichtenbus (D-Bus), darum ist kein Passwortspeicher erreichbar.</translation>
    </message>
    <message>
        <source>There is no program %1 on this computer.</source>
        <translation>Auf diesem Computer gibt es kein Programm %1.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be started.</source>
        <translation>%1 lässt sich nicht starten.</translation>
    </message>
    <message>
        <source>“%1” does not say where the program is.</source>
        <translation>„%1“ sagt nicht, wo das Programm liegt.</translation>
    </message>
    <message>
        <source>%1 is not set up to take messages.</source>
        <translation>%1 ist nicht dafür eingerichtet, Nachrichten anzunehmen.</translation>
    </message>
    <message>
        <source>The password was given for another server; %1 has not been shown it.</source>
        <translation>Das Passwort war für einen anderen Server gedacht; %1 wurde es nicht gezeigt.</translation>
    </message>
    <message>
        <source>%1 does not accept mail from %2.</source>
        <translation>%1 nimmt keine Mails von %2 an.</translation>
    </message>
    <message>
        <source>%1 refused at least one of the recipients, and does not say which.</source>
        <translation>%1 hat mindestens einen der Empfänger abgelehnt und sagt nicht, welchen.</translation>
    </message>
    <message>
        <source>The program %1 could not take the message now.</source>
        <translation>Das Programm %1 konnte die Nachricht jetzt nicht annehmen.</translation>
    </message>
    <message>
        <source>Answer the password store&apos;s question and try again.</source>
        <translation>Beantworten Sie die Frage des Passwortspeichers und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Start Postrider from a desktop session, or enter the password only for this session.</source>
        <translation>Starten Sie Postrider in einer Desktop-Sitzung, oder geben Sie das Passwort nur für diese Sitzung ein.</translation>
    </message>
    <message>
        <source>Give the whole path, such as /usr/sbin/sendmail.</source>
        <translation>Geben Sie den ganzen Pfad an, etwa /usr/sbin/sendmail.</translation>
    </message>
    <message>
        <source>Check the mail system of this computer, or choose another account.</source>
        <translation>Prüfen Sie das Mailsystem dieses Computers, oder wählen Sie ein anderes Konto.</translation>
    </message>
    <message>
        <source>the provider</source>
        <translation>der Anbieter</translation>
    </message>
    <message>
        <source>This copy of Postrider is not registered with %1, so you can&apos;t sign in with the browser.</source>
        <translation>%1 kennt dieses Postrider nicht, darum können Sie sich nicht mit dem Browser anmelden.</translation>
    </message>
    <message>
        <source>Use an app password, enter a client ID of your own, or use another account.</source>
        <translation>Nehmen Sie ein App-Passwort, geben Sie eine eigene Client-ID ein, oder nehmen Sie ein anderes Konto.</translation>
    </message>
    <message>
        <source>Nobody signed in at %1 in time.</source>
        <translation>%1 hat gewartet, aber niemand hat sich rechtzeitig angemeldet.</translation>
    </message>
    <message>
        <source>Signing in at %1 was declined.</source>
        <translation>%1 meldet, dass die Anmeldung abgelehnt wurde.</translation>
    </message>
    <message>
        <source>The browser came back with an answer to another question, so Postrider did not use it.</source>
        <translation>Der Browser kam mit der Antwort auf eine andere Frage zurück, darum hat Postrider sie nicht verwendet.</translation>
    </message>
    <message>
        <source>The answer did not come from %1, so Postrider did not use it.</source>
        <translation>Geantwortet hat nicht %1, darum hat Postrider die Antwort nicht verwendet.</translation>
    </message>
    <message>
        <source>This computer lets Postrider receive no answer from the browser.</source>
        <translation>Dieser Computer lässt Postrider keine Antwort des Browsers empfangen.</translation>
    </message>
    <message>
        <source>You are signed in at %1, but sending mail was not allowed.</source>
        <translation>%1 hat Sie angemeldet, aber das Senden von Mails wurde nicht erlaubt.</translation>
    </message>
    <message>
        <source>%1 lets Postrider in for a short time only.</source>
        <translation>%1 lässt Postrider nur für kurze Zeit herein.</translation>
    </message>
    <message>
        <source>%1 does not know the client ID, or wants a client secret with it.</source>
        <translation>%1 kennt die Client-ID nicht oder verlangt dazu ein Client-Geheimnis.</translation>
    </message>
    <message>
        <source>%1 does not know what was asked for with “scope”.</source>
        <translation>%1 kennt nicht, worum mit „scope“ gebeten wurde.</translation>
    </message>
    <message>
        <source>%1 does not accept the sign-in.</source>
        <translation>%1 nimmt die Anmeldung nicht an.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be reached for signing in at the moment.</source>
        <translation>%1 ist im Augenblick für die Anmeldung nicht erreichbar.</translation>
    </message>
    <message>
        <source>What answered in place of %1 was not its sign-in service.</source>
        <translation>Geantwortet hat nicht %1, sondern etwas anderes.</translation>
    </message>
    <message>
        <source>%1 does not offer signing in with a code on another device.</source>
        <translation>%1 bietet keine Anmeldung mit einem Code auf einem anderen Gerät.</translation>
    </message>
    <message>
        <source>Sign in again and allow sending mail.</source>
        <translation>Melden Sie sich noch einmal an und erlauben Sie das Senden von Mails.</translation>
    </message>
    <message>
        <source>Add “offline_access” to the scope if the client ID is your own.</source>
        <translation>Fügen Sie dem „scope“ „offline_access“ hinzu, wenn die Client-ID Ihre eigene ist.</translation>
    </message>
    <message>
        <source>Sign in with a code on another device, or end the program that uses the same port.</source>
        <translation>Melden Sie sich mit einem Code auf einem anderen Gerät an, oder beenden Sie das Programm, das denselben Port benutzt.</translation>
    </message>
    <message>
        <source>Check the client ID where it was registered.</source>
        <translation>Prüfen Sie die Client-ID dort, wo sie registriert wurde.</translation>
    </message>
    <message>
        <source>This network may want you to sign in on a web page first.</source>
        <translation>Vielleicht verlangt dieses Netz, dass Sie sich zuerst auf einer Webseite anmelden.</translation>
    </message>
    <message>
        <source>Sign in with the browser of this computer.</source>
        <translation>Melden Sie sich mit dem Browser dieses Computers an.</translation>
    </message>
    <message>
        <source>%1 gives no access at the moment, so Postrider can&apos;t sign in.</source>
        <translation>%1 gewährt im Augenblick keinen Zugang, deshalb kann Postrider sich nicht anmelden.</translation>
    </message>
    <message>
        <source>%1 does not let Postrider send mail with this sign-in.</source>
        <translation>%1 lässt Postrider mit dieser Anmeldung keine Mails senden.</translation>
    </message>
    <message>
        <source>%1 wants you to sign in again.</source>
        <translation>%1 verlangt, dass Sie sich noch einmal anmelden.</translation>
    </message>
    <message>
        <source>Sign in again.</source>
        <translation>Melden Sie sich noch einmal an.</translation>
    </message>
    <message>
        <source>Ask who runs your mailbox to allow sending by programs (SMTP AUTH).</source>
        <translation>Bitten Sie den Betreiber Ihres Postfachs, das Senden durch Programme (SMTP AUTH) zu erlauben.</translation>
    </message>
    <message>
        <source>Sign in again with the address of this account; if that changes nothing, ask your provider.</source>
        <translation>Melden Sie sich noch einmal mit der Adresse dieses Kontos an; wenn das nichts ändert, fragen Sie Ihren Anbieter.</translation>
    </message>
    <message>
        <source>Unlock the password store and try again, or use the password only for this session.</source>
        <translation>Entsperren Sie den Passwortspeicher und versuchen Sie es noch einmal, oder verwenden Sie das Passwort nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Start a password store such as GNOME Keyring or KWallet, or use the password only for this session.</source>
        <translation>Starten Sie einen Passwortspeicher wie GNOME-Schlüsselbund oder KWallet, oder verwenden Sie das Passwort nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Start Postrider from a desktop session, or use the password only for this session.</source>
        <translation>Starten Sie Postrider in einer Desktop-Sitzung, oder verwenden Sie das Passwort nur für diese Sitzung.</translation>
    </message>
    <message>
        <source>Use the password only for this session, or try again.</source>
        <translation>Verwenden Sie das Passwort nur für diese Sitzung, oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>yes</source>
        <extracomment>What is typed to agree to a question.</extracomment>
        <translation>ja</translation>
    </message>
    <message>
        <source>Test message from Postrider</source>
        <translation>Testnachricht von Postrider</translation>
    </message>
    <message>
        <source>Hello,

this account can send mail. Nothing else is to be done.
</source>
        <translation>Hallo,

dieses Konto kann Mails senden. Sonst ist nichts zu tun.
</translation>
    </message>
    <message>
        <source>This is up to you.</source>
        <translation>Das liegt bei Ihnen.</translation>
    </message>
    <message>
        <source>This is up to the recipient.</source>
        <translation>Das liegt beim Empfänger.</translation>
    </message>
    <message>
        <source>This is up to your provider.</source>
        <translation>Das liegt bei Ihrem Anbieter.</translation>
    </message>
    <message>
        <source>the recipient</source>
        <translation>der Empfänger</translation>
    </message>
    <message>
        <source>There is no mailbox %2, says %1.</source>
        <translation>Ein Postfach %2 gibt es nicht, sagt %1.</translation>
    </message>
    <message>
        <source>The part after the @ in %2 does not exist or takes no mail, says %1.</source>
        <translation>Den Teil nach dem @ in %2 gibt es nicht, oder er nimmt keine Mails an, sagt %1.</translation>
    </message>
    <message>
        <source>The part after the @ in %2 takes no mail at all, says %1.</source>
        <translation>Der Teil nach dem @ in %2 nimmt überhaupt keine Mails an, sagt %1.</translation>
    </message>
    <message>
        <source>Check the address, or reach the recipient in another way.</source>
        <translation>Prüfen Sie die Adresse, oder erreichen Sie den Empfänger auf anderem Weg.</translation>
    </message>
    <message>
        <source>%1 does not accept %2 as an address.</source>
        <translation>%1 nimmt %2 nicht als Adresse an.</translation>
    </message>
    <message>
        <source>%2 may mean more than one mailbox, says %1.</source>
        <translation>%2 kann mehr als ein Postfach meinen, sagt %1.</translation>
    </message>
    <message>
        <source>Use the full address.</source>
        <translation>Nehmen Sie die vollständige Adresse.</translation>
    </message>
    <message>
        <source>The mailbox %2 is somewhere else now, says %1.</source>
        <translation>Das Postfach %2 ist jetzt anderswo, sagt %1.</translation>
    </message>
    <message>
        <source>Ask the recipient for the new address.</source>
        <translation>Fragen Sie den Empfänger nach der neuen Adresse.</translation>
    </message>
    <message>
        <source>The mailbox %2 is switched off, says %1.</source>
        <translation>Das Postfach %2 ist abgeschaltet, sagt %1.</translation>
    </message>
    <message>
        <source>Reach the recipient in another way; only they can switch it on.</source>
        <translation>Erreichen Sie den Empfänger auf anderem Weg; nur er kann es einschalten.</translation>
    </message>
    <message>
        <source>The mailbox of %1 is full.</source>
        <translation>Das Postfach von %1 ist voll.</translation>
    </message>
    <message>
        <source>Try again tomorrow, or tell the recipient in another way.</source>
        <translation>Versuchen Sie es morgen noch einmal, oder sagen Sie es dem Empfänger auf anderem Weg.</translation>
    </message>
    <message>
        <source>The mailbox of %1 is full for now.</source>
        <translation>Das Postfach von %1 ist zurzeit voll.</translation>
    </message>
    <message>
        <source>%2 gets so much mail just now that %1 lets no more in.</source>
        <translation>%2 bekommt gerade so viele Mails, dass %1 keine weiteren durchlässt.</translation>
    </message>
    <message>
        <source>The message is larger than %1 may receive.</source>
        <translation>Die Nachricht ist größer, als %1 empfangen darf.</translation>
    </message>
    <message>
        <source>%1 can&apos;t find out who belongs to the list %2.</source>
        <translation>%1 kann nicht herausfinden, wer zur Liste %2 gehört.</translation>
    </message>
    <message>
        <source>Tell whoever keeps the list.</source>
        <translation>Sagen Sie es dem Betreuer der Liste.</translation>
    </message>
    <message>
        <source>Not everybody may write to the list or group %1.</source>
        <translation>An die Liste oder Gruppe %1 darf nicht jeder schreiben.</translation>
    </message>
    <message>
        <source>Ask whoever keeps it to let you write.</source>
        <translation>Bitten Sie den Betreuer darum, schreiben zu dürfen.</translation>
    </message>
    <message>
        <source>%2 does not accept mail from you, says %1.</source>
        <translation>%2 nimmt keine Mails von Ihnen an, sagt %1.</translation>
    </message>
    <message>
        <source>Ask the recipient in another way to let your mail in.</source>
        <translation>Bitten Sie den Empfänger auf anderem Weg, Ihre Mails zuzulassen.</translation>
    </message>
    <message>
        <source>The mailbox %1 belongs to somebody else by now.</source>
        <translation>Das Postfach %1 gehört inzwischen jemand anderem.</translation>
    </message>
    <message>
        <source>The part after the @ in %1 belongs to somebody else by now.</source>
        <translation>Der Teil nach dem @ in %1 gehört inzwischen jemand anderem.</translation>
    </message>
    <message>
        <source>%1 asks to come back in a few minutes, a usual check of senders that it does not know.</source>
        <translation>%1 bittet, in einigen Minuten wiederzukommen: eine übliche Prüfung unbekannter Absender.</translation>
    </message>
    <message>
        <source>%1 does not accept your address, since the part after its @ does not exist or takes no mail.</source>
        <translation>%1 nimmt Ihre Adresse nicht an, weil es den Teil nach dem @ nicht gibt oder er keine Mails annimmt.</translation>
    </message>
    <message>
        <source>Send from an address that can be answered.</source>
        <translation>Senden Sie von einer Adresse, der man antworten kann.</translation>
    </message>
    <message>
        <source>%1 does not let this account send from the address in the message.</source>
        <translation>%1 lässt dieses Konto nicht von der Adresse in der Nachricht senden.</translation>
    </message>
    <message>
        <source>Send from the account&apos;s own address, or allow the other one in the settings of your provider.</source>
        <translation>Senden Sie von der eigenen Adresse des Kontos, oder erlauben Sie die andere in den Einstellungen Ihres Anbieters.</translation>
    </message>
    <message>
        <source>%1 wants the address that you send from to be verified first.</source>
        <translation>%1 verlangt, dass die Adresse, von der Sie senden, zuerst bestätigt wird.</translation>
    </message>
    <message>
        <source>Verify the address, or the part after its @, in the settings of your sending service.</source>
        <translation>Bestätigen Sie die Adresse oder den Teil nach ihrem @ in den Einstellungen Ihres Sendedienstes.</translation>
    </message>
    <message>
        <source>%1 has blocked sending for this account, because it looked like spam to it.</source>
        <translation>%1 hat das Senden für dieses Konto gesperrt, weil es ihm wie Spam vorkam.</translation>
    </message>
    <message>
        <source>Sign in on the web page of your provider: it says how sending is allowed again. Somebody else may know your password; change it there.</source>
        <translation>Melden Sie sich auf der Webseite Ihres Anbieters an: Dort steht, wie das Senden wieder erlaubt wird. Vielleicht kennt jemand anderes Ihr Passwort; ändern Sie es dort.</translation>
    </message>
    <message>
        <source>%1 has switched this account off.</source>
        <translation>%1 hat dieses Konto abgeschaltet.</translation>
    </message>
    <message>
        <source>Ask your provider why.</source>
        <translation>Fragen Sie Ihren Anbieter nach dem Grund.</translation>
    </message>
    <message>
        <source>%1 still runs your account in its test mode and sends to verified addresses only.</source>
        <translation>%1 führt Ihr Konto noch im Testbetrieb und sendet nur an bestätigte Adressen.</translation>
    </message>
    <message>
        <source>Ask your sending service to end the test mode.</source>
        <translation>Bitten Sie Ihren Sendedienst, den Testbetrieb zu beenden.</translation>
    </message>
    <message>
        <source>%1 has paused sending for your account.</source>
        <translation>%1 hat das Senden für Ihr Konto angehalten.</translation>
    </message>
    <message>
        <source>The web page of your sending service says why.</source>
        <translation>Auf der Webseite Ihres Sendedienstes steht der Grund.</translation>
    </message>
    <message>
        <source>%1 does not pass on mail to %2 for this account.</source>
        <translation>%1 gibt für dieses Konto keine Mails an %2 weiter.</translation>
    </message>
    <message>
        <source>Check that the account signs in, and that this is the server of your provider.</source>
        <translation>Prüfen Sie, ob sich das Konto anmeldet und ob das der Server Ihres Anbieters ist.</translation>
    </message>
    <message>
        <source>%1 wants an app password here, not your usual one.</source>
        <translation>%1 verlangt hier ein App-Passwort, nicht Ihr übliches.</translation>
    </message>
    <message>
        <source>Make an app password on the web page of your provider, and enter it here.</source>
        <translation>Erzeugen Sie auf der Webseite Ihres Anbieters ein App-Passwort, und geben Sie es hier ein.</translation>
    </message>
    <message>
        <source>%1 does not take a password from programs for this account.</source>
        <translation>%1 nimmt für dieses Konto von Programmen kein Passwort an.</translation>
    </message>
    <message>
        <source>Sign in with the browser, or with an app password if your provider has them.</source>
        <translation>Melden Sie sich mit dem Browser an, oder mit einem App-Passwort, wenn Ihr Anbieter so etwas hat.</translation>
    </message>
    <message>
        <source>%1 does not let programs send for this account.</source>
        <translation>%1 lässt für dieses Konto keine Programme senden.</translation>
    </message>
    <message>
        <source>Allow it in the settings of your provider, or ask who runs your organisation&apos;s mail.</source>
        <translation>Erlauben Sie es in den Einstellungen Ihres Anbieters, oder fragen Sie, wer die Mails Ihrer Organisation betreut.</translation>
    </message>
    <message>
        <source>%1 wants a new password first.</source>
        <translation>%1 verlangt zuerst ein neues Passwort.</translation>
    </message>
    <message>
        <source>Set a new password on the web page of your provider, and enter it here.</source>
        <translation>Setzen Sie auf der Webseite Ihres Anbieters ein neues Passwort, und geben Sie es hier ein.</translation>
    </message>
    <message>
        <source>%1 has locked signing in for a while, after too many tries.</source>
        <translation>%1 hat die Anmeldung nach zu vielen Versuchen für eine Weile gesperrt.</translation>
    </message>
    <message>
        <source>%1 wants a safer way of signing in.</source>
        <translation>%1 verlangt eine sicherere Art der Anmeldung.</translation>
    </message>
    <message>
        <source>Choose another way of signing in, or sign in with the browser.</source>
        <translation>Wählen Sie eine andere Art der Anmeldung, oder melden Sie sich mit dem Browser an.</translation>
    </message>
    <message>
        <source>%1 wants an encrypted connection.</source>
        <translation>%1 verlangt eine verschlüsselte Verbindung.</translation>
    </message>
    <message>
        <source>%1 says the message is too large.</source>
        <translation>%1 sagt, die Nachricht ist zu groß.</translation>
    </message>
    <message>
        <source>%1 does not accept a file of a kind that is attached.</source>
        <translation>%1 nimmt eine der angehängten Dateien wegen ihrer Art nicht an.</translation>
    </message>
    <message>
        <source>Remove the file, or send a link to it.</source>
        <translation>Entfernen Sie die Datei, oder senden Sie einen Link darauf.</translation>
    </message>
    <message>
        <source>%1 takes the message for spam.</source>
        <translation>%1 hält die Nachricht für Spam.</translation>
    </message>
    <message>
        <source>Change the text, above all its links and its subject, and send it again.</source>
        <translation>Ändern Sie den Text, vor allem Links und Betreff, und senden Sie ihn noch einmal.</translation>
    </message>
    <message>
        <source>%1 found a virus in the message.</source>
        <translation>%1 hat einen Virus in der Nachricht gefunden.</translation>
    </message>
    <message>
        <source>Check the attached files with a virus scanner.</source>
        <translation>Prüfen Sie die angehängten Dateien mit einem Virenscanner.</translation>
    </message>
    <message>
        <source>A web address in the message is on a list of harmful ones, says %1.</source>
        <translation>Eine Webadresse in der Nachricht steht auf einer Liste schädlicher Adressen, sagt %1.</translation>
    </message>
    <message>
        <source>Remove the link and send the message again.</source>
        <translation>Entfernen Sie den Link, und senden Sie die Nachricht noch einmal.</translation>
    </message>
    <message>
        <source>The recipient&apos;s side wants proof that %1 may send for the part after the @ of your address, and found none.</source>
        <translation>Die Seite des Empfängers will einen Beleg, dass %1 für den Teil nach dem @ Ihrer Adresse senden darf, und fand keinen.</translation>
    </message>
    <message>
        <source>Who runs that domain can add the proof (SPF, DKIM); until then, send from another account.</source>
        <translation>Wer diese Domain betreut, kann den Beleg hinterlegen (SPF, DKIM); senden Sie bis dahin von einem anderen Konto.</translation>
    </message>
    <message>
        <source>The recipient&apos;s side could not check now whether %1 may send for your address.</source>
        <translation>Die Seite des Empfängers konnte gerade nicht prüfen, ob %1 für Ihre Adresse senden darf.</translation>
    </message>
    <message>
        <source>%1 can&apos;t handle the format of the message.</source>
        <translation>%1 kann mit dem Format der Nachricht nicht umgehen.</translation>
    </message>
    <message>
        <source>Send it as plain text, or without its attachments.</source>
        <translation>Senden Sie sie als reinen Text oder ohne ihre Anhänge.</translation>
    </message>
    <message>
        <source>%1 does not accept how the message&apos;s header is written.</source>
        <translation>%1 nimmt den Kopf der Nachricht nicht an, so wie er geschrieben ist.</translation>
    </message>
    <message>
        <source>Check the fields that you added and the addresses, and send it again.</source>
        <translation>Prüfen Sie die Adressen und die Felder, die Sie hinzugefügt haben, und senden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>The way to the recipient does not carry letters like “ü” in addresses.</source>
        <translation>Der Weg zum Empfänger trägt keine Buchstaben wie „ü“ in Adressen.</translation>
    </message>
    <message>
        <source>Use addresses without such letters.</source>
        <translation>Nehmen Sie Adressen ohne solche Buchstaben.</translation>
    </message>
    <message>
        <source>%1 refused the message by a rule of its own.</source>
        <translation>%1 hat die Nachricht nach einer eigenen Regel abgelehnt.</translation>
    </message>
    <message>
        <source>Its own words may say which one.</source>
        <translation>Seine eigenen Worte sagen vielleicht, nach welcher.</translation>
    </message>
    <message>
        <source>%1 can&apos;t give the protection on the way that is asked for.</source>
        <translation>%1 kann den verlangten Schutz auf dem Weg nicht bieten.</translation>
    </message>
    <message>
        <source>Ask your provider, or send it through another account.</source>
        <translation>Fragen Sie Ihren Anbieter, oder senden Sie über ein anderes Konto.</translation>
    </message>
    <message>
        <source>%1 does not take the message with this priority.</source>
        <translation>%1 nimmt die Nachricht mit dieser Dringlichkeit nicht an.</translation>
    </message>
    <message>
        <source>Choose another priority.</source>
        <translation>Wählen Sie eine andere Dringlichkeit.</translation>
    </message>
    <message>
        <source>The message would run in circles between servers, says %1.</source>
        <translation>Die Nachricht würde zwischen Servern im Kreis laufen, sagt %1.</translation>
    </message>
    <message>
        <source>Tell the recipient in another way; their provider has to mend it.</source>
        <translation>Sagen Sie es dem Empfänger auf anderem Weg; sein Anbieter muss das beheben.</translation>
    </message>
    <message>
        <source>The message was under way for too long, says %1.</source>
        <translation>Die Nachricht war zu lange unterwegs, sagt %1.</translation>
    </message>
    <message>
        <source>Send it again.</source>
        <translation>Senden Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>You&apos;ve sent a lot in a short time; %1 asks to wait.</source>
        <translation>Sie haben in kurzer Zeit viel gesendet; %1 bittet zu warten.</translation>
    </message>
    <message>
        <source>What your account may send through %1 is used up.</source>
        <translation>Was Ihr Konto über %1 senden darf, ist verbraucht.</translation>
    </message>
    <message>
        <source>The web page of your sending service says when there is more.</source>
        <translation>Auf der Webseite Ihres Sendedienstes steht, wann es weitergeht.</translation>
    </message>
    <message>
        <source>%1 has too many connections of this account open.</source>
        <translation>%1 hat zu viele Verbindungen dieses Kontos offen.</translation>
    </message>
    <message>
        <source>%1 has no room for the message at the moment.</source>
        <translation>%1 hat im Moment keinen Platz für die Nachricht.</translation>
    </message>
    <message>
        <source>%1 takes no mail at the moment.</source>
        <translation>%1 nimmt im Moment keine Mails an.</translation>
    </message>
    <message>
        <source>%1 can&apos;t do something that this message needs.</source>
        <translation>%1 kann etwas nicht, was diese Nachricht braucht.</translation>
    </message>
    <message>
        <source>Send it without special wishes, or through another account.</source>
        <translation>Senden Sie sie ohne besondere Wünsche oder über ein anderes Konto.</translation>
    </message>
    <message>
        <source>%1 is not set up rightly, by its own words.</source>
        <translation>%1 ist nach eigener Aussage nicht richtig eingerichtet.</translation>
    </message>
    <message>
        <source>Tell your provider.</source>
        <translation>Sagen Sie es Ihrem Anbieter.</translation>
    </message>
    <message>
        <source>%1 has trouble of its own at the moment.</source>
        <translation>%1 hat im Moment eigene Schwierigkeiten.</translation>
    </message>
    <message>
        <source>%1 has too much to do at the moment.</source>
        <translation>%1 hat im Moment zu viel zu tun.</translation>
    </message>
    <message>
        <source>The recipient&apos;s server does not answer %1.</source>
        <translation>Der Server des Empfängers antwortet %1 nicht.</translation>
    </message>
    <message>
        <source>Check the part after the @ of the address.</source>
        <translation>Prüfen Sie den Teil der Adresse nach dem @.</translation>
    </message>
    <message>
        <source>%1 can&apos;t find out where mail for %2 goes.</source>
        <translation>%1 kann nicht herausfinden, wohin Mails für %2 gehen.</translation>
    </message>
    <message>
        <source>%1 did not understand what Postrider said to it.</source>
        <translation>%1 hat nicht verstanden, was Postrider ihm gesagt hat.</translation>
    </message>
    <message>
        <source>Ask your provider; the transcript of the try shows what was said.</source>
        <translation>Fragen Sie Ihren Anbieter; das Protokoll des Versuchs zeigt, was gesagt wurde.</translation>
    </message>
    <message>
        <source>%1 refuses mail from your present network, because it is on a list of networks that send spam.</source>
        <translation>%1 lehnt Mails aus Ihrem jetzigen Netz ab, weil es auf einer Liste von Netzen steht, aus denen Spam kommt.</translation>
    </message>
    <message>
        <source>Try another network, such as your phone&apos;s.</source>
        <translation>Versuchen Sie es in einem anderen Netz, etwa über Ihr Telefon.</translation>
    </message>
    <message>
        <source>%1 does not trust a network whose computers have no name.</source>
        <translation>%1 traut keinem Netz, dessen Computer keinen Namen haben.</translation>
    </message>
    <message>
        <source>Try another network, or ask who runs this one.</source>
        <translation>Versuchen Sie es in einem anderen Netz, oder fragen Sie, wer dieses betreibt.</translation>
    </message>
    <message>
        <source>The recipient&apos;s side keeps back mail from %1, because others sent spam through it.</source>
        <translation>Die Seite des Empfängers hält Mails von %1 zurück, weil andere darüber Spam gesendet haben.</translation>
    </message>
    <message>
        <source>Tell your provider, or send it through another account.</source>
        <translation>Sagen Sie es Ihrem Anbieter, oder senden Sie über ein anderes Konto.</translation>
    </message>
    <message>
        <source>The password store is locked, so an older password of %1 may still be in it.</source>
        <extracomment>An account&apos;s name.</extracomment>
        <translation>Der Passwortspeicher ist gesperrt; darin ist vielleicht noch ein älteres Passwort von %1.</translation>
    </message>
    <message>
        <source>An older password of %1 may still be in the password store, which did not answer as it should.</source>
        <translation>Im Passwortspeicher, der nicht richtig geantwortet hat, ist vielleicht noch ein älteres Passwort von %1.</translation>
    </message>
    <message>
        <source>%1 does not let this account send from %2.</source>
        <translation>%1 lässt dieses Konto nicht von %2 senden.</translation>
    </message>
    <message>
        <source>%1 wants %2, which you send from, to be verified first.</source>
        <translation>%1 verlangt, dass %2, von der Sie senden, zuerst bestätigt wird.</translation>
    </message>
</context>
<context>
    <name>main</name>
    <message>
        <source>Keep everything in this folder.</source>
        <translation>Alles in diesem Ordner aufbewahren.</translation>
    </message>
    <message>
        <source>folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Start with a sample message to the practice mailbox.</source>
        <translation>Mit einer Beispielnachricht an den Übungsbriefkasten beginnen.</translation>
    </message>
    <message>
        <source>Sends mail, and does only that.</source>
        <translation>Sendet Mails, und nur das.</translation>
    </message>
    <message>
        <source>Unexpected argument: %1</source>
        <translation>Unerwartetes Argument: %1</translation>
    </message>
    <message>
        <source>Write the message of a mailto link.</source>
        <translation>Die Nachricht eines mailto-Links schreiben.</translation>
    </message>
</context>
<context>
    <name>postrider::app::AccountStrips</name>
    <message>
        <source>Enter password…</source>
        <translation>Passwort eingeben …</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>Next try at %1.</source>
        <translation>Nächster Versuch um %1.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>An account&apos;s name and what is wrong with it.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Look at the server…</source>
        <translation>Server untersuchen …</translation>
    </message>
    <message>
        <source>Sign in again…</source>
        <translation>Noch einmal anmelden …</translation>
    </message>
</context>
<context>
    <name>postrider::app::AccountWindows</name>
    <message>
        <source>Unlock and forget it</source>
        <translation>Entsperren und vergessen</translation>
    </message>
    <message>
        <source>The password store is open, and no older password stays in it.</source>
        <translation>Der Passwortspeicher ist offen, und kein älteres Passwort bleibt darin.</translation>
    </message>
</context>
<context>
    <name>postrider::app::AccountsDialog</name>
    <message>
        <source>Accounts</source>
        <translation>Konten</translation>
    </message>
    <message>
        <source>&amp;Add…</source>
        <translation>&amp;Hinzufügen …</translation>
    </message>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>Konto entfernen</translation>
    </message>
    <message>
        <source>Keep account</source>
        <translation>Konto behalten</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <extracomment>An account in the list of accounts: its address and its sending server or program.</extracomment>
        <translation>%1, über %2</translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Its password is forgotten. Its messages stay in the Outbox, but are not sent any more.</source>
        <translation>Das Passwort wird vergessen. Die Nachrichten bleiben im Postausgang, werden aber nicht mehr gesendet.</translation>
    </message>
    <message>
        <source>&amp;Edit…</source>
        <translation>&amp;Bearbeiten …</translation>
    </message>
</context>
<context>
    <name>postrider::app::CaughtMessageDialog</name>
    <message>
        <source>Caught message</source>
        <translation>Aufgefangene Nachricht</translation>
    </message>
    <message>
        <source>This is the &amp;message as it was sent to the practice mailbox:</source>
        <translation>Das ist die &amp;Nachricht, wie sie an den Übungsbriefkasten gesendet wurde:</translation>
    </message>
    <message>
        <source>Message as sent</source>
        <translation>Nachricht, wie sie gesendet wurde</translation>
    </message>
    <message>
        <source>The message is longer than what is shown here.</source>
        <translation>Die Nachricht ist länger als das, was hier steht.</translation>
    </message>
</context>
<context>
    <name>postrider::app::MainWindow</name>
    <message>
        <source>A friend</source>
        <translation>Ein Freund</translation>
    </message>
    <message>
        <source>My first message with Postrider</source>
        <translation>Meine erste Nachricht mit Postrider</translation>
    </message>
    <message>
        <source>Hello,

this message goes to the practice mailbox: nothing leaves this computer.
Press Send, and look at what was caught.
</source>
        <translation>Hallo,

diese Nachricht geht an den Übungsbriefkasten: Nichts verlässt diesen Computer.
Drücken Sie auf Senden und sehen Sie nach, was aufgefangen wurde.
</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>Main tools</source>
        <translation>Hauptwerkzeuge</translation>
    </message>
    <message>
        <source>&amp;New message</source>
        <translation>&amp;Neue Nachricht</translation>
    </message>
    <message>
        <source>&amp;Send all now</source>
        <translation>&amp;Alle jetzt senden</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Accounts…</source>
        <translation>&amp;Konten …</translation>
    </message>
    <message>
        <source>&amp;About Postrider</source>
        <translation>Ü&amp;ber Postrider</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>bereit</translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>needs you</source>
        <translation>braucht Sie</translation>
    </message>
    <message>
        <source>Set up an account</source>
        <translation>Ein Konto einrichten</translation>
    </message>
    <message>
        <source>Show the caught message</source>
        <translation>Die aufgefangene Nachricht zeigen</translation>
    </message>
    <message>
        <source>The outbox could not be read. It was kept as %1, and a new one was begun.</source>
        <translation>Der Postausgang war nicht lesbar. Er wurde als %1 aufgehoben, und ein neuer wurde begonnen.</translation>
    </message>
    <message>
        <source>The accounts could not be read. They were kept as %1; set them up again.</source>
        <translation>Die Konten waren nicht lesbar. Sie wurden als %1 aufgehoben; richten Sie sie noch einmal ein.</translation>
    </message>
    <message>
        <source>The files are in %1.</source>
        <translation>Die Dateien liegen in %1.</translation>
    </message>
    <message>
        <source>The profile is %1.</source>
        <translation>Das Profil ist %1.</translation>
    </message>
    <message>
        <source>Practice: nothing leaves this computer.</source>
        <translation>Übung: Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>An account&apos;s name and its state in one or two words: &quot;example.org: ready&quot;.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>another Postrider is sending from this Outbox</source>
        <translation>ein anderes Postrider sendet aus diesem Postausgang</translation>
    </message>
    <message>
        <source>Caught here, not sent.</source>
        <translation>Hier aufgefangen, nicht gesendet.</translation>
    </message>
    <message>
        <source>The practice mailbox has the message. It is in the file %1.</source>
        <translation>Der Übungsbriefkasten hat die Nachricht. Sie liegt in der Datei %1.</translation>
    </message>
    <message>
        <source>About Postrider</source>
        <translation>Über Postrider</translation>
    </message>
    <message>
        <source>Postrider %1</source>
        <translation>Postrider %1</translation>
    </message>
    <message>
        <source>Sends mail, and does only that.</source>
        <translation>Sendet Mails, und nur das.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>Freie Software unter der GNU General Public License, Version 3 oder neuer.</translation>
    </message>
    <message>
        <source>Built from revision %1.</source>
        <translation>Gebaut aus Revision %1.</translation>
    </message>
    <message>
        <source>A message that was not sent yet could not be read. It was kept as %1.</source>
        <translation>Eine noch nicht gesendete Nachricht konnte nicht gelesen werden. Sie wurde als %1 aufbewahrt.</translation>
    </message>
    <message>
        <source>Nothing can be sent as long as that lasts. Postrider goes on trying by itself, and your messages stay in the Outbox. The profile is %1.</source>
        <translation>Solange das anhält, kann nichts gesendet werden. Postrider versucht es von selbst weiter, und Ihre Nachrichten bleiben im Postausgang. Das Profil ist %1.</translation>
    </message>
    <message>
        <source>Another program wrote this message: it can&apos;t be changed here, and it will not be sent.</source>
        <translation>Ein anderes Programm hat diese Nachricht geschrieben: Sie kann hier nicht geändert werden und wird nicht gesendet.</translation>
    </message>
</context>
<context>
    <name>postrider::app::ServerReports</name>
    <message>
        <source>Signing in on port %1…</source>
        <translation>Anmelden an Port %1 …</translation>
    </message>
    <message>
        <source>Port %1 is used from now on. Messages that waited are sent.</source>
        <translation>Von jetzt an wird Port %1 benutzt. Wartende Nachrichten werden gesendet.</translation>
    </message>
</context>
<context>
    <name>postrider::app::UndoStrip</name>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>Send &amp;now</source>
        <translation>Jetzt &amp;senden</translation>
    </message>
    <message>
        <source>%1: not sent yet.</source>
        <extracomment>A message&apos;s subject and recipient.</extracomment>
        <translation>%1: noch nicht gesendet.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountAddCommand</name>
    <message>
        <source>%1 is no program that can be started.</source>
        <translation>%1 ist kein Programm, das sich starten lässt.</translation>
    </message>
    <message>
        <source>%1 wants a password: add --password-stdin.</source>
        <translation>%1 verlangt ein Passwort: Fügen Sie --password-stdin hinzu.</translation>
    </message>
    <message>
        <source>No server can be found for %1: name it with --host.</source>
        <translation>Für %1 ist kein Server zu finden: Nennen Sie ihn mit --host.</translation>
    </message>
    <message>
        <source>There is no sending service &quot;%1&quot;: see &quot;account services&quot;.</source>
        <translation>Es gibt keinen Sendedienst „%1“: siehe „account services“.</translation>
    </message>
    <message>
        <source>%1 has no region &quot;%2&quot;: see &quot;account services&quot;.</source>
        <translation>%1 hat keine Region „%2“: siehe „account services“.</translation>
    </message>
    <message>
        <source>%1 gives a user name of its own: add --user.</source>
        <translation>%1 vergibt einen eigenen Benutzernamen: Fügen Sie --user hinzu.</translation>
    </message>
    <message>
        <source>%1 takes no passwords. Sign in with the browser: %2</source>
        <translation>%1 nimmt keine Passwörter an. Melden Sie sich mit dem Browser an: %2</translation>
    </message>
    <message>
        <source>How to get a client ID: %1</source>
        <translation>So bekommt man eine Client-ID: %1</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountCommand</name>
    <message>
        <source>There is no account &quot;%1&quot;, or several begin like this.</source>
        <translation>Es gibt kein Konto „%1“, oder mehrere beginnen so.</translation>
    </message>
    <message>
        <source>A message in doubt waits for your decision.</source>
        <translation>Eine Nachricht mit ungewissem Ausgang wartet auf Ihre Entscheidung.</translation>
    </message>
    <message>
        <source>A message in doubt is sent once more after half an hour.</source>
        <translation>Eine Nachricht mit ungewissem Ausgang wird nach einer halben Stunde noch einmal gesendet.</translation>
    </message>
    <message>
        <source>A message in doubt is not sent again.</source>
        <translation>Eine Nachricht mit ungewissem Ausgang wird nicht noch einmal gesendet.</translation>
    </message>
    <message>
        <source>Messages in a minute: at most %1.</source>
        <translation>Nachrichten in einer Minute: höchstens %1.</translation>
    </message>
    <message>
        <source>Messages in a day: at most %1.</source>
        <translation>Nachrichten an einem Tag: höchstens %1.</translation>
    </message>
    <message>
        <source>Recipients of one message: at most %1 at once.</source>
        <translation>Empfänger einer Nachricht: höchstens %1 auf einmal.</translation>
    </message>
    <message>
        <source>Recipients in a day: at most %1.</source>
        <translation>Empfänger an einem Tag: höchstens %1.</translation>
    </message>
    <message>
        <source>A message of which some recipients are refused goes to nobody before you decide.</source>
        <translation>Eine Nachricht, bei der einzelne Empfänger abgelehnt werden, geht an niemanden, bevor Sie entscheiden.</translation>
    </message>
    <message>
        <source>A message for later waits at the server if it offers that.</source>
        <translation>Eine Nachricht für später wartet beim Server, wenn er das anbietet.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountEditCommand</name>
    <message>
        <source>The practice account can&apos;t be changed.</source>
        <translation>Das Übungskonto lässt sich nicht ändern.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountForgetServerCommand</name>
    <message>
        <source>What %1 offered before is forgotten; what it offers next is taken as right.</source>
        <translation>Was %1 zuvor anbot, ist vergessen; was er das nächste Mal anbietet, gilt als richtig.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountImportCommand</name>
    <message>
        <source>No account of another program was found.</source>
        <translation>Es wurde kein Konto eines anderen Programms gefunden.</translation>
    </message>
    <message>
        <source>No account of %1 was found.</source>
        <translation>Es wurde kein Konto von %1 gefunden.</translation>
    </message>
    <message>
        <source>This account signs in with the browser: set it up in the window.</source>
        <translation>Dieses Konto meldet sich mit dem Browser an: Richten Sie es im Fenster ein.</translation>
    </message>
    <message>
        <source>%1 wants a password: add --password-stdin.</source>
        <translation>%1 verlangt ein Passwort: Fügen Sie --password-stdin hinzu.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountListCommand</name>
    <message>
        <source>There is no account yet.</source>
        <translation>Es gibt noch kein Konto.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountRemoveCommand</name>
    <message>
        <source>The practice account is built in and stays.</source>
        <translation>Das Übungskonto ist eingebaut und bleibt.</translation>
    </message>
    <message>
        <source>The account %1 was removed.</source>
        <translation>Das Konto %1 wurde entfernt.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountSetCommand</name>
    <message>
        <source>The practice account sends nothing and has no rules.</source>
        <translation>Das Übungskonto sendet nichts und hat keine Regeln.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountSetPasswordCommand</name>
    <message>
        <source>The account %1 needs no password.</source>
        <translation>Das Konto %1 braucht kein Passwort.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountShowCommand</name>
    <message>
        <source>There was no connection to its server yet, so nothing is known about it.</source>
        <translation>Mit seinem Server gab es noch keine Verbindung, darum ist nichts über ihn bekannt.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountSignInCommand</name>
    <message>
        <source>The account %1 does not sign in with the browser.</source>
        <translation>Das Konto %1 meldet sich nicht mit dem Browser an.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::AccountSignUpCommand</name>
    <message>
        <source>Which server sends mail for %1 is not known. Name it with --host.</source>
        <translation>Welcher Server Mails für %1 sendet, ist nicht bekannt. Nennen Sie ihn mit --host.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::BrowserCommand</name>
    <message>
        <source>There is no provider &quot;%1&quot;. Known are: %2.</source>
        <translation>Es gibt keinen Anbieter „%1“. Bekannt sind: %2.</translation>
    </message>
    <message>
        <source>Open this address in your browser and sign in:</source>
        <translation>Öffnen Sie diese Adresse in Ihrem Browser und melden Sie sich an:</translation>
    </message>
    <message>
        <source>On any device, open this address and enter the code %1:</source>
        <translation>Öffnen Sie auf einem beliebigen Gerät diese Adresse und geben Sie den Code %1 ein:</translation>
    </message>
</context>
<context>
    <name>postrider::cli::DetectCommand</name>
    <message>
        <source>%1 holds no certificate.</source>
        <translation>In %1 steht kein Zertifikat.</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::DoctorCommand</name>
    <message>
        <source>The practice account has no server to look at.</source>
        <translation>Das Übungskonto hat keinen Server, den man untersuchen könnte.</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Use it: %1</source>
        <translation>So verwenden Sie ihn: %1</translation>
    </message>
    <message>
        <source>Connected, not encrypted.</source>
        <translation>Verbunden, nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>Connected, encrypted.</source>
        <translation>Verbunden, verschlüsselt.</translation>
    </message>
    <message>
        <source>Let in without signing in.</source>
        <translation>Ohne Anmeldung eingelassen.</translation>
    </message>
    <message>
        <source>Signed in as %1.</source>
        <translation>Angemeldet als %1.</translation>
    </message>
    <message>
        <source>Mail from %1 is taken.</source>
        <translation>Mails von %1 werden angenommen.</translation>
    </message>
    <message>
        <source>Mail from %1 is not taken.</source>
        <translation>Mails von %1 werden nicht angenommen.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::Help</name>
    <message>
        <source>Name or address of the sending server.</source>
        <translation>Name oder Adresse des Sendeservers.</translation>
    </message>
    <message>
        <source>Send straight to this server, without account and outbox.</source>
        <translation>Direkt an diesen Server senden, ohne Konto und Postausgang.</translation>
    </message>
    <message>
        <source>Port number.</source>
        <translation>Portnummer.</translation>
    </message>
    <message>
        <source>How the connection is encrypted. Default: starttls for the ports 25, 587 and 2525, tls otherwise. The default port is 465 for tls, 587 for starttls, 25 for none.</source>
        <translation>Wie die Verbindung verschlüsselt wird. Vorgabe: starttls für die Ports 25, 587 und 2525, sonst tls. Der Port ist ohne Angabe 465 bei tls, 587 bei starttls und 25 bei none.</translation>
    </message>
    <message>
        <source>Name to sign in with.</source>
        <translation>Name für die Anmeldung.</translation>
    </message>
    <message>
        <source>auto, plain, login, cram-md5, scram-sha-1, scram-sha-256, xoauth2, oauthbearer, external, or none to not sign in. Default: auto.</source>
        <translation>auto, plain, login, cram-md5, scram-sha-1, scram-sha-256, xoauth2, oauthbearer, external oder none, um sich nicht anzumelden. Vorgabe: auto.</translation>
    </message>
    <message>
        <source>Read the password from the first line of standard input.</source>
        <translation>Das Passwort aus der ersten Zeile der Standardeingabe lesen.</translation>
    </message>
    <message>
        <source>Read the password from the first line of this file.</source>
        <translation>Das Passwort aus der ersten Zeile dieser Datei lesen.</translation>
    </message>
    <message>
        <source>Trust these authorities too, besides the system&apos;s.</source>
        <translation>Auch diesen Zertifizierungsstellen vertrauen, nicht nur denen des Systems.</translation>
    </message>
    <message>
        <source>Trust the server&apos;s key with this SHA-256 fingerprint, and no other.</source>
        <translation>Dem Schlüssel des Servers mit diesem SHA-256-Fingerabdruck vertrauen und keinem anderen.</translation>
    </message>
    <message>
        <source>Save the account without trying it.</source>
        <translation>Das Konto speichern, ohne es auszuprobieren.</translation>
    </message>
    <message>
        <source>Address that mail is from.</source>
        <translation>Adresse, von der die Mails kommen.</translation>
    </message>
    <message>
        <source>Name that recipients see, and that the account goes by.</source>
        <translation>Name, den die Empfänger sehen und den das Konto trägt.</translation>
    </message>
    <message>
        <source>Account to send through; &quot;practice&quot; is the built-in one that only catches mail. Default: the one whose address is in From, or the first.</source>
        <translation>Konto, über das gesendet wird; „practice“ ist das eingebaute, das Mails nur auffängt. Vorgabe: das Konto mit der Absenderadresse, sonst das erste.</translation>
    </message>
    <message>
        <source>Sender, such as &quot;Ann &lt;ann@example.org&gt;&quot;.</source>
        <translation>Absender, etwa „Ann &lt;ann@example.org&gt;“.</translation>
    </message>
    <message>
        <source>Recipient, or several separated by commas; may repeat.</source>
        <translation>Empfänger, oder mehrere mit Kommas getrennt; darf sich wiederholen.</translation>
    </message>
    <message>
        <source>Recipient of a copy; like --to.</source>
        <translation>Empfänger einer Kopie; wie --to.</translation>
    </message>
    <message>
        <source>Recipient whom the others do not see; like --to.</source>
        <translation>Empfänger, den die anderen nicht sehen; wie --to.</translation>
    </message>
    <message>
        <source>Subject.</source>
        <translation>Betreff.</translation>
    </message>
    <message>
        <source>Text of the message, UTF-8; - for standard input.</source>
        <translation>Text der Nachricht in UTF-8; - für die Standardeingabe.</translation>
    </message>
    <message>
        <source>File to go along; may repeat.</source>
        <translation>Datei, die mitgeht; darf sich wiederholen.</translation>
    </message>
    <message>
        <source>Send this finished message; its To, Cc and Bcc are the recipients unless --to, --cc or --bcc say otherwise. With --server it may repeat.</source>
        <translation>Diese fertige Nachricht senden; ihre To-, Cc- und Bcc-Felder sind die Empfänger, wenn --to, --cc oder --bcc nichts anderes sagen. Mit --server darf sich die Option wiederholen.</translation>
    </message>
    <message>
        <source>End as soon as the message is safely in the outbox.</source>
        <translation>Enden, sobald die Nachricht sicher im Postausgang liegt.</translation>
    </message>
    <message>
        <source>Longest wait for the outcome. Default: 300. The message stays in the outbox.</source>
        <translation>Längste Wartezeit auf das Ergebnis. Vorgabe: 300. Die Nachricht bleibt im Postausgang.</translation>
    </message>
    <message>
        <source>Only messages in this state: preparing, draft, held, queued, sending, deferred, sent, partly-sent, failed, in-doubt, damaged.</source>
        <translation>Nur Nachrichten in diesem Zustand: preparing, draft, held, queued, sending, deferred, sent, partly-sent, failed, in-doubt, damaged.</translation>
    </message>
    <message>
        <source>Every message that waits.</source>
        <translation>Jede wartende Nachricht.</translation>
    </message>
    <message>
        <source>It has arrived: never send it again.</source>
        <translation>Sie ist angekommen: nie wieder senden.</translation>
    </message>
    <message>
        <source>Send it again, even if it may then arrive twice.</source>
        <translation>Noch einmal senden, auch wenn sie dann vielleicht zweimal ankommt.</translation>
    </message>
    <message>
        <source>End when nothing is due any more.</source>
        <translation>Enden, wenn nichts mehr fällig ist.</translation>
    </message>
    <message>
        <source>Folder to keep caught mail in. Default: practice in the profile folder.</source>
        <translation>Ordner für aufgefangene Mails. Vorgabe: practice im Profilordner.</translation>
    </message>
    <message>
        <source>Use the accounts and the outbox in this folder.</source>
        <translation>Die Konten und den Postausgang in diesem Ordner verwenden.</translation>
    </message>
    <message>
        <source>Print results as JSON, one object per line, on standard output.</source>
        <translation>Ergebnisse als JSON auf die Standardausgabe schreiben, ein Objekt je Zeile.</translation>
    </message>
    <message>
        <source>Show this page, or a command&apos;s.</source>
        <translation>Diese Seite zeigen, oder die eines Befehls.</translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation>Die Version zeigen.</translation>
    </message>
    <message>
        <source>Set up an account, after trying it.</source>
        <translation>Ein Konto einrichten, nachdem es ausprobiert wurde.</translation>
    </message>
    <message>
        <source>List the accounts.</source>
        <translation>Die Konten auflisten.</translation>
    </message>
    <message>
        <source>Remove an account and its password.</source>
        <translation>Ein Konto und sein Passwort entfernen.</translation>
    </message>
    <message>
        <source>Replace an account&apos;s password and let its waiting messages go.</source>
        <translation>Das Passwort eines Kontos ersetzen und seine wartenden Nachrichten losschicken.</translation>
    </message>
    <message>
        <source>Send a message.</source>
        <translation>Eine Nachricht senden.</translation>
    </message>
    <message>
        <source>List the messages, newest first.</source>
        <translation>Die Nachrichten auflisten, die neueste zuerst.</translation>
    </message>
    <message>
        <source>Show where a message is.</source>
        <translation>Zeigen, wo eine Nachricht ist.</translation>
    </message>
    <message>
        <source>Try a message, or all that wait, now.</source>
        <translation>Eine Nachricht oder alle wartenden jetzt versuchen.</translation>
    </message>
    <message>
        <source>Stop sending a message; it becomes a draft.</source>
        <translation>Eine Nachricht nicht mehr senden; sie wird zum Entwurf.</translation>
    </message>
    <message>
        <source>Keep a message back until it is released.</source>
        <translation>Eine Nachricht zurückhalten, bis sie freigegeben wird.</translation>
    </message>
    <message>
        <source>Let a message go that was kept back.</source>
        <translation>Eine zurückgehaltene Nachricht freigeben.</translation>
    </message>
    <message>
        <source>Decide about a message that is in doubt.</source>
        <translation>Über eine ungewisse Nachricht entscheiden.</translation>
    </message>
    <message>
        <source>Deliver in the foreground.</source>
        <translation>Im Vordergrund ausliefern.</translation>
    </message>
    <message>
        <source>List every try of a message.</source>
        <translation>Jeden Versuch einer Nachricht auflisten.</translation>
    </message>
    <message>
        <source>Run the practice mailbox, which catches mail and sends none.</source>
        <translation>Den Übungsbriefkasten starten, der Mails auffängt und keine sendet.</translation>
    </message>
    <message>
        <source>It listens on this computer only, until it is interrupted.</source>
        <translation>Er ist nur auf diesem Computer erreichbar, bis er unterbrochen wird.</translation>
    </message>
    <message>
        <source>Usage:</source>
        <translation>Aufruf:</translation>
    </message>
    <message>
        <source>Commands:</source>
        <translation>Befehle:</translation>
    </message>
    <message>
        <source>Options, anywhere on the line:</source>
        <translation>Optionen, an jeder Stelle der Zeile:</translation>
    </message>
    <message>
        <source>Every option may be written --option=value. COMMAND --help shows a command&apos;s page.</source>
        <translation>Jede Option kann auch als --option=wert stehen. BEFEHL --help zeigt die Seite eines Befehls.</translation>
    </message>
    <message>
        <source>Options:</source>
        <translation>Optionen:</translation>
    </message>
    <message>
        <source>Options of every command:</source>
        <translation>Optionen jedes Befehls:</translation>
    </message>
    <message>
        <source>A command is missing.</source>
        <translation>Ein Befehl fehlt.</translation>
    </message>
    <message>
        <source>There is no command &quot;%1&quot;.</source>
        <translation>Es gibt keinen Befehl „%1“.</translation>
    </message>
    <message>
        <source>There is no option %1.</source>
        <translation>Es gibt keine Option %1.</translation>
    </message>
    <message>
        <source>The command &quot;%2&quot; has no option %1.</source>
        <translation>Der Befehl „%2“ hat keine Option %1.</translation>
    </message>
    <message>
        <source>The option %1 needs a value; one that begins with a hyphen is written %1=value.</source>
        <translation>Die Option %1 braucht einen Wert; einer, der mit einem Bindestrich beginnt, wird %1=wert geschrieben.</translation>
    </message>
    <message>
        <source>The option %1 takes no value.</source>
        <translation>Die Option %1 hat keinen Wert.</translation>
    </message>
    <message>
        <source>&quot;%2&quot; is no possible value of %1.</source>
        <translation>„%2“ ist kein möglicher Wert von %1.</translation>
    </message>
    <message>
        <source>The option %1 may stand only once.</source>
        <translation>Die Option %1 darf nur einmal stehen.</translation>
    </message>
    <message>
        <source>The option %1 is missing.</source>
        <translation>Die Option %1 fehlt.</translation>
    </message>
    <message>
        <source>Either %1 or %2 is needed.</source>
        <translation>Entweder %1 oder %2 wird gebraucht.</translation>
    </message>
    <message>
        <source>The options %1 and %2 do not go together.</source>
        <translation>Die Optionen %1 und %2 passen nicht zusammen.</translation>
    </message>
    <message>
        <source>The option %1 has a meaning only together with %2.</source>
        <translation>Die Option %1 hat nur zusammen mit %2 eine Bedeutung.</translation>
    </message>
    <message>
        <source>%1 is missing.</source>
        <translation>%1 fehlt.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too much.</source>
        <translation>„%1“ ist zu viel.</translation>
    </message>
    <message>
        <source>Whom the message is for is missing: --to, --cc, --bcc or --eml.</source>
        <translation>Es fehlt, für wen die Nachricht ist: --to, --cc, --bcc oder --eml.</translation>
    </message>
    <message>
        <source>More about it: %1</source>
        <translation>Mehr dazu: %1</translation>
    </message>
    <message>
        <source>Read an OAuth 2 access token from the first line of this file.</source>
        <translation>Ein OAuth-2-Zugriffstoken aus der ersten Zeile dieser Datei lesen.</translation>
    </message>
    <message>
        <source>Certificate, with its chain, to show to a server that asks for one. Without password and token it signs in by itself (external).</source>
        <translation>Zertifikat mit seiner Kette für einen Server, der eines verlangt. Ohne Passwort und Token meldet es allein an (external).</translation>
    </message>
    <message>
        <source>Key of that certificate. Default: it is in the same file.</source>
        <translation>Schlüssel dieses Zertifikats. Vorgabe: Er steht in derselben Datei.</translation>
    </message>
    <message>
        <source>Name to greet the server with. Default: [127.0.0.1], which tells nothing about this computer.</source>
        <translation>Name, mit dem der Server begrüßt wird. Vorgabe: [127.0.0.1]; das verrät nichts über diesen Computer.</translation>
    </message>
    <message>
        <source>Write what is said with the server to this file, without passwords.</source>
        <translation>Das Gespräch mit dem Server in diese Datei schreiben, ohne Passwörter.</translation>
    </message>
    <message>
        <source>Print what is said with the server on standard error, without passwords.</source>
        <translation>Das Gespräch mit dem Server auf der Standardfehlerausgabe ausgeben, ohne Passwörter.</translation>
    </message>
    <message>
        <source>Ask for reports: never, or success, failure and delay separated by commas. A server that knows no reports sends none.</source>
        <translation>Um Berichte bitten: never, oder success, failure und delay durch Kommas getrennt. Ein Server, der keine Berichte kennt, schickt keine.</translation>
    </message>
    <message>
        <source>What comes back with a report of failure.</source>
        <translation>Was mit einem Bericht über einen Fehlschlag zurückkommt.</translation>
    </message>
    <message>
        <source>Name that reports carry back. Default: a random one.</source>
        <translation>Name, den Berichte zurückbringen. Vorgabe: ein zufälliger.</translation>
    </message>
    <message>
        <source>Encrypted on the whole way to the recipient, or not at all (REQUIRETLS).</source>
        <translation>Auf dem ganzen Weg zum Empfänger verschlüsselt oder gar nicht (REQUIRETLS).</translation>
    </message>
    <message>
        <source>Time in which it must arrive; after that it comes back, or a report says that it is late. Default: notify.</source>
        <translation>Zeit, in der sie ankommen muss; danach kommt sie zurück, oder ein Bericht meldet die Verspätung. Vorgabe: notify.</translation>
    </message>
    <message>
        <source>Let the server keep it back for so long.</source>
        <translation>Den Server sie so lange zurückhalten lassen.</translation>
    </message>
    <message>
        <source>Let the server keep it back until then, such as 2026-12-24T08:00:00Z.</source>
        <translation>Den Server sie bis dahin zurückhalten lassen, etwa 2026-12-24T08:00:00Z.</translation>
    </message>
    <message>
        <source>From -9 to 9; higher goes first on servers that know it.</source>
        <translation>Von -9 bis 9; Höheres geht bei Servern, die das kennen, zuerst.</translation>
    </message>
    <message>
        <source>Keep what is said with the server about this message, without passwords; &quot;outbox log&quot; shows it.</source>
        <translation>Das Gespräch mit dem Server über diese Nachricht aufbewahren, ohne Passwörter; „outbox log“ zeigt es.</translation>
    </message>
    <message>
        <source>Way to the server: system, none, socks5://[USER@]HOST:PORT or http://[USER@]HOST:PORT. Default: system. Never used for this computer itself.</source>
        <translation>Weg zum Server: system, none, socks5://[BENUTZER@]HOST:PORT oder http://[BENUTZER@]HOST:PORT. Vorgabe: system. Nie für diesen Computer selbst.</translation>
    </message>
    <message>
        <source>Read the password for the proxy from the first line of this file.</source>
        <translation>Das Passwort für den Proxy aus der ersten Zeile dieser Datei lesen.</translation>
    </message>
    <message>
        <source>Text of the message as HTML, UTF-8; - for standard input. Scripts, pictures from elsewhere and other unsafe things are left out. Without --text, the plain form is made from it.</source>
        <translation>Text der Nachricht als HTML, UTF-8; - für die Standardeingabe. Skripte, Bilder von anderswo und anderes Unsichere wird weggelassen. Ohne --text wird die reine Textform daraus gemacht.</translation>
    </message>
    <message>
        <source>Message-ID of the message that this one answers, with or without its &lt; &gt;.</source>
        <translation>Message-ID der Nachricht, auf die diese antwortet, mit oder ohne ihre &lt; &gt;.</translation>
    </message>
    <message>
        <source>Through an account, the message is put in the outbox first, and this command ends when its fate is known. With --server nothing is stored and nothing is tried again; several messages go over one connection. A WISH is what the server is asked for besides: --dsn, --require-tls, --deliver-by, --hold-for, --hold-until, --priority. MAILTO is a link such as mailto:ann@example.org?subject=Hello; options come before what it says, it never attaches a file, and its blind copies are named, not sent. Exit codes: 0 accepted, 80 some recipients refused, 67 all refused, 69 refused for good, 75 try later, 76 protocol, encryption or certificate, 77 sign-in, 78 configuration, 79 in doubt.</source>
        <translation>Über ein Konto kommt die Nachricht zuerst in den Postausgang, und dieser Befehl endet, wenn ihr Schicksal feststeht. Mit --server wird nichts gespeichert und nichts noch einmal versucht; mehrere Nachrichten gehen über eine Verbindung. Ein WISH ist, worum der Server außerdem gebeten wird: --dsn, --require-tls, --deliver-by, --hold-for, --hold-until, --priority. MAILTO ist ein Link wie mailto:ann@example.org?subject=Hallo; Optionen gehen dem vor, was er sagt, er hängt nie eine Datei an, und seine Blindkopien werden genannt, nicht gesendet. Rückgabewerte: 0 angenommen, 80 einige Empfänger abgelehnt, 67 alle abgelehnt, 69 endgültig abgelehnt, 75 später versuchen, 76 Protokoll, Verschlüsselung oder Zertifikat, 77 Anmeldung, 78 Einrichtung, 79 ungewiss.</translation>
    </message>
    <message>
        <source>A password in %1 could be seen by others on this computer: use %2.</source>
        <translation>Ein Passwort in %1 könnten andere auf diesem Computer sehen: Verwenden Sie %2.</translation>
    </message>
    <message>
        <source>Show one account, and what its server offered at the last sign-in.</source>
        <translation>Zeigt ein Konto, und was sein Server bei der letzten Anmeldung anbot.</translation>
    </message>
    <message>
        <source>Take what an account&apos;s server offers next as right.</source>
        <translation>Nimmt als richtig an, was der Server eines Kontos das nächste Mal anbietet.</translation>
    </message>
    <message>
        <source>A server that offers less than before, a weaker way to sign in or no encryption, may be somebody else&apos;s, and the account&apos;s messages wait. If its provider says that the server has changed, this forgets what it offered before and lets them go. What the account itself demands, as encryption, is demanded further on.</source>
        <translation>Ein Server, der weniger anbietet als zuvor, eine schwächere Anmeldung oder keine Verschlüsselung, ist vielleicht ein fremder, und die Nachrichten des Kontos warten. Sagt sein Anbieter, dass sich der Server geändert hat, dann vergisst dieser Befehl, was er zuvor anbot, und lässt sie gehen. Was das Konto selbst verlangt, etwa Verschlüsselung, wird weiter verlangt.</translation>
    </message>
    <message>
        <source>%1 signs in with an access token, and %2 gives a password.</source>
        <translation>%1 meldet mit einem Zugriffstoken an, und %2 gibt ein Passwort.</translation>
    </message>
    <message>
        <source>%1 signs in with a password, and %2 gives an access token.</source>
        <translation>%1 meldet mit einem Passwort an, und %2 gibt ein Zugriffstoken.</translation>
    </message>
    <message>
        <source>An account that has reached its pace waits, and goes on by itself. A number that is set here wins over what was learnt from the server&apos;s replies.</source>
        <translation>Ein Konto, das sein Tempo erreicht hat, wartet und macht von selbst weiter. Eine hier gesetzte Zahl geht dem vor, was aus den Antworten des Servers gelernt wurde.</translation>
    </message>
    <message>
        <source>Send the message on standard input, as /usr/sbin/sendmail does.</source>
        <translation>Die Nachricht der Standardeingabe senden, wie /usr/sbin/sendmail es tut.</translation>
    </message>
    <message>
        <source>For programs that know how to call sendmail, as git send-email, cron and PHP do; also when this program is called by that name. Other options of sendmail are passed over, but those that do not send a message (-bd, -bp, -bs, -q) are refused.
An address without @, as cron writes it, stands for the account&apos;s own, and a message without From gets one. The account is the one of -f or From, otherwise the first; never the practice account unless it is named.
The exit code is 0 as soon as the message is safely in the outbox, after one try when no other process delivers. That try ends after a while when the server does not answer, and the next process that delivers goes on. What became of it stands on standard error when the message was not sent. Exit codes otherwise: 64 wrong options, 65 no message that could be sent, 74 the outbox cannot be written, 78 no account.</source>
        <translation>Für Programme, die sendmail aufrufen, wie git send-email, cron und PHP; auch wenn dieses Programm unter jenem Namen aufgerufen wird. Andere Optionen von sendmail werden übergangen, aber solche, die keine Nachricht senden (-bd, -bp, -bs, -q), werden abgelehnt.
Eine Adresse ohne @, wie cron sie schreibt, steht für die des Kontos, und eine Nachricht ohne From bekommt eines. Das Konto ist das von -f oder From, sonst das erste; nie das Übungskonto, außer es wird genannt.
Der Rückgabewert ist 0, sobald die Nachricht sicher im Postausgang liegt, nach einem Versuch, wenn kein anderer Prozess sendet. Dieser Versuch endet nach einer Weile, wenn der Server nicht antwortet, und der nächste Prozess, der sendet, macht weiter. Was daraus wurde, steht in der Fehlerausgabe, wenn die Nachricht nicht gesendet wurde. Sonstige Rückgabewerte: 64 falsche Optionen, 65 keine Nachricht, die gesendet werden kann, 74 der Postausgang ist nicht beschreibbar, 78 kein Konto.</translation>
    </message>
    <message>
        <source>Send to the recipients in To, Cc and Bcc, or in Resent-To, Resent-Cc and Resent-Bcc where there are any, and to those on the line. Bcc is removed.</source>
        <translation>An die Empfänger in To, Cc und Bcc senden, oder in Resent-To, Resent-Cc und Resent-Bcc, wo es sie gibt, und an die in der Befehlszeile. Bcc wird entfernt.</translation>
    </message>
    <message>
        <source>A line with nothing but a dot does not end the message.</source>
        <translation>Eine Zeile, in der nur ein Punkt steht, beendet die Nachricht nicht.</translation>
    </message>
    <message>
        <source>Sender of the envelope, who hears of trouble. Default: the account&apos;s.</source>
        <translation>Absender des Umschlags, der von Schwierigkeiten erfährt. Vorgabe: der des Kontos.</translation>
    </message>
    <message>
        <source>Name in a From that is missing.</source>
        <translation>Name in einem fehlenden From.</translation>
    </message>
    <message>
        <source>Only put it in the outbox; another process delivers.</source>
        <translation>Sie nur in den Postausgang legen; ein anderer Prozess sendet.</translation>
    </message>
    <message>
        <source>Longest try for a server that does not take the sender. Default: 30.</source>
        <translation>Längster Versuch bei einem Server, der den Absender nicht annimmt. Vorgabe: 30.</translation>
    </message>
    <message>
        <source>Let a message leave at another time.</source>
        <translation>Eine Nachricht zu einer anderen Zeit hinausgehen lassen.</translation>
    </message>
    <message>
        <source>TIME is one word for the shell, such as &quot;tomorrow 9:00&quot; or 2026-12-24T08:00. &quot;outbox release&quot; sends it now.</source>
        <translation>TIME ist für die Shell ein Wort, etwa &quot;tomorrow 9:00&quot; oder 2026-12-24T08:00. „outbox release“ sendet sie jetzt.</translation>
    </message>
    <message>
        <source>Send a message to the right address of a refused one.</source>
        <translation>Eine Nachricht an die richtige Adresse statt einer abgelehnten senden.</translation>
    </message>
    <message>
        <source>OLD is the address that the server refused, NEW the one in its place. It is the same message with the same Message-ID, and nobody who has it gets it again.</source>
        <translation>OLD ist die Adresse, die der Server abgelehnt hat, NEW die an ihrer Stelle. Es ist dieselbe Nachricht mit derselben Message-ID, und niemand, der sie hat, bekommt sie noch einmal.</translation>
    </message>
    <message>
        <source>List what was sent, newest first.</source>
        <translation>Auflisten, was gesendet wurde, das Neueste zuerst.</translation>
    </message>
    <message>
        <source>First the messages that are still there as a whole, then what is kept of older ones: subject, recipients, and the words with which the server accepted them. How long either is kept, and whether copies go to a folder or a mailbox file, says &quot;settings list&quot;.</source>
        <translation>Zuerst die Nachrichten, die noch als Ganzes da sind, dann, was von älteren aufbewahrt wird: Betreff, Empfänger und die Worte, mit denen der Server sie annahm. Wie lange beides aufbewahrt wird, und ob Kopien in einen Ordner oder eine Postfachdatei gehen, sagt „settings list“.</translation>
    </message>
    <message>
        <source>List the settings of the profile.</source>
        <translation>Die Einstellungen des Profils auflisten.</translation>
    </message>
    <message>
        <source>Change a setting of the profile.</source>
        <translation>Eine Einstellung des Profils ändern.</translation>
    </message>
    <message>
        <source>sending/undoSeconds: how long Send can be taken back in the window, 0 to 120. sent/keepMessagesDays: how long a sent message is kept as a whole. sent/keepRecordsDays: how long it is kept what was sent to whom; 0 for ever. sent/copyTo: a folder that gets a copy of every sent message as an .eml file, or a mailbox file (a name that ends in .mbox); &quot;&quot; for no copies. They stand in settings.ini in the profile folder.</source>
        <translation>sending/undoSeconds: wie lange Senden im Fenster zurückgenommen werden kann, 0 bis 120. sent/keepMessagesDays: wie lange eine gesendete Nachricht als Ganzes aufbewahrt wird. sent/keepRecordsDays: wie lange aufbewahrt wird, was an wen gesendet wurde; 0 für immer. sent/copyTo: ein Ordner, der von jeder gesendeten Nachricht eine Kopie als .eml-Datei bekommt, oder eine Postfachdatei (ein Name, der auf .mbox endet); &quot;&quot; für keine Kopien. Sie stehen in settings.ini im Profilordner.</translation>
    </message>
    <message>
        <source>Options of sendmail:</source>
        <translation>Optionen von sendmail:</translation>
    </message>
    <message>
        <source>Nothing says what to change.</source>
        <translation>Nichts sagt, was geändert werden soll.</translation>
    </message>
    <message>
        <source>Whom the message is for is missing: name the recipients, or use -t to take those of its header.</source>
        <translation>Es fehlt, für wen die Nachricht ist: Nennen Sie die Empfänger, oder nehmen Sie mit -t die ihres Kopfes.</translation>
    </message>
    <message>
        <source>%1 is not for sending a message, which is all that this program does in the place of sendmail. &quot;postrider-cli outbox&quot; shows what waits and sends it.</source>
        <translation>%1 sendet keine Nachricht, und nur das tut dieses Programm anstelle von sendmail. „postrider-cli outbox“ zeigt, was wartet, und sendet es.</translation>
    </message>
    <message>
        <source>What becomes of a message of which nobody knows whether the server has it: ask (the default), send it once more after half an hour, or never send it again.</source>
        <translation>Was aus einer Nachricht wird, von der niemand weiß, ob der Server sie hat: nachfragen (die Vorgabe), nach einer halben Stunde noch einmal senden, oder nie wieder senden.</translation>
    </message>
    <message>
        <source>Most messages in a minute; 0 for no limit, auto for what the server tells.</source>
        <translation>Höchstzahl der Nachrichten in einer Minute; 0 für keine Grenze, auto für das, was der Server sagt.</translation>
    </message>
    <message>
        <source>Most messages in a day, likewise.</source>
        <translation>Höchstzahl der Nachrichten an einem Tag, ebenso.</translation>
    </message>
    <message>
        <source>Most recipients of a message, likewise; a longer list is sent in parts.</source>
        <translation>Höchstzahl der Empfänger einer Nachricht, ebenso; eine längere Liste wird in Teilen gesendet.</translation>
    </message>
    <message>
        <source>Most recipients in a day, likewise.</source>
        <translation>Höchstzahl der Empfänger an einem Tag, ebenso.</translation>
    </message>
    <message>
        <source>Keep it in the outbox until then: 2026-12-24T08:00 (this computer&apos;s time zone unless one is written), &quot;tomorrow 9:00&quot;, &quot;friday 17:30&quot;, &quot;in 2 hours&quot;. It leaves when a process delivers at that time.</source>
        <translation>Sie bis dahin im Postausgang behalten: 2026-12-24T08:00 (Zeitzone dieses Rechners, wenn keine dabeisteht), &quot;tomorrow 9:00&quot;, &quot;friday 17:30&quot;, &quot;in 2 hours&quot;. Sie geht hinaus, wenn zu dieser Zeit ein Prozess sendet.</translation>
    </message>
    <message>
        <source>Keep it back for so long, up to 120, in which &quot;outbox cancel&quot; takes it back. Default: 0.</source>
        <translation>Sie so lange zurückhalten, bis zu 120; solange nimmt „outbox cancel“ sie zurück. Vorgabe: 0.</translation>
    </message>
    <message>
        <source>Change an account&apos;s rules and its pace.</source>
        <translation>Die Regeln eines Kontos und sein Tempo ändern.</translation>
    </message>
    <message>
        <source>Who gets a message from the window of which the server refuses some recipients: the accepted ones (the default), or nobody before it is decided. What the command line sends goes to the accepted ones.</source>
        <translation>Wer eine Nachricht aus dem Fenster bekommt, bei der der Server einzelne Empfänger ablehnt: die angenommenen (Vorgabe), oder niemand, bevor darüber entschieden ist. Was die Befehlszeile sendet, geht an die angenommenen.</translation>
    </message>
    <message>
        <source>Where a message for later waits: here (the default), or at the server if it offers that; then this computer may be off.</source>
        <translation>Wo eine Nachricht für später wartet: hier (Vorgabe) oder beim Server, wenn er das anbietet; dann darf dieser Computer aus sein.</translation>
    </message>
    <message>
        <source>Without --host the server is found as &quot;detect&quot; does it; what is used, and why, is told on standard error. A server that nobody vouches for is used only after a question on the terminal, or with --agree. MORE is --name, --user, --auth, --reply-to, --signature, --ca-file, --helo, --no-verify-login.
The password goes to the system&apos;s keychain. With a password and without --user, the address is the user name. When the trial fails, nothing is saved.
--service takes a sending service&apos;s servers; &quot;account services&quot; lists them. --relay does not sign in, as for the relay of a company&apos;s network; without --host it is the mail system of this computer. --command hands messages to a program that takes them as /usr/sbin/sendmail does.</source>
        <translation>Ohne --host wird der Server gefunden, wie „detect“ es tut; was verwendet wird und warum, steht auf der Standardfehlerausgabe. Ein Server, für den niemand bürgt, wird nur nach einer Frage im Terminal oder mit --agree verwendet. MORE ist --name, --user, --auth, --reply-to, --signature, --ca-file, --helo, --no-verify-login.
Das Passwort kommt in den Schlüsselbund des Systems. Mit Passwort und ohne --user ist die Adresse der Benutzername. Schlägt der Versuch fehl, wird nichts gespeichert.
--service nimmt die Server eines Sendedienstes; „account services“ listet sie auf. --relay meldet sich nicht an, wie beim Relay eines Firmennetzes; ohne --host ist es das Mailsystem dieses Computers. --command übergibt Nachrichten einem Programm, das sie wie /usr/sbin/sendmail annimmt.</translation>
    </message>
    <message>
        <source>List the sending services that are known.</source>
        <translation>Die bekannten Sendedienste auflisten.</translation>
    </message>
    <message>
        <source>Change an account, after trying what it would be then.</source>
        <translation>Ein Konto ändern, nachdem ausprobiert wurde, was es dann wäre.</translation>
    </message>
    <message>
        <source>What is not named stays as it is; an empty value, such as --reply-to &quot;&quot;, takes it away. The kept password is used only for the host that it was given for: another host needs --password-stdin. When the trial fails, nothing is changed.</source>
        <translation>Was nicht genannt wird, bleibt, wie es ist; ein leerer Wert wie --reply-to &quot;&quot; nimmt es weg. Das gespeicherte Passwort wird nur für den Server verwendet, für den es eingegeben wurde: Ein anderer braucht --password-stdin. Schlägt der Versuch fehl, wird nichts geändert.</translation>
    </message>
    <message>
        <source>Let an account send from a further address.</source>
        <translation>Ein Konto von einer weiteren Adresse senden lassen.</translation>
    </message>
    <message>
        <source>The server is asked whether it takes mail from that address. An address that the account has already is changed.</source>
        <translation>Der Server wird gefragt, ob er Mails von dieser Adresse annimmt. Eine Adresse, die das Konto schon hat, wird geändert.</translation>
    </message>
    <message>
        <source>List the addresses that an account sends from.</source>
        <translation>Die Adressen auflisten, von denen ein Konto sendet.</translation>
    </message>
    <message>
        <source>Take a further address from an account.</source>
        <translation>Einem Konto eine weitere Adresse wegnehmen.</translation>
    </message>
    <message>
        <source>List the accounts of other programs, and set one up.</source>
        <translation>Die Konten anderer Programme auflisten und eines einrichten.</translation>
    </message>
    <message>
        <source>Looks for the settings of Thunderbird, KMail, Evolution, Geary, Claws Mail, Sylpheed and msmtp on this computer, or reads FILE: one of theirs, a configuration profile (.mobileconfig), or a provider&apos;s config-v1.1.xml. With --email, the account of that address is set up; identities and signatures come along. Passwords are never read from there.</source>
        <translation>Sucht auf diesem Computer nach den Einstellungen von Thunderbird, KMail, Evolution, Geary, Claws Mail, Sylpheed und msmtp, oder liest FILE: eine Datei von ihnen, ein Konfigurationsprofil (.mobileconfig) oder die config-v1.1.xml eines Anbieters. Mit --email wird das Konto dieser Adresse eingerichtet; Identitäten und Signaturen kommen mit. Passwörter werden dort nie gelesen.</translation>
    </message>
    <message>
        <source>Sign in with the browser once more and let the account&apos;s waiting messages go.</source>
        <translation>Sich noch einmal mit dem Browser anmelden und die wartenden Nachrichten des Kontos losschicken.</translation>
    </message>
    <message>
        <source>For accounts of a provider that wants it (OAuth 2). The address to open is printed, and opened when there is a display. When the trial fails, nothing is changed. Exit codes: 77 not let in, 75 try later, 78 this copy cannot sign in there.</source>
        <translation>Für Konten eines Anbieters, der das verlangt (OAuth 2). Die Adresse zum Öffnen wird ausgegeben, und wenn es eine Anzeige gibt, auch geöffnet. Schlägt der Versuch fehl, wird nichts geändert. Rückgabewerte: 77 nicht eingelassen, 75 später versuchen, 78 dieses Postrider kann sich dort nicht anmelden.</translation>
    </message>
    <message>
        <source>Find the server that mail is sent through.</source>
        <translation>Den Server finden, über den Mails gesendet werden.</translation>
    </message>
    <message>
        <source>Looks where the domain says that mail is sent, tries the ports of all servers that come into question at the same time, and tells which one to use and why. A name is tried as a domain and as a server; with a port, it is that server alone.
No password is asked for, and the part of the address before the @ does not leave this computer. Ends as soon as the answer stands; what is still open is then NOT_TRIED.
Exit codes: 0 with a recommendation, 69 without, 75 when the network is the cause, as it is when no port answers at all.</source>
        <translation>Sieht nach, wo die Domain sagt, dass Mails gesendet werden, versucht die Ports aller Server, die in Frage kommen, gleichzeitig, und sagt, welcher zu nehmen ist und warum. Ein Name wird als Domain und als Server versucht; mit einem Port ist es dieser Server allein.
Nach einem Passwort wird nicht gefragt, und der Teil der Adresse vor dem @ verlässt diesen Computer nicht. Endet, sobald die Antwort feststeht; was noch offen ist, ist dann NOT_TRIED.
Rückgabewerte: 0 mit einer Empfehlung, 69 ohne, 75 wenn es am Netz liegt, also wenn gar kein Port antwortet.</translation>
    </message>
    <message>
        <source>Look at an account&apos;s server, sign in, and tell what is wrong.</source>
        <translation>Den Server eines Kontos untersuchen, sich anmelden und sagen, was nicht stimmt.</translation>
    </message>
    <message>
        <source>The same as detect, with every port of the account&apos;s own server, and signing in with the password that is kept. Nothing is sent to anybody and nothing is changed: what would be better is said, and never protects less than what is there.
Exit codes: 0 the account can send, otherwise those of send.</source>
        <translation>Das Gleiche wie detect, mit jedem Port des eigenen Servers des Kontos und mit einer Anmeldung mit dem gespeicherten Passwort. Nichts wird an jemanden gesendet und nichts wird geändert: Was besser wäre, wird gesagt, und es schützt nie weniger als das Vorhandene.
Rückgabewerte: 0 das Konto kann senden, sonst die von send.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is neither an address nor the name of a domain or server.</source>
        <translation>„%1“ ist weder eine Adresse noch der Name einer Domain oder eines Servers.</translation>
    </message>
    <message>
        <source>Sign in with the browser at this provider (OAuth 2): microsoft, google, yahoo, aol, fastmail, yandex, mailru, or one of your own in oauth.json.</source>
        <translation>Sich mit dem Browser bei diesem Anbieter anmelden (OAuth 2): microsoft, google, yahoo, aol, fastmail, yandex, mailru oder ein eigener in oauth.json.</translation>
    </message>
    <message>
        <source>Client ID that the provider gave you. Default: the one of this copy, if it has one.</source>
        <translation>Client-ID, die Sie vom Anbieter haben. Vorgabe: die dieses Postriders, wenn es eine hat.</translation>
    </message>
    <message>
        <source>Organisation at a provider that knows several. Default: any.</source>
        <translation>Organisation bei einem Anbieter, der mehrere kennt. Vorgabe: jede.</translation>
    </message>
    <message>
        <source>What to ask for, with blanks between. Default: what sending mail takes.</source>
        <translation>Worum gebeten wird, mit Leerzeichen dazwischen. Vorgabe: was zum Senden von Mails nötig ist.</translation>
    </message>
    <message>
        <source>Print a code to be entered in the browser of any other device.</source>
        <translation>Einen Code ausgeben, der im Browser eines beliebigen anderen Geräts eingegeben wird.</translation>
    </message>
    <message>
        <source>Ask nobody where mail is sent; try only what is known here and usual names.</source>
        <translation>Niemanden fragen, wo Mails gesendet werden; nur versuchen, was hier bekannt ist, und übliche Namen.</translation>
    </message>
    <message>
        <source>Ask the public settings database, too. It is told the domain, such as example.org, and nothing else.</source>
        <translation>Auch die öffentliche Datenbank der Einstellungen fragen. Sie erfährt die Domain, etwa example.org, und sonst nichts.</translation>
    </message>
    <message>
        <source>Go on until every port has a result, port 25 included.</source>
        <translation>Weitermachen, bis jeder Port ein Ergebnis hat, auch Port 25.</translation>
    </message>
    <message>
        <source>Where answers go instead; a mailbox or several.</source>
        <translation>Wohin Antworten stattdessen gehen; eine Adresse oder mehrere.</translation>
    </message>
    <message>
        <source>Plain text, UTF-8, that is put under new messages in the window.</source>
        <translation>Reiner Text, UTF-8, der im Fenster unter neue Nachrichten gesetzt wird.</translation>
    </message>
    <message>
        <source>Send by way of this sending service.</source>
        <translation>Über diesen Sendedienst senden.</translation>
    </message>
    <message>
        <source>Which of the service&apos;s places. Default: its usual one.</source>
        <translation>Welcher der Standorte des Dienstes. Vorgabe: sein üblicher.</translation>
    </message>
    <message>
        <source>Do not sign in: the server knows this computer by its address.</source>
        <translation>Sich nicht anmelden: Der Server kennt diesen Computer an seiner Adresse.</translation>
    </message>
    <message>
        <source>Hand messages to this program, such as /usr/sbin/sendmail.</source>
        <translation>Nachrichten diesem Programm übergeben, etwa /usr/sbin/sendmail.</translation>
    </message>
    <message>
        <source>Use this server even if nobody vouches that it is the right one.</source>
        <translation>Diesen Server verwenden, auch wenn niemand dafür bürgt, dass er der richtige ist.</translation>
    </message>
    <message>
        <source>Longest time for the whole search. Default: 15.</source>
        <translation>Längste Zeit für die ganze Suche. Vorgabe: 15.</translation>
    </message>
    <message>
        <source>Longest wait for any one answer of the server, the last one included. Default: what the standard says, up to 10 minutes.</source>
        <translation>Längste Wartezeit auf jede einzelne Antwort des Servers, auch auf die letzte. Vorgabe: was der Standard sagt, bis zu 10 Minuten.</translation>
    </message>
    <message>
        <source>Ask for the domain&apos;s settings without encryption (http), too. Anybody on the way can read which domain that is and change the answer, so that a server from there is used only after a question, or with --agree.</source>
        <translation>Auch ohne Verschlüsselung (http) nach den Einstellungen der Domain fragen. Jeder auf dem Weg kann lesen, welche das ist, und die Antwort ändern; ein Server von dort wird deshalb nur nach einer Rückfrage benutzt, oder mit --agree.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::IdentityAddCommand</name>
    <message>
        <source>%1 is the account&apos;s own address: change it with &quot;account edit&quot;.</source>
        <translation>%1 ist die eigene Adresse des Kontos: Ändern Sie sie mit „account edit“.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::IdentityCommand</name>
    <message>
        <source>answers to %1</source>
        <translation>Antworten an %1</translation>
    </message>
</context>
<context>
    <name>postrider::cli::IdentityRemoveCommand</name>
    <message>
        <source>The account has no further address &quot;%1&quot;.</source>
        <translation>Das Konto hat keine weitere Adresse „%1“.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::OfficeCommand</name>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
    <message>
        <source>The outbox was damaged. It was set aside as %1, and a new one was begun.</source>
        <translation>Der Postausgang war beschädigt. Er wurde als %1 beiseitegelegt, und ein neuer wurde begonnen.</translation>
    </message>
    <message>
        <source>The list of accounts was damaged. It was set aside as %1, and a new one was begun.</source>
        <translation>Die Liste der Konten war beschädigt. Sie wurde als %1 beiseitegelegt, und eine neue wurde begonnen.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::OutboxLogCommand</name>
    <message>
        <source>It was not tried yet.</source>
        <translation>Sie wurde noch nicht versucht.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::OutboxRunCommand</name>
    <message>
        <source>Caught: %1</source>
        <translation>Aufgefangen: %1</translation>
    </message>
</context>
<context>
    <name>postrider::cli::PracticeCommand</name>
    <message>
        <source>caught %1</source>
        <translation>aufgefangen %1</translation>
    </message>
    <message>
        <source>listening on 127.0.0.1:%1</source>
        <translation>erreichbar an 127.0.0.1:%1</translation>
    </message>
    <message>
        <source>user %1</source>
        <translation>Benutzer %1</translation>
    </message>
    <message>
        <source>password %1</source>
        <translation>Passwort %1</translation>
    </message>
    <message>
        <source>Port %1 cannot be used: %2</source>
        <translation>Port %1 ist nicht benutzbar: %2</translation>
    </message>
    <message>
        <source>A practice mailbox is already running in this folder.</source>
        <translation>In diesem Ordner läuft schon ein Übungsbriefkasten.</translation>
    </message>
    <message>
        <source>The certificate could not be made: %1</source>
        <translation>Das Zertifikat konnte nicht gemacht werden: %1</translation>
    </message>
    <message>
        <source>The folder for caught mail cannot be written: %1</source>
        <translation>Der Ordner für aufgefangene Mails ist nicht beschreibbar: %1</translation>
    </message>
</context>
<context>
    <name>postrider::cli::SearchOutput</name>
    <message>
        <source>%1 (best)</source>
        <translation>%1 (am besten)</translation>
    </message>
    <message>
        <source>The name is %1.</source>
        <translation>Der Name ist %1.</translation>
    </message>
    <message>
        <source>User name: %1</source>
        <translation>Benutzername: %1</translation>
    </message>
    <message>
        <source>%1; %2 more</source>
        <extracomment>What is known of a port by now, and how many others are still being tried.</extracomment>
        <translation>%1; noch %2</translation>
    </message>
</context>
<context>
    <name>postrider::cli::SendCommand</name>
    <message>
        <source>Caught: %1</source>
        <translation>Aufgefangen: %1</translation>
    </message>
    <message>
        <source>%1 is not a message that can be sent.</source>
        <translation>%1 ist keine Nachricht, die man senden kann.</translation>
    </message>
    <message>
        <source>There is no account &quot;%1&quot;, or several begin like this.</source>
        <translation>Es gibt kein Konto „%1“, oder mehrere beginnen so.</translation>
    </message>
    <message>
        <source>There is no account to send through. &quot;account add&quot; sets one up; --account practice only catches the message.</source>
        <translation>Es gibt kein Konto, über das gesendet werden kann. „account add“ richtet eines ein; --account practice fängt die Nachricht nur auf.</translation>
    </message>
    <message>
        <source>No account sends from %1; --account says which one to use.</source>
        <translation>Kein Konto sendet von %1; --account sagt, welches es sein soll.</translation>
    </message>
    <message>
        <source>The time to wait is up; the message stays in the outbox.</source>
        <translation>Die Wartezeit ist um; die Nachricht bleibt im Postausgang.</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
    <message>
        <source>Interrupted; the message stays in the outbox.</source>
        <translation>Unterbrochen; die Nachricht bleibt im Postausgang.</translation>
    </message>
    <message>
        <source>%1 The message stays in the outbox.</source>
        <extracomment>What is wrong with the disk.</extracomment>
        <translation>%1 Die Nachricht bleibt im Postausgang.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::SendDirectCommand</name>
    <message>
        <source>No temporary file can be made: %1</source>
        <translation>Es lässt sich keine temporäre Datei anlegen: %1</translation>
    </message>
    <message>
        <source>%1 is not a message that can be sent.</source>
        <translation>%1 ist keine Nachricht, die man senden kann.</translation>
    </message>
    <message>
        <source>%1 says not who it is from; --from does.</source>
        <translation>%1 sagt nicht, von wem sie ist; --from sagt es.</translation>
    </message>
    <message>
        <source>%1 has no recipient.</source>
        <translation>%1 hat keinen Empfänger.</translation>
    </message>
    <message>
        <source>%1 cannot be sent: %2</source>
        <translation>%1 kann nicht gesendet werden: %2</translation>
    </message>
    <message>
        <source>Without an account, --from must say who the message is from.</source>
        <translation>Ohne Konto muss --from sagen, von wem die Nachricht ist.</translation>
    </message>
    <message>
        <source>Accepted by %1.</source>
        <translation>Angenommen von %1.</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>%1 lässt sich nicht schreiben: %2</translation>
    </message>
</context>
<context>
    <name>postrider::cli::SendmailCommand</name>
    <message>
        <source>Standard input cannot be read: %1</source>
        <translation>Die Standardeingabe ist nicht lesbar: %1</translation>
    </message>
    <message>
        <source>There is no account to send through. &quot;account add&quot; sets one up; --account practice only catches the message.</source>
        <translation>Es gibt kein Konto, über das gesendet werden kann. „account add“ richtet eines ein; --account practice fängt die Nachricht nur auf.</translation>
    </message>
    <message>
        <source>There is no account &quot;%1&quot;, or several begin like this.</source>
        <translation>Es gibt kein Konto „%1“, oder mehrere beginnen so.</translation>
    </message>
    <message>
        <source>The message names no recipient.</source>
        <translation>Die Nachricht nennt keinen Empfänger.</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no sender: exactly one address is needed.</source>
        <translation>„%1“ ist kein Absender: Genau eine Adresse wird gebraucht.</translation>
    </message>
    <message>
        <source>Interrupted.</source>
        <translation>Unterbrochen.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::ServerChoice</name>
    <message>
        <source>Use %1? Type yes or no: </source>
        <translation>%1 verwenden? Tippen Sie ja oder nein: </translation>
    </message>
    <message>
        <source>Nothing was set up.</source>
        <translation>Nichts wurde eingerichtet.</translation>
    </message>
    <message>
        <source>To agree to it, add the option --agree %1.</source>
        <translation>Um zuzustimmen, fügen Sie die Option --agree %1 hinzu.</translation>
    </message>
</context>
<context>
    <name>postrider::cli::SettingsSetCommand</name>
    <message>
        <source>There is no setting &quot;%1&quot;; &quot;settings list&quot; names them.</source>
        <translation>Es gibt keine Einstellung „%1“; „settings list“ nennt sie.</translation>
    </message>
    <message>
        <source>&quot;%2&quot; is no possible value of %1.</source>
        <translation>„%2“ ist kein möglicher Wert von %1.</translation>
    </message>
    <message>
        <source>The setting cannot be kept in %1.</source>
        <translation>Die Einstellung kann nicht in %1 aufbewahrt werden.</translation>
    </message>
</context>
<context>
    <name>postrider::compose::AttachmentModel</name>
    <message>
        <source>it is a folder</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>it is not a file</source>
        <translation>das ist keine Datei</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>A file&apos;s name and size in the list of attachments: &quot;report.pdf, 2.1 MB&quot;.</extracomment>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>postrider::compose::BodyTools</name>
    <message>
        <source>Switch to &amp;plain text</source>
        <translation>Zu &amp;reinem Text wechseln</translation>
    </message>
    <message>
        <source>&amp;Keep formatting</source>
        <translation>&amp;Formatierung behalten</translation>
    </message>
    <message>
        <source>Paste as p&amp;lain text</source>
        <translation>Als rei&amp;nen Text einfügen</translation>
    </message>
    <message>
        <source>Paste as &amp;quotation</source>
        <translation>Als &amp;Zitat einfügen</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>&amp;Suchen …</translation>
    </message>
    <message>
        <source>R&amp;eplace…</source>
        <translation>&amp;Ersetzen …</translation>
    </message>
    <message>
        <source>&amp;Larger text</source>
        <translation>&amp;Größerer Text</translation>
    </message>
    <message>
        <source>&amp;Smaller text</source>
        <translation>&amp;Kleinerer Text</translation>
    </message>
    <message>
        <source>N&amp;ormal text size</source>
        <translation>N&amp;ormale Textgröße</translation>
    </message>
    <message>
        <source>Plain text can&apos;t show all of this formatting.</source>
        <translation>Reiner Text kann nicht alle diese Formatierungen zeigen.</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <extracomment>How long a text is; %1 words, and characters.</extracomment>
        <translation>%1, %2</translation>
    </message>
    <message numerus="yes">
        <source>%n word(s)</source>
        <translation>
            <numerusform>%n Wort</numerusform>
            <numerusform>%n Wörter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n character(s)</source>
        <translation>
            <numerusform>%n Zeichen</numerusform>
            <numerusform>%n Zeichen</numerusform>
        </translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>Formatierter Text</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
</context>
<context>
    <name>postrider::compose::ComposeWindow</name>
    <message>
        <source>New message</source>
        <translation>Neue Nachricht</translation>
    </message>
    <message>
        <source>&amp;From</source>
        <translation>&amp;Von</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>From: the account this message is sent with</source>
        <translation>Von: das Konto, mit dem diese Nachricht gesendet wird</translation>
    </message>
    <message>
        <source>&amp;To</source>
        <translation>&amp;An</translation>
    </message>
    <message>
        <source>To</source>
        <translation>An</translation>
    </message>
    <message>
        <source>Addresses, separated by commas</source>
        <translation>Adressen, mit Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Cc</source>
        <translation>&amp;Cc</translation>
    </message>
    <message>
        <source>Cc</source>
        <translation>Cc</translation>
    </message>
    <message>
        <source>Addresses that get a copy, separated by commas</source>
        <translation>Adressen, die eine Kopie bekommen, mit Kommas getrennt</translation>
    </message>
    <message>
        <source>&amp;Bcc</source>
        <translation>&amp;Bcc</translation>
    </message>
    <message>
        <source>Bcc</source>
        <translation>Bcc</translation>
    </message>
    <message>
        <source>Addresses that get a copy without the others seeing it, separated by commas</source>
        <translation>Adressen, die eine Kopie bekommen, ohne dass die anderen es sehen, mit Kommas getrennt</translation>
    </message>
    <message>
        <source>Sub&amp;ject</source>
        <translation>Be&amp;treff</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Betreff</translation>
    </message>
    <message>
        <source>Message body</source>
        <translation>Text der Nachricht</translation>
    </message>
    <message>
        <source>Tab inserts a tab. F6 or Ctrl+Tab leaves the text.</source>
        <translation>Tab fügt einen Tabulator ein. F6 oder Strg+Tab verlässt den Text.</translation>
    </message>
    <message>
        <source>Attachments</source>
        <translation>Anhänge</translation>
    </message>
    <message>
        <source>Delete removes the selected files from the message</source>
        <translation>Entf nimmt die gewählten Dateien aus der Nachricht</translation>
    </message>
    <message>
        <source>&amp;Message</source>
        <translation>&amp;Nachricht</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>An&amp;sicht</translation>
    </message>
    <message>
        <source>Message tools</source>
        <translation>Werkzeuge der Nachricht</translation>
    </message>
    <message>
        <source>&amp;Send</source>
        <translation>&amp;Senden</translation>
    </message>
    <message>
        <source>&amp;Attach…</source>
        <translation>An&amp;hängen …</translation>
    </message>
    <message>
        <source>Attach</source>
        <translation>Anhängen</translation>
    </message>
    <message>
        <source>&amp;Remove attachment</source>
        <translation>Anhang &amp;entfernen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>&amp;Ausschneiden</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>Select &amp;all</source>
        <translation>A&amp;lles auswählen</translation>
    </message>
    <message>
        <source>Add recipients of a copy</source>
        <translation>Empfänger einer Kopie hinzufügen</translation>
    </message>
    <message>
        <source>Add recipients whom the others do not see</source>
        <translation>Empfänger hinzufügen, die die anderen nicht sehen</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>&amp;Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Previous part of the window</source>
        <translation>&amp;Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>Practice mailbox: nothing leaves this computer</source>
        <translation>Übungsbriefkasten: Nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>%1 &lt;%2&gt;</source>
        <extracomment>A sender&apos;s name and address in the choice of From.</extracomment>
        <translation>%1 &lt;%2&gt;</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>The tool tip of a button: what it does and its key.</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Keep writing</source>
        <translation>Weiterschreiben</translation>
    </message>
    <message>
        <source>The text stays open here.</source>
        <translation>Der Text bleibt hier offen.</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Nobody is in To, Cc or Bcc. Type at least one address.</source>
        <translation>In An, Cc und Bcc steht niemand. Geben Sie mindestens eine Adresse ein.</translation>
    </message>
    <message>
        <source>%1 can&apos;t be attached: %2.</source>
        <extracomment>A file that could not be attached, and why, in the system&apos;s words.</extracomment>
        <translation>%1 kann nicht angehängt werden: %2.</translation>
    </message>
    <message>
        <source>Attach files</source>
        <translation>Dateien anhängen</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s), %1</source>
        <extracomment>Above the list of attachments; %1 is their size together: &quot;2 files, 19.4 MB&quot;.</extracomment>
        <translation>
            <numerusform>%n Datei, %1</numerusform>
            <numerusform>%n Dateien, %1</numerusform>
        </translation>
    </message>
    <message>
        <source>Practice: nothing leaves this computer.</source>
        <translation>Übung: Nichts verlässt diesen Computer.</translation>
    </message>
    <message>
        <source>This message has not been sent.</source>
        <translation>Diese Nachricht ist nicht gesendet.</translation>
    </message>
    <message>
        <source>Closing the window discards it.</source>
        <translation>Wenn Sie das Fenster schließen, ist sie verworfen.</translation>
    </message>
    <message>
        <source>Drop the files anywhere here to attach them.</source>
        <translation>Lassen Sie die Dateien irgendwo hier fallen, um sie anzuhängen.</translation>
    </message>
    <message>
        <source>This message was not sent yet; it was kept when Postrider was ended.</source>
        <translation>Diese Nachricht ist noch nicht gesendet; sie wurde aufbewahrt, als Postrider beendet wurde.</translation>
    </message>
    <message>
        <source>Postrider did not end, because this text could not be kept (%1).</source>
        <translation>Postrider wurde nicht beendet, weil dieser Text nicht aufbewahrt werden konnte (%1).</translation>
    </message>
    <message>
        <source>The link adds hidden recipients in Bcc: %1</source>
        <translation>Der Link fügt in Bcc verborgene Empfänger hinzu: %1</translation>
    </message>
    <message>
        <source>A link filled in this message.</source>
        <translation>Ein Link hat diese Nachricht ausgefüllt.</translation>
    </message>
    <message>
        <source>&amp;Reply-To</source>
        <translation>An&amp;twort an</translation>
    </message>
    <message>
        <source>Reply-To</source>
        <translation>Antwort an</translation>
    </message>
    <message>
        <source>Addresses that answers go to instead of yours, separated by commas</source>
        <translation>Adressen, an die Antworten statt an Ihre gehen, durch Kommas getrennt</translation>
    </message>
    <message>
        <source>Formatting</source>
        <translation>Formatierung</translation>
    </message>
    <message>
        <source>&amp;Insert</source>
        <translation>&amp;Einfügen</translation>
    </message>
    <message>
        <source>F&amp;ormat</source>
        <translation>F&amp;ormat</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>E&amp;xtras</translation>
    </message>
    <message>
        <source>Rich te&amp;xt</source>
        <translation>For&amp;matierter Text</translation>
    </message>
    <message>
        <source>Switch between plain text and formatted text</source>
        <translation>Zwischen reinem und formatiertem Text wechseln</translation>
    </message>
    <message>
        <source>Choose where answers go</source>
        <translation>Wählen, wohin Antworten gehen</translation>
    </message>
    <message>
        <source>Undo brings it back.</source>
        <translation>Rückgängig bringt ihn zurück.</translation>
    </message>
    <message>
        <source>Rich text</source>
        <translation>Formatierter Text</translation>
    </message>
    <message>
        <source>Plain text</source>
        <translation>Reiner Text</translation>
    </message>
    <message>
        <source>%1 can&apos;t be inserted: %2.</source>
        <extracomment>A picture that could not be put into the text, and why.</extracomment>
        <translation>%1 kann nicht eingefügt werden: %2.</translation>
    </message>
</context>
<context>
    <name>postrider::compose::EmojiDialog</name>
    <message>
        <source>Emoji</source>
        <translation>Emoji</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suche</translation>
    </message>
    <message>
        <source>Search emoji</source>
        <translation>Emoji suchen</translation>
    </message>
</context>
<context>
    <name>postrider::compose::FindBar</name>
    <message>
        <source>F&amp;ind</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Enter finds the next place, Shift+Enter the one before</source>
        <translation>Eingabe findet die nächste Stelle, Umschalt+Eingabe die vorige</translation>
    </message>
    <message>
        <source>Pre&amp;vious</source>
        <translation>&amp;Vorige</translation>
    </message>
    <message>
        <source>&amp;Next</source>
        <translation>&amp;Nächste</translation>
    </message>
    <message>
        <source>Match &amp;upper and lower case</source>
        <translation>&amp;Groß- und Kleinschreibung beachten</translation>
    </message>
    <message>
        <source>&amp;Whole words</source>
        <translation>Ganze &amp;Wörter</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Re&amp;place</source>
        <translation>Erset&amp;zen durch</translation>
    </message>
    <message>
        <source>Replace with</source>
        <translation>Ersetzen durch</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>E&amp;rsetzen</translation>
    </message>
    <message>
        <source>Replace a&amp;ll</source>
        <translation>A&amp;lle ersetzen</translation>
    </message>
    <message>
        <source>Not in the text.</source>
        <translation>Nicht im Text.</translation>
    </message>
    <message>
        <source>Went on from the beginning.</source>
        <translation>Am Anfang fortgesetzt.</translation>
    </message>
    <message>
        <source>Went on from the end.</source>
        <translation>Am Ende fortgesetzt.</translation>
    </message>
    <message numerus="yes">
        <source>Replaced %n time(s).</source>
        <translation>
            <numerusform>%n-mal ersetzt.</numerusform>
            <numerusform>%n-mal ersetzt.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>postrider::compose::FormatActions</name>
    <message>
        <source>Red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>Orange</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Turquoise</source>
        <translation>Türkis</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Purple</source>
        <translation>Lila</translation>
    </message>
    <message>
        <source>Grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Yellow</source>
        <translation>Gelb</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>Rosa</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>The tool tip of a button: what it does and its key.</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>&amp;Bold</source>
        <translation>&amp;Fett</translation>
    </message>
    <message>
        <source>&amp;Italic</source>
        <translation>&amp;Kursiv</translation>
    </message>
    <message>
        <source>&amp;Underline</source>
        <translation>&amp;Unterstrichen</translation>
    </message>
    <message>
        <source>Stri&amp;ke through</source>
        <translation>&amp;Durchgestrichen</translation>
    </message>
    <message>
        <source>&amp;Clear formatting</source>
        <translation>Formatierung &amp;entfernen</translation>
    </message>
    <message>
        <source>Bu&amp;lleted list</source>
        <translation>Auf&amp;zählung</translation>
    </message>
    <message>
        <source>&amp;Numbered list</source>
        <translation>&amp;Nummerierte Liste</translation>
    </message>
    <message>
        <source>&amp;Quote</source>
        <translation>Zi&amp;tat</translation>
    </message>
    <message>
        <source>Quote l&amp;ess</source>
        <translation>Zitat &amp;verringern</translation>
    </message>
    <message>
        <source>In&amp;dent</source>
        <translation>E&amp;inrücken</translation>
    </message>
    <message>
        <source>&amp;Outdent</source>
        <translation>Ausrü&amp;cken</translation>
    </message>
    <message>
        <source>S&amp;witch direction</source>
        <translation>Schreibrichtung &amp;wechseln</translation>
    </message>
    <message>
        <source>&amp;Heading</source>
        <translation>Ü&amp;berschrift</translation>
    </message>
    <message>
        <source>&amp;Normal text</source>
        <translation>&amp;Normaler Text</translation>
    </message>
    <message>
        <source>Heading &amp;1</source>
        <translation>Überschrift &amp;1</translation>
    </message>
    <message>
        <source>Heading &amp;2</source>
        <translation>Überschrift &amp;2</translation>
    </message>
    <message>
        <source>Heading &amp;3</source>
        <translation>Überschrift &amp;3</translation>
    </message>
    <message>
        <source>Si&amp;ze</source>
        <translation>&amp;Größe</translation>
    </message>
    <message>
        <source>&amp;Small</source>
        <translation>&amp;Klein</translation>
    </message>
    <message>
        <source>&amp;Normal</source>
        <translation>&amp;Normal</translation>
    </message>
    <message>
        <source>&amp;Large</source>
        <translation>&amp;Groß</translation>
    </message>
    <message>
        <source>L&amp;arger</source>
        <translation>G&amp;rößer</translation>
    </message>
    <message>
        <source>&amp;Huge</source>
        <translation>&amp;Sehr groß</translation>
    </message>
    <message>
        <source>&amp;Font</source>
        <translation>&amp;Schrift</translation>
    </message>
    <message>
        <source>&amp;Usual font</source>
        <translation>Ü&amp;bliche Schrift</translation>
    </message>
    <message>
        <source>&amp;Serif</source>
        <translation>&amp;Serifen</translation>
    </message>
    <message>
        <source>S&amp;ans serif</source>
        <translation>&amp;Ohne Serifen</translation>
    </message>
    <message>
        <source>&amp;Fixed width</source>
        <translation>&amp;Feste Breite</translation>
    </message>
    <message>
        <source>&amp;Other…</source>
        <translation>&amp;Andere …</translation>
    </message>
    <message>
        <source>Text colou&amp;r</source>
        <translation>Te&amp;xtfarbe</translation>
    </message>
    <message>
        <source>Hi&amp;ghlight</source>
        <translation>&amp;Hervorheben</translation>
    </message>
    <message>
        <source>&amp;Alignment</source>
        <translation>&amp;Ausrichtung</translation>
    </message>
    <message>
        <source>&amp;Left</source>
        <translation>&amp;Links</translation>
    </message>
    <message>
        <source>&amp;Centre</source>
        <translation>&amp;Mitte</translation>
    </message>
    <message>
        <source>&amp;Right</source>
        <translation>&amp;Rechts</translation>
    </message>
    <message>
        <source>&amp;Justify</source>
        <translation>&amp;Blocksatz</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>&amp;Keine</translation>
    </message>
    <message>
        <source>&amp;Usual colour</source>
        <translation>Ü&amp;bliche Farbe</translation>
    </message>
</context>
<context>
    <name>postrider::compose::HtmlDialog</name>
    <message>
        <source>Insert HTML</source>
        <translation>HTML einfügen</translation>
    </message>
    <message>
        <source>&amp;HTML to insert at the caret</source>
        <translation>&amp;HTML, das an der Schreibmarke eingefügt wird</translation>
    </message>
    <message>
        <source>HTML to insert</source>
        <translation>HTML zum Einfügen</translation>
    </message>
    <message>
        <source>Scripts, forms and pictures from the network are left out.</source>
        <translation>Skripte, Formulare und Bilder aus dem Netz werden weggelassen.</translation>
    </message>
</context>
<context>
    <name>postrider::compose::InsertActions</name>
    <message>
        <source>&amp;Link…</source>
        <translation>&amp;Link …</translation>
    </message>
    <message>
        <source>&amp;Picture…</source>
        <translation>&amp;Bild …</translation>
    </message>
    <message>
        <source>&amp;Table…</source>
        <translation>&amp;Tabelle …</translation>
    </message>
    <message>
        <source>&amp;Horizontal line</source>
        <translation>&amp;Waagerechte Linie</translation>
    </message>
    <message>
        <source>&amp;Emoji…</source>
        <translation>&amp;Emoji …</translation>
    </message>
    <message>
        <source>HT&amp;ML…</source>
        <translation>HT&amp;ML …</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <extracomment>The tool tip of a button: what it does and its key.</extracomment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Insert a picture</source>
        <translation>Ein Bild einfügen</translation>
    </message>
    <message>
        <source>Pictures (*.png *.jpg *.jpeg *.gif *.webp *.bmp)</source>
        <translation>Bilder (*.png *.jpg *.jpeg *.gif *.webp *.bmp)</translation>
    </message>
    <message>
        <source>Insert</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>it is too large to stand in the text</source>
        <translation>es ist zu groß, um im Text zu stehen</translation>
    </message>
    <message>
        <source>it is no picture that mail programs show</source>
        <translation>es ist kein Bild, das Mailprogramme zeigen</translation>
    </message>
</context>
<context>
    <name>postrider::compose::LinkDialog</name>
    <message>
        <source>Link</source>
        <translation>Link</translation>
    </message>
    <message>
        <source>&amp;Text</source>
        <translation>&amp;Text</translation>
    </message>
    <message>
        <source>Text of the link</source>
        <translation>Text des Links</translation>
    </message>
    <message>
        <source>&amp;Address</source>
        <translation>&amp;Adresse</translation>
    </message>
    <message>
        <source>Address of the link</source>
        <translation>Adresse des Links</translation>
    </message>
    <message>
        <source>https://example.org</source>
        <translation>https://example.org</translation>
    </message>
    <message>
        <source>A link leads to a web page, an e-mail address or a telephone number.</source>
        <translation>Ein Link führt zu einer Webseite, einer E-Mail-Adresse oder einer Telefonnummer.</translation>
    </message>
    <message>
        <source>C&amp;hange</source>
        <translation>Ä&amp;ndern</translation>
    </message>
    <message>
        <source>&amp;Remove link</source>
        <translation>Link &amp;entfernen</translation>
    </message>
</context>
<context>
    <name>postrider::compose::MessageBodyEdit</name>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>postrider::compose::RecipientRows</name>
    <message>
        <source>Move to Bcc</source>
        <translation>Nach Bcc verschieben</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message numerus="yes">
        <source>%n people in To and Cc will see each other&apos;s addresses.</source>
        <translation>
            <numerusform>%n Person in An und Cc sieht die Adressen der anderen.</numerusform>
            <numerusform>%n Personen in An und Cc sehen die Adressen der anderen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody sees the others now: all are in Bcc.</source>
        <translation>Nun sieht niemand die anderen: Alle stehen in Bcc.</translation>
    </message>
    <message>
        <source>Change to %1</source>
        <extracomment>A button that corrects an address which is probably misspelled.</extracomment>
        <translation>In %1 ändern</translation>
    </message>
</context>
<context>
    <name>postrider::compose::SpellChecker</name>
    <message>
        <source>&amp;Check spelling</source>
        <translation>&amp;Rechtschreibung prüfen</translation>
    </message>
    <message>
        <source>&amp;Languages</source>
        <translation>&amp;Sprachen</translation>
    </message>
    <message>
        <source>No dictionary is installed</source>
        <translation>Kein Wörterbuch ist installiert</translation>
    </message>
    <message>
        <source>No language is chosen for the spelling.</source>
        <translation>Für die Rechtschreibung ist keine Sprache gewählt.</translation>
    </message>
    <message>
        <source>Every word is in the dictionary.</source>
        <translation>Jedes Wort steht im Wörterbuch.</translation>
    </message>
    <message>
        <source>Looking for suggestions…</source>
        <translation>Vorschläge werden gesucht …</translation>
    </message>
    <message>
        <source>&amp;Add to dictionary</source>
        <translation>Ins &amp;Wörterbuch aufnehmen</translation>
    </message>
    <message>
        <source>&amp;Ignore in this message</source>
        <translation>In dieser Nachricht &amp;übergehen</translation>
    </message>
    <message>
        <source>No suggestions</source>
        <translation>Keine Vorschläge</translation>
    </message>
</context>
<context>
    <name>postrider::compose::TableDialog</name>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>&amp;Rows</source>
        <translation>&amp;Zeilen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
</context>
<context>
    <name>postrider::delivery::PostOffice</name>
    <message>
        <source>Practice</source>
        <translation>Übung</translation>
    </message>
    <message>
        <source>You</source>
        <translation>Sie</translation>
    </message>
</context>
<context>
    <name>postrider::delivery::QueueModel</name>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 an %2</translation>
    </message>
    <message>
        <source>Connecting…</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmelden …</translation>
    </message>
    <message>
        <source>Sending… %1 %, %2 of %3</source>
        <translation>Senden … %1 %, %2 von %3</translation>
    </message>
    <message>
        <source>Waiting for the server&apos;s answer…</source>
        <translation>Warten auf die Antwort des Servers …</translation>
    </message>
</context>
<context>
    <name>postrider::discovery::words</name>
    <message>
        <source>Port %1 of %2, which this account uses, was not reached.</source>
        <translation>Port %1 von %2, den dieses Konto benutzt, wurde nicht erreicht.</translation>
    </message>
    <message>
        <source>The account&apos;s own way works: %1, port %2.</source>
        <translation>Der eigene Weg des Kontos funktioniert: %1, Port %2.</translation>
    </message>
    <message>
        <source>The account&apos;s own way, port %1 of %2, can&apos;t be used: %3</source>
        <translation>Der eigene Weg des Kontos, Port %1 von %2, ist nicht benutzbar: %3</translation>
    </message>
    <message>
        <source>Port %1 works: %2.</source>
        <translation>Port %1 funktioniert: %2.</translation>
    </message>
    <message>
        <source>Another server is named for this address now: %1. It would get your password, so look whether you know it.</source>
        <translation>Für diese Adresse wird jetzt ein anderer Server genannt: %1. Er bekäme Ihr Passwort; sehen Sie also nach, ob Sie ihn kennen.</translation>
    </message>
    <message>
        <source>The server itself is up and takes mail from other servers. Its ports for sending are blocked on the way, or switched off.</source>
        <translation>Der Server selbst läuft und nimmt Mails von anderen Servern an. Seine Ports zum Senden sind unterwegs gesperrt oder abgeschaltet.</translation>
    </message>
    <message>
        <source>Sign in to %1 in your web browser.</source>
        <translation>Melden Sie sich im Webbrowser bei %1 an.</translation>
    </message>
    <message>
        <source>In the security settings, create an app password for Postrider.</source>
        <translation>Legen Sie in den Sicherheitseinstellungen ein App-Passwort für Postrider an.</translation>
    </message>
    <message>
        <source>Enter that password here. Your usual one will not work.</source>
        <translation>Geben Sie dieses Passwort hier ein. Ihr gewöhnliches funktioniert nicht.</translation>
    </message>
    <message>
        <source>In the mail settings, allow mail programs to use your mailbox. The setting is called POP3, IMAP and SMTP.</source>
        <translation>Erlauben Sie in den Maileinstellungen, dass Mailprogramme Ihr Postfach benutzen. Die Einstellung heißt POP3, IMAP und SMTP.</translation>
    </message>
    <message>
        <source>Come back here and enter your usual password.</source>
        <translation>Kommen Sie hierher zurück und geben Sie Ihr gewöhnliches Passwort ein.</translation>
    </message>
    <message>
        <source>%1 lets mail programs send only with a paid plan.</source>
        <translation>%1 lässt Mailprogramme nur mit einem bezahlten Tarif senden.</translation>
    </message>
    <message>
        <source>Open your Google account in your web browser, and turn on 2-Step Verification under Security, if it is not on yet.</source>
        <translation>Öffnen Sie Ihr Google-Konto im Webbrowser und schalten Sie unter Sicherheit die Bestätigung in zwei Schritten ein, falls sie noch nicht eingeschaltet ist.</translation>
    </message>
    <message>
        <source>Search the account&apos;s settings for &quot;App passwords&quot;, and create one with the name Postrider.</source>
        <translation>Suchen Sie in den Einstellungen des Kontos nach „App-Passwörter“ und legen Sie eines mit dem Namen Postrider an.</translation>
    </message>
    <message>
        <source>Enter its 16 letters here. Your usual password will not work.</source>
        <translation>Geben Sie dessen 16 Buchstaben hier ein. Ihr gewöhnliches Passwort funktioniert nicht.</translation>
    </message>
    <message>
        <source>If there are no app passwords, your organisation has turned them off: ask whoever looks after your mail.</source>
        <translation>Wenn es keine App-Passwörter gibt, hat Ihre Organisation sie abgeschaltet: Fragen Sie, wer sich um Ihre Mails kümmert.</translation>
    </message>
    <message>
        <source>Microsoft takes no passwords from mail programs for this address. Sign in with your web browser instead.</source>
        <translation>Microsoft nimmt bei dieser Adresse keine Passwörter von Mailprogrammen an. Melden Sie sich stattdessen mit dem Webbrowser an.</translation>
    </message>
    <message>
        <source>Sign in with your web browser. Your organisation may have to allow Postrider first.</source>
        <translation>Melden Sie sich mit dem Webbrowser an. Vielleicht muss Ihre Organisation Postrider zuerst erlauben.</translation>
    </message>
    <message>
        <source>If sending is refused after that, ask whoever looks after your mail to turn on &quot;Authenticated SMTP&quot; for your mailbox.</source>
        <translation>Wird das Senden danach abgelehnt, dann bitten Sie die Stelle, die sich um Ihre Mails kümmert, „Authentifiziertes SMTP“ für Ihr Postfach einzuschalten.</translation>
    </message>
    <message>
        <source>Under Account security, choose &quot;Generate app password&quot;, and name it Postrider.</source>
        <translation>Wählen Sie unter Kontosicherheit „App-Passwort generieren“ und nennen Sie es Postrider.</translation>
    </message>
    <message>
        <source>In the mail settings, under IMAP, POP and SMTP access, allow access for other mail programs.</source>
        <translation>Erlauben Sie in den Maileinstellungen unter IMAP-, POP- und SMTP-Zugriff den Zugriff für andere Mailprogramme.</translation>
    </message>
    <message>
        <source>%1 keeps its mail at Yahoo.</source>
        <translation>%1 hat seine Mails bei Yahoo.</translation>
    </message>
    <message>
        <source>Open account.apple.com in your web browser and sign in.</source>
        <translation>Öffnen Sie account.apple.com im Webbrowser und melden Sie sich an.</translation>
    </message>
    <message>
        <source>Under Sign-In and Security, choose App-Specific Passwords, and create one for Postrider.</source>
        <translation>Wählen Sie unter Anmeldung und Sicherheit die App-spezifischen Passwörter und legen Sie eines für Postrider an.</translation>
    </message>
    <message>
        <source>Under Settings, Privacy and Security, create an app password that may send mail (SMTP).</source>
        <translation>Legen Sie in den Einstellungen unter Datenschutz und Sicherheit ein App-Passwort an, das Mails senden darf (SMTP).</translation>
    </message>
    <message>
        <source>In the settings, under Mail Accounts, turn on IMAP access. Free accounts may not have it.</source>
        <translation>Schalten Sie in den Einstellungen unter E-Mail-Konten den IMAP-Zugriff ein. Kostenlose Konten haben ihn vielleicht nicht.</translation>
    </message>
    <message>
        <source>If you sign in there in two steps, create an app password under Security and enter it here, otherwise your usual one.</source>
        <translation>Wenn Sie sich dort in zwei Schritten anmelden, legen Sie unter Sicherheit ein App-Passwort an und geben Sie es hier ein, sonst Ihr gewöhnliches.</translation>
    </message>
    <message>
        <source>Under E-Mail, Settings, POP3/IMAP Retrieval, allow access through POP3 and IMAP. Sending belongs to it.</source>
        <translation>Erlauben Sie unter E-Mail, Einstellungen, POP3/IMAP Abruf den Zugriff über POP3 und IMAP. Das Senden gehört dazu.</translation>
    </message>
    <message>
        <source>With one, allow POP3 and IMAP in the mail settings on the web.</source>
        <translation>Mit einem solchen erlauben Sie POP3 und IMAP in den Maileinstellungen im Web.</translation>
    </message>
    <message>
        <source>Open your mail service, and create a device password for Postrider.</source>
        <translation>Öffnen Sie Ihren Maildienst und legen Sie ein Gerätepasswort für Postrider an.</translation>
    </message>
    <message>
        <source>If you sign in to %1 in two steps, create an app password in the security settings on the web and enter it here, otherwise your usual one.</source>
        <translation>Wenn Sie sich bei %1 in zwei Schritten anmelden, legen Sie im Web in den Sicherheitseinstellungen ein App-Passwort an und geben Sie es hier ein, sonst Ihr gewöhnliches.</translation>
    </message>
    <message>
        <source>Your usual password for %1 works, also when you sign in on the web in two steps, unless you have locked other programs out there.</source>
        <translation>Ihr gewöhnliches Passwort für %1 funktioniert, auch wenn Sie sich im Web in zwei Schritten anmelden, es sei denn, Sie haben dort andere Programme ausgesperrt.</translation>
    </message>
    <message>
        <source>Mail programs need a password of their own here, the password for e-mail programs.</source>
        <translation>Mailprogramme brauchen hier ein eigenes Passwort, das Passwort für E-Mail-Programme.</translation>
    </message>
    <message>
        <source>Sign in to the Telekom customer centre in your web browser, and set it there.</source>
        <translation>Melden Sie sich im Webbrowser im Telekom-Kundencenter an und legen Sie es dort fest.</translation>
    </message>
    <message>
        <source>In the mail settings, allow mail programs, and set the password for them.</source>
        <translation>Erlauben Sie in den Maileinstellungen Mailprogramme und legen Sie das Passwort für sie fest.</translation>
    </message>
    <message>
        <source>In the settings of your mail address, turn on authenticated SMTP. It works after a few hours.</source>
        <translation>Schalten Sie in den Einstellungen Ihrer Mailadresse authentifiziertes SMTP ein. Es funktioniert nach einigen Stunden.</translation>
    </message>
    <message>
        <source>In the mail settings, allow mail programs (POP and IMAP).</source>
        <translation>Erlauben Sie in den Maileinstellungen Mailprogramme (POP und IMAP).</translation>
    </message>
    <message>
        <source>If the usual password is refused, create a password for mail programs under Security, and enter that one.</source>
        <translation>Wird das gewöhnliche Passwort abgelehnt, dann legen Sie unter Sicherheit ein Passwort für Mailprogramme an und geben Sie dieses ein.</translation>
    </message>
    <message>
        <source>In the mail settings, under Email clients, allow access from mail programs with app passwords.</source>
        <translation>Erlauben Sie in den Maileinstellungen unter Mailprogramme den Zugriff von Mailprogrammen mit App-Passwörtern.</translation>
    </message>
    <message>
        <source>In your Yandex ID, create an app password for mail.</source>
        <translation>Legen Sie in Ihrer Yandex ID ein App-Passwort für Mails an.</translation>
    </message>
    <message>
        <source>Under Security, create a password for external applications that may send mail.</source>
        <translation>Legen Sie unter Sicherheit ein Passwort für externe Anwendungen an, das Mails senden darf.</translation>
    </message>
    <message>
        <source>In the mail settings, turn on SMTP. You get an authorization code for it.</source>
        <translation>Schalten Sie in den Maileinstellungen SMTP ein. Sie bekommen dafür einen Autorisierungscode.</translation>
    </message>
    <message>
        <source>Enter that code here. Your usual password will not work.</source>
        <translation>Geben Sie diesen Code hier ein. Ihr gewöhnliches Passwort funktioniert nicht.</translation>
    </message>
    <message>
        <source>The user name at %1 may be another one than your address. It stands in the papers that you got with the contract.</source>
        <translation>Der Benutzername bei %1 ist vielleicht ein anderer als Ihre Adresse. Er steht in den Unterlagen, die Sie mit dem Vertrag bekommen haben.</translation>
    </message>
    <message>
        <source>In the mail settings, under Security, allow access by third-party programs.</source>
        <translation>Erlauben Sie in den Maileinstellungen unter Sicherheit den Zugriff fremder Programme.</translation>
    </message>
    <message>
        <source>In your profile, under sign-in info, create a secure mail key.</source>
        <translation>Legen Sie in Ihrem Profil unter den Anmeldedaten einen sicheren Mailschlüssel (secure mail key) an.</translation>
    </message>
    <message>
        <source>Enter that key here. Your usual password will not work.</source>
        <translation>Geben Sie diesen Schlüssel hier ein. Ihr gewöhnliches Passwort funktioniert nicht.</translation>
    </message>
    <message>
        <source>Proton Mail encrypts mail in a program of its own, Proton Mail Bridge, which comes with a paid plan.</source>
        <translation>Proton Mail verschlüsselt Mails in einem eigenen Programm, Proton Mail Bridge, das zu einem bezahlten Tarif gehört.</translation>
    </message>
    <message>
        <source>Install Bridge on this computer and sign in to it.</source>
        <translation>Installieren Sie Bridge auf diesem Computer und melden Sie sich darin an.</translation>
    </message>
    <message>
        <source>Enter the password that Bridge shows for your mailbox. Bridge has to run while you send.</source>
        <translation>Geben Sie das Passwort ein, das Bridge für Ihr Postfach zeigt. Bridge muss laufen, während Sie senden.</translation>
    </message>
    <message>
        <source>With a paid plan and your own domain, create an SMTP token in the settings of Proton Mail, under IMAP/SMTP.</source>
        <translation>Mit einem bezahlten Tarif und einer eigenen Domain legen Sie in den Einstellungen von Proton Mail unter IMAP/SMTP ein SMTP-Token an.</translation>
    </message>
    <message>
        <source>Enter that token here. Or use Proton Mail Bridge on this computer, with the password that it shows.</source>
        <translation>Geben Sie dieses Token hier ein. Oder benutzen Sie Proton Mail Bridge auf diesem Computer, mit dem Passwort, das es zeigt.</translation>
    </message>
    <message>
        <source>%1 lets only its own programs send. Postrider can&apos;t send from this address.</source>
        <translation>%1 lässt nur die eigenen Programme senden. Postrider kann von dieser Adresse nicht senden.</translation>
    </message>
    <message>
        <source>Always &quot;%1&quot;, for everybody.</source>
        <translation>Immer „%1“, für alle.</translation>
    </message>
    <message>
        <source>The user that you created for SMTP at %1.</source>
        <translation>Der Benutzer, den Sie bei %1 für SMTP angelegt haben.</translation>
    </message>
    <message>
        <source>The login that %1 shows in its SMTP settings.</source>
        <translation>Der Anmeldename, den %1 in den SMTP-Einstellungen zeigt.</translation>
    </message>
    <message>
        <source>The user name of the SMTP credentials that you created at %1; not the one that you sign in to its website with.</source>
        <translation>Der Benutzername der SMTP-Zugangsdaten, die Sie bei %1 angelegt haben; nicht der, mit dem Sie sich auf der Website anmelden.</translation>
    </message>
    <message>
        <source>The address that you sign in to %1 with.</source>
        <translation>Die Adresse, mit der Sie sich bei %1 anmelden.</translation>
    </message>
    <message>
        <source>The address that you send from.</source>
        <translation>Die Adresse, von der Sie senden.</translation>
    </message>
    <message>
        <source>The address that %1 shows as the login of your domain, usually postmaster at that domain.</source>
        <translation>Die Adresse, die %1 als Anmeldenamen Ihrer Domain zeigt, meist postmaster bei dieser Domain.</translation>
    </message>
    <message>
        <source>The server&apos;s token; it is the password, too.</source>
        <translation>Das Token des Servers; es ist auch das Passwort.</translation>
    </message>
    <message>
        <source>The API key.</source>
        <translation>Der API-Schlüssel.</translation>
    </message>
    <message>
        <source>The ID of your project at %1.</source>
        <translation>Die ID Ihres Projekts bei %1.</translation>
    </message>
    <message>
        <source>The user ID or the project ID that %1 shows.</source>
        <translation>Die Benutzer-ID oder die Projekt-ID, die %1 zeigt.</translation>
    </message>
    <message>
        <source>The SMTP user name that you created for the resource.</source>
        <translation>Der SMTP-Benutzername, den Sie für die Ressource angelegt haben.</translation>
    </message>
    <message>
        <source>An API key that may send, from the settings of %1.</source>
        <translation>Ein API-Schlüssel, der senden darf, aus den Einstellungen von %1.</translation>
    </message>
    <message>
        <source>The token for sending, from the settings of %1.</source>
        <translation>Das Token zum Senden, aus den Einstellungen von %1.</translation>
    </message>
    <message>
        <source>The secret key that belongs to the user name.</source>
        <translation>Der geheime Schlüssel, der zum Benutzernamen gehört.</translation>
    </message>
    <message>
        <source>An SMTP key from the settings of %1, not an API key.</source>
        <translation>Ein SMTP-Schlüssel aus den Einstellungen von %1, kein API-Schlüssel.</translation>
    </message>
    <message>
        <source>The password for SMTP, from the settings of %1; not the one of its website.</source>
        <translation>Das Passwort für SMTP aus den Einstellungen von %1; nicht das der Website.</translation>
    </message>
    <message>
        <source>The password of the SMTP credentials; it is shown once, when they are created.</source>
        <translation>Das Passwort der SMTP-Zugangsdaten; es wird nur einmal gezeigt, wenn sie angelegt werden.</translation>
    </message>
    <message>
        <source>A client secret of the Microsoft Entra application that is linked to the user name.</source>
        <translation>Ein Clientgeheimnis der Microsoft-Entra-Anwendung, die mit dem Benutzernamen verknüpft ist.</translation>
    </message>
    <message>
        <source>%1 sends only from domains that you have verified there.</source>
        <translation>%1 sendet nur von Domains, die Sie dort bestätigt haben.</translation>
    </message>
    <message>
        <source>%1 sends only from addresses or domains that you have verified there.</source>
        <translation>%1 sendet nur von Adressen oder Domains, die Sie dort bestätigt haben.</translation>
    </message>
    <message>
        <source>%1 sends only from addresses that you have added there as senders.</source>
        <translation>%1 sendet nur von Adressen, die Sie dort als Absender hinzugefügt haben.</translation>
    </message>
    <message>
        <source>%1 sends only from domains whose DNS says that it may.</source>
        <translation>%1 sendet nur von Domains, deren DNS sagt, dass es das darf.</translation>
    </message>
    <message numerus="yes">
        <source>A new account may send %n message(s) in a second.</source>
        <translation>
            <numerusform>Ein neues Konto darf in einer Sekunde %n Nachricht senden.</numerusform>
            <numerusform>Ein neues Konto darf in einer Sekunde %n Nachrichten senden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>A new account may send %n message(s) a day.</source>
        <translation>
            <numerusform>Ein neues Konto darf an einem Tag %n Nachricht senden.</numerusform>
            <numerusform>Ein neues Konto darf an einem Tag %n Nachrichten senden.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>TLS from the first octet</source>
        <translation>TLS vom ersten Byte an</translation>
    </message>
    <message>
        <source>STARTTLS</source>
        <translation>STARTTLS</translation>
    </message>
    <message>
        <source>no encryption</source>
        <translation>keine Verschlüsselung</translation>
    </message>
    <message>
        <source>made for another name</source>
        <translation>auf einen anderen Namen ausgestellt</translation>
    </message>
    <message>
        <source>signed by itself</source>
        <translation>von sich selbst unterschrieben</translation>
    </message>
    <message>
        <source>signed by an unknown authority</source>
        <translation>von einer unbekannten Stelle unterschrieben</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message>
        <source>not valid yet</source>
        <translation>noch nicht gültig</translation>
    </message>
    <message>
        <source>not made for a server</source>
        <translation>nicht für einen Server gemacht</translation>
    </message>
    <message>
        <source>key too short</source>
        <translation>Schlüssel zu kurz</translation>
    </message>
    <message>
        <source>another key than the one that was trusted</source>
        <translation>ein anderer Schlüssel als der, dem vertraut wurde</translation>
    </message>
    <message>
        <source>not accepted</source>
        <translation>nicht anerkannt</translation>
    </message>
    <message>
        <source>Encryption: %1, %2</source>
        <translation>Verschlüsselung: %1, %2</translation>
    </message>
    <message>
        <source>Certificate for: %1</source>
        <translation>Zertifikat für: %1</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>niemanden</translation>
    </message>
    <message>
        <source>Issued by: %1</source>
        <translation>Ausgestellt von: %1</translation>
    </message>
    <message>
        <source>Valid until: %1</source>
        <translation>Gültig bis: %1</translation>
    </message>
    <message>
        <source>SHA-256 of the certificate: %1</source>
        <translation>SHA-256 des Zertifikats: %1</translation>
    </message>
    <message>
        <source>SHA-256 of its key: %1</source>
        <translation>SHA-256 seines Schlüssels: %1</translation>
    </message>
    <message>
        <source>The certificate is accepted.</source>
        <translation>Das Zertifikat wird anerkannt.</translation>
    </message>
    <message>
        <source>The certificate is not accepted: %1</source>
        <translation>Das Zertifikat wird nicht anerkannt: %1</translation>
    </message>
    <message>
        <source>Greeting after %1: %2</source>
        <translation>Begrüßung nach %1: %2</translation>
    </message>
    <message>
        <source>Greeting: %1</source>
        <translation>Begrüßung: %1</translation>
    </message>
    <message>
        <source>Speaks %1, not SMTP</source>
        <translation>Spricht %1, nicht SMTP</translation>
    </message>
    <message>
        <source>Intercepted by: %1</source>
        <translation>Abgefangen von: %1</translation>
    </message>
    <message>
        <source>EHLO: %1</source>
        <translation>EHLO: %1</translation>
    </message>
    <message>
        <source>AUTH, usable, best first: %1</source>
        <translation>AUTH, benutzbar, beste zuerst: %1</translation>
    </message>
    <message>
        <source>AUTH, not usable: %1</source>
        <translation>AUTH, nicht benutzbar: %1</translation>
    </message>
    <message>
        <source>Largest message: %1</source>
        <translation>Größte Nachricht: %1</translation>
    </message>
    <message>
        <source>no limit named</source>
        <translation>keine Grenze genannt</translation>
    </message>
    <message>
        <source>The server said: %1</source>
        <translation>Der Server sagte: %1</translation>
    </message>
    <message>
        <source>Reason: %1</source>
        <translation>Grund: %1</translation>
    </message>
    <message>
        <source>(an address)</source>
        <translation>(eine Adresse)</translation>
    </message>
    <message>
        <source>%1, %2, verdict %3</source>
        <translation>%1, %2, Ergebnis %3</translation>
    </message>
    <message>
        <source>By way of the system&apos;s proxy</source>
        <translation>Über den Proxy des Systems</translation>
    </message>
    <message>
        <source>the proxy</source>
        <translation>der Proxy</translation>
    </message>
    <message>
        <source>connected</source>
        <translation>verbunden</translation>
    </message>
    <message>
        <source>%1: %2 after %3</source>
        <translation>%1: %2 nach %3</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>A place where settings were looked for, and what came of it.</extracomment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Took %1 in all</source>
        <translation>Dauerte insgesamt %1</translation>
    </message>
    <message>
        <source>Sending servers for %1</source>
        <translation>Sendeserver für %1</translation>
    </message>
    <message>
        <source>The name is %1.</source>
        <translation>Der Name ist %1.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>others</source>
        <translation>weitere</translation>
    </message>
    <message>
        <source>Works, without encryption. That is all right only as long as nothing leaves this computer or this network.</source>
        <translation>Funktioniert, ohne Verschlüsselung. Das ist nur in Ordnung, solange nichts diesen Computer oder dieses Netz verlässt.</translation>
    </message>
    <message>
        <source>Its key is the one that you trust.</source>
        <translation>Sein Schlüssel ist der, dem Sie vertrauen.</translation>
    </message>
    <message>
        <source>Its certificate fits %1.</source>
        <translation>Sein Zertifikat passt zu %1.</translation>
    </message>
    <message>
        <source>Works. Encrypted from the start.</source>
        <translation>Funktioniert. Von Anfang an verschlüsselt.</translation>
    </message>
    <message>
        <source>Works. Switches to encryption before anything else is said.</source>
        <translation>Funktioniert. Schaltet auf Verschlüsselung um, bevor etwas anderes gesagt wird.</translation>
    </message>
    <message>
        <source>It asks nobody to sign in.</source>
        <translation>Er verlangt von niemandem eine Anmeldung.</translation>
    </message>
    <message>
        <source>It offers sign-in.</source>
        <translation>Er bietet eine Anmeldung an.</translation>
    </message>
    <message>
        <source>%1 looks into the connection, as this computer allows it to.</source>
        <translation>%1 liest die Verbindung mit, wie dieser Computer es erlaubt.</translation>
    </message>
    <message>
        <source>Works, but the server takes %1 to answer. Some servers wait like this against spam.</source>
        <translation>Funktioniert, aber der Server braucht %1 für die Antwort. Manche Server warten so, um Spam abzuwehren.</translation>
    </message>
    <message>
        <source>This is a web server, not a mail server.</source>
        <translation>Das ist ein Webserver, kein Mailserver.</translation>
    </message>
    <message>
        <source>This is a server for working on another computer, not a mail server.</source>
        <translation>Das ist ein Server zum Arbeiten auf einem anderen Computer, kein Mailserver.</translation>
    </message>
    <message>
        <source>This server is for reading mail, not for sending it.</source>
        <translation>Dieser Server ist zum Lesen von Mails da, nicht zum Senden.</translation>
    </message>
    <message>
        <source>This server is for fetching mail, not for sending it.</source>
        <translation>Dieser Server ist zum Abrufen von Mails da, nicht zum Senden.</translation>
    </message>
    <message>
        <source>%1 shows another key than the one that was trusted.</source>
        <translation>%1 zeigt einen anderen Schlüssel als den, dem vertraut wurde.</translation>
    </message>
    <message>
        <source>%1 can&apos;t prove who it is: its certificate is signed by %2, which this computer does not know.</source>
        <translation>%1 kann sich nicht ausweisen: Sein Zertifikat ist von %2 unterschrieben, und diese Stelle kennt dieser Computer nicht.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not made for a server.</source>
        <translation>Das Zertifikat von %1 ist nicht für einen Server gemacht.</translation>
    </message>
    <message>
        <source>The certificate of %1 has a key that is too short to be safe.</source>
        <translation>Das Zertifikat von %1 hat einen Schlüssel, der zu kurz ist, um sicher zu sein.</translation>
    </message>
    <message>
        <source>%1 can&apos;t prove who it is: its certificate is signed by itself.</source>
        <translation>%1 kann sich nicht ausweisen: Sein Zertifikat ist von sich selbst unterschrieben.</translation>
    </message>
    <message>
        <source>The certificate names no server at all, so it does not prove that this is %1.</source>
        <translation>Das Zertifikat nennt gar keinen Server, es beweist also nicht, dass dies %1 ist.</translation>
    </message>
    <message>
        <source>The certificate belongs to %1, not to %2.</source>
        <translation>Das Zertifikat gehört %1, nicht %2.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>Das Zertifikat von %1 ist abgelaufen.</translation>
    </message>
    <message>
        <source>The certificate of %1 expired on %2.</source>
        <translation>Das Zertifikat von %1 ist am %2 abgelaufen.</translation>
    </message>
    <message>
        <source>A security program is intercepting the connection.</source>
        <translation>Ein Sicherheitsprogramm fängt die Verbindung ab.</translation>
    </message>
    <message>
        <source>%1 is intercepting the connection.</source>
        <translation>%1 fängt die Verbindung ab.</translation>
    </message>
    <message>
        <source>It says: %1</source>
        <translation>Er sagt: %1</translation>
    </message>
    <message>
        <source>encrypted from the start</source>
        <translation>von Anfang an verschlüsselt</translation>
    </message>
    <message>
        <source>between servers only</source>
        <translation>nur zwischen Servern</translation>
    </message>
    <message>
        <source>alternative, switches to encryption</source>
        <translation>Ausweichport, schaltet auf Verschlüsselung um</translation>
    </message>
    <message>
        <source>switches to encryption</source>
        <translation>schaltet auf Verschlüsselung um</translation>
    </message>
    <message>
        <source>not encrypted</source>
        <translation>nicht verschlüsselt</translation>
    </message>
    <message>
        <source>connected, slow to answer…</source>
        <translation>verbunden, antwortet langsam …</translation>
    </message>
    <message>
        <source>waiting…</source>
        <translation>wartet …</translation>
    </message>
    <message>
        <source>waits for your word</source>
        <translation>wartet auf Ihre Zustimmung</translation>
    </message>
    <message>
        <source>not tried</source>
        <translation>nicht versucht</translation>
    </message>
    <message>
        <source>works, without encryption</source>
        <translation>funktioniert, ohne Verschlüsselung</translation>
    </message>
    <message>
        <source>works, not recommended</source>
        <translation>funktioniert, nicht empfohlen</translation>
    </message>
    <message>
        <source>works</source>
        <translation>funktioniert</translation>
    </message>
    <message>
        <source>works, slowly (%1)</source>
        <translation>funktioniert, langsam (%1)</translation>
    </message>
    <message>
        <source>nothing is listening</source>
        <translation>hier antwortet nichts</translation>
    </message>
    <message>
        <source>no answer, a firewall or your network may block it</source>
        <translation>keine Antwort, vielleicht sperrt ihn eine Firewall oder Ihr Netz</translation>
    </message>
    <message>
        <source>no way there from this network</source>
        <translation>von diesem Netz führt kein Weg dorthin</translation>
    </message>
    <message>
        <source>hangs up at once</source>
        <translation>legt sofort auf</translation>
    </message>
    <message>
        <source>opens, but says nothing</source>
        <translation>lässt sich verbinden, sagt aber nichts</translation>
    </message>
    <message>
        <source>answers, but is not a sending server</source>
        <translation>antwortet, ist aber kein Sendeserver</translation>
    </message>
    <message>
        <source>encrypts in another way than expected</source>
        <translation>verschlüsselt anders als erwartet</translation>
    </message>
    <message>
        <source>answers without encryption, not used</source>
        <translation>antwortet ohne Verschlüsselung, nicht benutzt</translation>
    </message>
    <message>
        <source>its encryption was removed on the way, not used</source>
        <translation>die Verschlüsselung wurde unterwegs entfernt, nicht benutzt</translation>
    </message>
    <message>
        <source>somebody spoke before the encryption, not used</source>
        <translation>jemand sprach vor der Verschlüsselung, nicht benutzt</translation>
    </message>
    <message>
        <source>its encryption is too old, not used</source>
        <translation>die Verschlüsselung ist zu alt, nicht benutzt</translation>
    </message>
    <message>
        <source>its encryption broke off, not used</source>
        <translation>die Verschlüsselung brach ab, nicht benutzt</translation>
    </message>
    <message>
        <source>encryption is offered, but its identity does not fit, not used</source>
        <translation>Verschlüsselung wird angeboten, aber der Ausweis passt nicht, nicht benutzt</translation>
    </message>
    <message>
        <source>encryption is offered, but nobody vouches for its identity, not used</source>
        <translation>Verschlüsselung wird angeboten, aber niemand bürgt für den Server, nicht benutzt</translation>
    </message>
    <message>
        <source>its certificate has expired, not used</source>
        <translation>das Zertifikat ist abgelaufen, nicht benutzt</translation>
    </message>
    <message>
        <source>its certificate is not valid yet, not used</source>
        <translation>das Zertifikat gilt noch nicht, nicht benutzt</translation>
    </message>
    <message>
        <source>intercepted by a security program, not used</source>
        <translation>von einem Sicherheitsprogramm abgefangen, nicht benutzt</translation>
    </message>
    <message>
        <source>answers, but offers no sign-in, not used</source>
        <translation>antwortet, bietet aber keine Anmeldung, nicht benutzt</translation>
    </message>
    <message>
        <source>offers no sign-in that Postrider knows</source>
        <translation>bietet keine Anmeldung, die Postrider kennt</translation>
    </message>
    <message>
        <source>busy at the moment</source>
        <translation>im Augenblick überlastet</translation>
    </message>
    <message>
        <source>asked too often, wants a pause</source>
        <translation>zu oft gefragt, will eine Pause</translation>
    </message>
    <message>
        <source>refuses this network</source>
        <translation>weist dieses Netz ab</translation>
    </message>
    <message>
        <source>there is no such name</source>
        <translation>diesen Namen gibt es nicht</translation>
    </message>
    <message>
        <source>its name could not be looked up</source>
        <translation>der Name ließ sich nicht nachschlagen</translation>
    </message>
    <message>
        <source>blocked by your network</source>
        <translation>von Ihrem Netz gesperrt</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>offline</translation>
    </message>
    <message>
        <source>this network wants you to sign in first</source>
        <translation>dieses Netz verlangt zuerst eine Anmeldung</translation>
    </message>
    <message>
        <source>is said not to exist</source>
        <translation>den gibt es laut Domain nicht</translation>
    </message>
    <message>
        <source>works, wants sign-in in the browser</source>
        <translation>funktioniert, verlangt die Anmeldung im Browser</translation>
    </message>
    <message>
        <source>works, wants an app password</source>
        <translation>funktioniert, verlangt ein App-Passwort</translation>
    </message>
    <message>
        <source>must be switched on at the provider first</source>
        <translation>muss zuerst beim Anbieter eingeschaltet werden</translation>
    </message>
    <message>
        <source>did not accept user name and password</source>
        <translation>hat Benutzername und Passwort nicht angenommen</translation>
    </message>
    <message>
        <source>does not let you send from this address</source>
        <translation>lässt Sie nicht von dieser Adresse senden</translation>
    </message>
    <message>
        <source>Still waiting for an answer.</source>
        <translation>Wartet noch auf eine Antwort.</translation>
    </message>
    <message>
        <source>Not tried: %1 belongs to another domain, and nobody vouches that it is the right one.</source>
        <translation>Nicht versucht: %1 gehört zu einer anderen Domain, und niemand bürgt dafür, dass es der richtige Server ist.</translation>
    </message>
    <message>
        <source>Not tried: it was not needed.</source>
        <translation>Nicht versucht: Es war nicht nötig.</translation>
    </message>
    <message>
        <source>Nothing is listening on port %1 of %2.</source>
        <translation>An Port %1 von %2 antwortet nichts.</translation>
    </message>
    <message>
        <source>No answer from %1 on port %2. A firewall, router, VPN or provider drops connections to this port.</source>
        <translation>Keine Antwort von %1 an Port %2. Eine Firewall, ein Router, ein VPN oder ein Anbieter verwirft Verbindungen zu diesem Port.</translation>
    </message>
    <message>
        <source>This network has no way to %1.</source>
        <translation>Dieses Netz hat keinen Weg zu %1.</translation>
    </message>
    <message>
        <source>The connection was closed before the server said anything.</source>
        <translation>Die Verbindung wurde geschlossen, bevor der Server etwas sagte.</translation>
    </message>
    <message>
        <source>The connection opens, but nothing answers.</source>
        <translation>Die Verbindung kommt zustande, aber nichts antwortet.</translation>
    </message>
    <message>
        <source>Port %1 begins without encryption here.</source>
        <translation>Port %1 beginnt hier ohne Verschlüsselung.</translation>
    </message>
    <message>
        <source>Port %1 is encrypted from the start here.</source>
        <translation>Port %1 ist hier von Anfang an verschlüsselt.</translation>
    </message>
    <message>
        <source>This port offers no encryption. Your password could be read by others.</source>
        <translation>Dieser Port bietet keine Verschlüsselung. Andere könnten Ihr Passwort lesen.</translation>
    </message>
    <message>
        <source>The server normally offers encryption, but something on the way removed it.</source>
        <translation>Der Server bietet sonst Verschlüsselung an, aber etwas auf dem Weg hat sie entfernt.</translation>
    </message>
    <message>
        <source>Something was said before the encryption began. Stopped for your safety.</source>
        <translation>Etwas wurde gesagt, bevor die Verschlüsselung begann. Zu Ihrer Sicherheit abgebrochen.</translation>
    </message>
    <message>
        <source>The server only knows an encryption that is no longer safe.</source>
        <translation>Der Server kennt nur eine Verschlüsselung, die nicht mehr sicher ist.</translation>
    </message>
    <message>
        <source>The connection broke off while the encryption was being agreed on.</source>
        <translation>Die Verbindung brach ab, während die Verschlüsselung vereinbart wurde.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet. Perhaps this computer&apos;s date is wrong.</source>
        <translation>Das Zertifikat von %1 gilt noch nicht. Vielleicht ist das Datum dieses Computers falsch.</translation>
    </message>
    <message>
        <source>Answers, but does not offer sign-in: it receives mail, it does not send yours.</source>
        <translation>Antwortet, bietet aber keine Anmeldung: Er nimmt Mails entgegen, er sendet Ihre nicht.</translation>
    </message>
    <message>
        <source>Offers only ways to sign in that Postrider can&apos;t use.</source>
        <translation>Bietet nur Arten der Anmeldung, die Postrider nicht benutzen kann.</translation>
    </message>
    <message>
        <source>The server is busy at the moment.</source>
        <translation>Der Server ist im Augenblick überlastet.</translation>
    </message>
    <message>
        <source>The server was asked too often and wants a pause.</source>
        <translation>Der Server wurde zu oft gefragt und will eine Pause.</translation>
    </message>
    <message>
        <source>The server refuses this network.</source>
        <translation>Der Server weist dieses Netz ab.</translation>
    </message>
    <message>
        <source>There is no server with the name %1.</source>
        <translation>Es gibt keinen Server mit dem Namen %1.</translation>
    </message>
    <message>
        <source>The name %1 could not be looked up.</source>
        <translation>Der Name %1 ließ sich nicht nachschlagen.</translation>
    </message>
    <message>
        <source>Your network or VPN blocks this port.</source>
        <translation>Ihr Netz oder VPN sperrt diesen Port.</translation>
    </message>
    <message>
        <source>This computer is offline.</source>
        <translation>Dieser Computer ist offline.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first.</source>
        <translation>Dieses Netz verlangt, dass Sie sich zuerst anmelden.</translation>
    </message>
    <message>
        <source>The domain says that it has no sending server.</source>
        <translation>Die Domain sagt, dass sie keinen Sendeserver hat.</translation>
    </message>
    <message>
        <source>%1 works, but does not accept passwords any more: it wants sign-in in the browser.</source>
        <translation>%1 funktioniert, nimmt aber keine Passwörter mehr an: Er verlangt die Anmeldung im Browser.</translation>
    </message>
    <message>
        <source>%1 works, but wants an app password.</source>
        <translation>%1 funktioniert, verlangt aber ein App-Passwort.</translation>
    </message>
    <message>
        <source>%1 must first be told to allow mail programs.</source>
        <translation>Bei %1 müssen Mailprogramme zuerst erlaubt werden.</translation>
    </message>
    <message>
        <source>%1 did not accept the user name or the password.</source>
        <translation>%1 hat den Benutzernamen oder das Passwort nicht angenommen.</translation>
    </message>
    <message>
        <source>Signed in, but %1 does not let you send from this address.</source>
        <translation>Angemeldet, aber %1 lässt Sie nicht von dieser Adresse senden.</translation>
    </message>
    <message>
        <source>If you know this server, type its name.</source>
        <translation>Wenn Sie diesen Server kennen, geben Sie seinen Namen ein.</translation>
    </message>
    <message>
        <source>Use another port, or check the server&apos;s name.</source>
        <translation>Nehmen Sie einen anderen Port, oder prüfen Sie den Namen des Servers.</translation>
    </message>
    <message>
        <source>Use it only when nothing else answers: it is meant for mail between servers, and most networks block it.</source>
        <translation>Nehmen Sie ihn nur, wenn sonst nichts antwortet: Er ist für Mails zwischen Servern gedacht, und die meisten Netze sperren ihn.</translation>
    </message>
    <message>
        <source>Postrider waits long enough for it.</source>
        <translation>Postrider wartet lange genug darauf.</translation>
    </message>
    <message>
        <source>Use another port, or try on another network.</source>
        <translation>Nehmen Sie einen anderen Port, oder versuchen Sie es in einem anderen Netz.</translation>
    </message>
    <message>
        <source>Check the connection of this computer.</source>
        <translation>Prüfen Sie die Verbindung dieses Computers.</translation>
    </message>
    <message>
        <source>Use another port. If all of them do this, try on another network.</source>
        <translation>Nehmen Sie einen anderen Port. Wenn das bei allen so ist, versuchen Sie es in einem anderen Netz.</translation>
    </message>
    <message>
        <source>Use another port, or try again later.</source>
        <translation>Nehmen Sie einen anderen Port, oder versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>Check the server&apos;s name and the port.</source>
        <translation>Prüfen Sie den Namen des Servers und den Port.</translation>
    </message>
    <message>
        <source>Postrider tries this port in the other way by itself.</source>
        <translation>Postrider versucht diesen Port von selbst auf die andere Art.</translation>
    </message>
    <message>
        <source>Use another port.</source>
        <translation>Nehmen Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>Use a port that is encrypted from the start, or another network.</source>
        <translation>Nehmen Sie einen Port, der von Anfang an verschlüsselt ist, oder ein anderes Netz.</translation>
    </message>
    <message>
        <source>Try on another network.</source>
        <translation>Versuchen Sie es in einem anderen Netz.</translation>
    </message>
    <message>
        <source>Ask the provider for a newer server.</source>
        <translation>Fragen Sie den Anbieter nach einem neueren Server.</translation>
    </message>
    <message>
        <source>Use another port, or ask the provider.</source>
        <translation>Nehmen Sie einen anderen Port, oder fragen Sie den Anbieter.</translation>
    </message>
    <message>
        <source>Ask the provider for the right name of the sending server.</source>
        <translation>Fragen Sie den Anbieter nach dem richtigen Namen des Sendeservers.</translation>
    </message>
    <message>
        <source>Use the name %1 instead: it leads to the same computer.</source>
        <translation>Nehmen Sie stattdessen den Namen %1: Er führt zum selben Computer.</translation>
    </message>
    <message>
        <source>If you run this server, compare its fingerprint under Details and trust it while you set up the account. Otherwise ask the provider.</source>
        <translation>Wenn Sie diesen Server betreiben, vergleichen Sie seinen Fingerabdruck unter „Einzelheiten“ und vertrauen Sie ihm, während Sie das Konto einrichten. Fragen Sie sonst den Anbieter.</translation>
    </message>
    <message>
        <source>Ask the provider to renew it. If it should still be valid, check this computer&apos;s date.</source>
        <translation>Bitten Sie den Anbieter, es zu erneuern. Wenn es noch gültig sein müsste, prüfen Sie das Datum dieses Computers.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time.</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Computers.</translation>
    </message>
    <message>
        <source>Tell the security program to leave mail alone, then try again.</source>
        <translation>Stellen Sie das Sicherheitsprogramm so ein, dass es Mails in Ruhe lässt, und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Use the name of the provider&apos;s sending server instead.</source>
        <translation>Nehmen Sie stattdessen den Namen des Sendeservers Ihres Anbieters.</translation>
    </message>
    <message>
        <source>Ask the provider for another way to sign in.</source>
        <translation>Fragen Sie den Anbieter nach einer anderen Art der Anmeldung.</translation>
    </message>
    <message>
        <source>Try again in a few minutes.</source>
        <translation>Versuchen Sie es in ein paar Minuten noch einmal.</translation>
    </message>
    <message>
        <source>Wait for a while: more tries make the pause longer.</source>
        <translation>Warten Sie eine Weile: Weitere Versuche machen die Pause länger.</translation>
    </message>
    <message>
        <source>Try on another network, or ask the provider.</source>
        <translation>Versuchen Sie es in einem anderen Netz, oder fragen Sie den Anbieter.</translation>
    </message>
    <message>
        <source>Check how the name is spelled.</source>
        <translation>Prüfen Sie, wie der Name geschrieben wird.</translation>
    </message>
    <message>
        <source>Check the connection of this computer, then try again.</source>
        <translation>Prüfen Sie die Verbindung dieses Computers und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Use another network, or switch the VPN off.</source>
        <translation>Nehmen Sie ein anderes Netz, oder schalten Sie das VPN aus.</translation>
    </message>
    <message>
        <source>Try again when the connection is back.</source>
        <translation>Versuchen Sie es noch einmal, wenn die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>Open a web page, sign in there, then try again.</source>
        <translation>Öffnen Sie eine Webseite, melden Sie sich dort an und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Ask the provider how mail is sent.</source>
        <translation>Fragen Sie den Anbieter, wie Mails gesendet werden.</translation>
    </message>
    <message>
        <source>Sign in with the browser.</source>
        <translation>Melden Sie sich mit dem Browser an.</translation>
    </message>
    <message>
        <source>Make an app password at the provider and use it here.</source>
        <translation>Legen Sie beim Anbieter ein App-Passwort an und verwenden Sie es hier.</translation>
    </message>
    <message>
        <source>Switch it on in the provider&apos;s settings, then try again.</source>
        <translation>Schalten Sie es in den Einstellungen des Anbieters ein und versuchen Sie es dann noch einmal.</translation>
    </message>
    <message>
        <source>Check both. Some providers want an app password here.</source>
        <translation>Prüfen Sie beides. Manche Anbieter verlangen hier ein App-Passwort.</translation>
    </message>
    <message>
        <source>Use an address that belongs to this account.</source>
        <translation>Nehmen Sie eine Adresse, die zu diesem Konto gehört.</translation>
    </message>
    <message>
        <source>%1, port %2, %3</source>
        <extracomment>A server&apos;s name, its port, and how the connection is protected.</extracomment>
        <translation>%1, Port %2, %3</translation>
    </message>
    <message>
        <source>Use %1. It works, but takes %2 to answer; some servers wait like this against spam.</source>
        <translation>Nehmen Sie %1. Das funktioniert, aber die Antwort braucht %2; manche Server warten so, um Spam abzuwehren.</translation>
    </message>
    <message>
        <source>Use %1.</source>
        <translation>Nehmen Sie %1.</translation>
    </message>
    <message>
        <source>Only port 25 of %1 answers, which is meant for mail between servers.</source>
        <translation>Nur Port 25 von %1 antwortet, und der ist für Mails zwischen Servern gedacht.</translation>
    </message>
    <message>
        <source>No sending server was found for %1.</source>
        <translation>Für %1 wurde kein Sendeserver gefunden.</translation>
    </message>
    <message>
        <source>A server for %1 answers slowly. Still waiting…</source>
        <translation>Ein Server für %1 antwortet langsam. Es wird noch gewartet …</translation>
    </message>
    <message>
        <source>Looking for the sending server of %1…</source>
        <translation>Der Sendeserver von %1 wird gesucht …</translation>
    </message>
    <message>
        <source>You&apos;re offline.</source>
        <translation>Sie sind offline.</translation>
    </message>
    <message>
        <source>This network wants you to sign in first: a web page answers in place of the mail servers.</source>
        <translation>Dieses Netz verlangt, dass Sie sich zuerst anmelden: Anstelle der Mailserver antwortet eine Webseite.</translation>
    </message>
    <message>
        <source>The internet works, but every mail port is silent. Your network or VPN blocks sending.</source>
        <translation>Das Internet funktioniert, aber alle Mailports schweigen. Ihr Netz oder VPN sperrt das Senden.</translation>
    </message>
    <message>
        <source>There is no domain or server with the name %1.</source>
        <translation>Es gibt keine Domain und keinen Server mit dem Namen %1.</translation>
    </message>
    <message>
        <source>%1 says that it has no sending server for mail programs.</source>
        <translation>%1 sagt, dass es keinen Sendeserver für Mailprogramme gibt.</translation>
    </message>
    <message>
        <source>%1 does not accept passwords here any more.</source>
        <translation>%1 nimmt hier keine Passwörter mehr an.</translation>
    </message>
    <message>
        <source>%1 wants an app password.</source>
        <translation>%1 verlangt ein App-Passwort.</translation>
    </message>
    <message>
        <source>Nothing that could send mail is listening at %1.</source>
        <translation>Bei %1 antwortet nichts, das Mails senden könnte.</translation>
    </message>
    <message>
        <source>The servers for %1 do not answer.</source>
        <translation>Die Server für %1 antworten nicht.</translation>
    </message>
    <message>
        <source>This network has no way to the servers of %1.</source>
        <translation>Dieses Netz hat keinen Weg zu den Servern von %1.</translation>
    </message>
    <message>
        <source>Every connection opens, but nothing answers. A proxy or a security program may be accepting them all.</source>
        <translation>Jede Verbindung kommt zustande, aber nichts antwortet. Vielleicht nimmt ein Proxy oder ein Sicherheitsprogramm sie alle an.</translation>
    </message>
    <message>
        <source>No usable sending server was found for %1. Port %2 of %3: %4</source>
        <extracomment>What is wrong, with the port that it is best seen at.</extracomment>
        <translation>Für %1 wurde kein brauchbarer Sendeserver gefunden. Port %2 von %3: %4</translation>
    </message>
    <message>
        <source>The network changed meanwhile, so try again.</source>
        <translation>Das Netz hat inzwischen gewechselt, versuchen Sie es also noch einmal.</translation>
    </message>
    <message>
        <source>%1 works by now, too, and is better.</source>
        <translation>%1 funktioniert inzwischen auch und ist besser.</translation>
    </message>
    <message>
        <source>Try on another network, switch the VPN off, or ask who runs this network. A sending service with an alternative port may work.</source>
        <translation>Versuchen Sie es in einem anderen Netz, schalten Sie das VPN aus, oder fragen Sie den Betreiber dieses Netzes. Vielleicht funktioniert ein Sendedienst mit einem Ausweichport.</translation>
    </message>
    <message>
        <source>Check how it is spelled.</source>
        <translation>Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>Ask the provider how mail is sent, and type the server&apos;s name.</source>
        <translation>Fragen Sie den Anbieter, wie Mails gesendet werden, und geben Sie den Namen des Servers ein.</translation>
    </message>
    <message>
        <source>Ask the provider for the name of the sending server, and type it.</source>
        <translation>Fragen Sie den Anbieter nach dem Namen des Sendeservers und geben Sie ihn ein.</translation>
    </message>
    <message>
        <source>Try on another network, or ask the provider for the name of the sending server.</source>
        <translation>Versuchen Sie es in einem anderen Netz, oder fragen Sie den Anbieter nach dem Namen des Sendeservers.</translation>
    </message>
    <message>
        <source>Use it only if the provider says so.</source>
        <translation>Nehmen Sie ihn nur, wenn der Anbieter es sagt.</translation>
    </message>
    <message>
        <source>It is encrypted from the first octet on, so nothing on the way can take the encryption away or put words in, and it is the quickest.</source>
        <translation>Die Verbindung ist vom ersten Byte an verschlüsselt; nichts auf dem Weg kann die Verschlüsselung entfernen oder etwas einfügen, und so geht es am schnellsten.</translation>
    </message>
    <message>
        <source>It begins in the clear and switches to encryption; Postrider insists on that.</source>
        <translation>Die Verbindung beginnt offen und schaltet auf Verschlüsselung um; Postrider besteht darauf.</translation>
    </message>
    <message>
        <source>It is an unofficial alternative for networks that block the others; Postrider insists on its encryption.</source>
        <translation>Das ist ein inoffizieller Ausweichport für Netze, die die anderen sperren; Postrider besteht auf der Verschlüsselung.</translation>
    </message>
    <message>
        <source>It is meant for mail between servers and usually blocked; nothing else answered.</source>
        <translation>Er ist für Mails zwischen Servern gedacht und meist gesperrt; sonst hat nichts geantwortet.</translation>
    </message>
    <message>
        <source>It is on this computer or its own network.</source>
        <translation>Er ist auf diesem Computer oder in dessen eigenem Netz.</translation>
    </message>
    <message>
        <source>as it was typed</source>
        <translation>so, wie er eingegeben wurde</translation>
    </message>
    <message>
        <source>known to Postrider</source>
        <translation>Postrider bekannt</translation>
    </message>
    <message>
        <source>from the settings that %1 publishes itself</source>
        <translation>aus den Einstellungen, die %1 selbst veröffentlicht</translation>
    </message>
    <message>
        <source>from the public settings database</source>
        <translation>aus der öffentlichen Datenbank der Einstellungen</translation>
    </message>
    <message>
        <source>from the name service of %1, which nobody vouches for</source>
        <translation>vom Namensdienst von %1, für den niemand bürgt</translation>
    </message>
    <message>
        <source>from where the mail of %1 arrives</source>
        <translation>von dort, wo die Mails von %1 ankommen</translation>
    </message>
    <message>
        <source>guessed</source>
        <translation>geraten</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>Eingegeben</translation>
    </message>
    <message>
        <source>Known provider</source>
        <translation>Bekannter Anbieter</translation>
    </message>
    <message>
        <source>Asked %1</source>
        <translation>%1 gefragt</translation>
    </message>
    <message>
        <source>Public settings database</source>
        <translation>Öffentliche Datenbank der Einstellungen</translation>
    </message>
    <message>
        <source>Name service of %1</source>
        <translation>Namensdienst von %1</translation>
    </message>
    <message>
        <source>Where its mail arrives</source>
        <translation>Wo die Mails ankommen</translation>
    </message>
    <message>
        <source>Usual names</source>
        <translation>Übliche Namen</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>wartet</translation>
    </message>
    <message>
        <source>asking…</source>
        <translation>wird gefragt …</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>found</source>
        <translation>gefunden</translation>
    </message>
    <message>
        <source>%1 recommended</source>
        <translation>%1 empfohlen</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>keine Antwort</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>nicht gefragt</translation>
    </message>
    <message>
        <source>Mail from %1 would be handed to %2 (%3). Use it only if you know that this is right: it will get your password.</source>
        <translation>Mails von %1 würden an %2 (%3) übergeben. Verwenden Sie diesen Server nur, wenn Sie wissen, dass das stimmt: Er bekommt Ihr Passwort.</translation>
    </message>
    <message>
        <source>Connections go through the proxy of this computer&apos;s settings, which looks up the names.</source>
        <translation>Verbindungen gehen über den Proxy aus den Einstellungen dieses Computers; er schlägt die Namen nach.</translation>
    </message>
    <message>
        <source>Something answers here, but it is not a mail server.</source>
        <translation>Hier antwortet etwas, aber es ist kein Mailserver.</translation>
    </message>
    <message>
        <source>Use %1, and sign in with the browser: %2 takes no passwords from mail programs.</source>
        <extracomment>A server and its port, and a provider&apos;s name.</extracomment>
        <translation>Nehmen Sie %1, und melden Sie sich mit dem Browser an: %2 nimmt von Mailprogrammen keine Passwörter an.</translation>
    </message>
    <message>
        <source>Use %1, with an app password: %2 does not take the usual one from mail programs.</source>
        <extracomment>A server and its port, and a provider&apos;s name.</extracomment>
        <translation>Nehmen Sie %1 mit einem App-Passwort: Das übliche nimmt %2 von Mailprogrammen nicht an.</translation>
    </message>
    <message>
        <source>Use %1, once mail programs are allowed in the settings of %2.</source>
        <extracomment>A server and its port, and a provider&apos;s name.</extracomment>
        <translation>Nehmen Sie %1, sobald Mailprogramme in den Einstellungen von %2 erlaubt sind.</translation>
    </message>
    <message>
        <source>%1 is named for sending mail from %2. It was not connected to yet, since nobody vouches for it.</source>
        <extracomment>A server&apos;s name, and the domain that a search is about.</extracomment>
        <translation>Zum Senden von Mails von %2 wird %1 genannt. Damit wurde noch keine Verbindung aufgenommen, weil niemand dafür bürgt.</translation>
    </message>
    <message>
        <source>Postrider opens the page of %1 in your browser, where you sign in.</source>
        <translation>Postrider öffnet in Ihrem Browser die Seite von %1, wo Sie sich anmelden.</translation>
    </message>
    <message>
        <source>Sign in to %1 in your web browser, and allow mail programs in the mail settings.</source>
        <translation>Melden Sie sich im Browser bei %1 an, und erlauben Sie Mailprogramme in den Mail-Einstellungen.</translation>
    </message>
    <message>
        <source>Sign in to %1 in your web browser, and create an app password in the security settings.</source>
        <translation>Melden Sie sich im Browser bei %1 an, und erzeugen Sie in den Sicherheitseinstellungen ein App-Passwort.</translation>
    </message>
    <message>
        <source>from settings of %1 that came without encryption, so that anybody on the way may have written them</source>
        <translation>aus Einstellungen von %1, die ohne Verschlüsselung kamen; jeder auf dem Weg kann sie geschrieben haben</translation>
    </message>
    <message>
        <source>Asked %1 without encryption</source>
        <translation>%1 ohne Verschlüsselung gefragt</translation>
    </message>
    <message>
        <source>%1, which volunteers keep, then hears “%2”; where another provider takes its mail, also that provider&apos;s name.</source>
        <extracomment>The first is the name of a server on the internet, the second the part of an address behind the @.</extracomment>
        <translation>%1, von Freiwilligen betreut, erfährt dann „%2“, und wenn ein anderer Anbieter die Mails annimmt, auch dessen Namen.</translation>
    </message>
</context>
<context>
    <name>postrider::oauth::Page</name>
    <message>
        <source>Postrider has the answer of %1</source>
        <translation>Postrider hat die Antwort von %1</translation>
    </message>
    <message>
        <source>Postrider was not signed in at %1</source>
        <translation>Postrider wurde bei %1 nicht angemeldet</translation>
    </message>
    <message>
        <source>You can close this page and go back to Postrider.</source>
        <translation>Sie können diese Seite schließen und zu Postrider zurückkehren.</translation>
    </message>
    <message>
        <source>Nothing was changed. Postrider says why, and lets you try again.</source>
        <translation>Nichts wurde geändert. Postrider sagt, warum, und lässt Sie es noch einmal versuchen.</translation>
    </message>
</context>
<context>
    <name>postrider::outboxview::DetailsPane</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Rec&amp;ipients</source>
        <translation>E&amp;mpfänger</translation>
    </message>
    <message>
        <source>Recipients</source>
        <translation>Empfänger</translation>
    </message>
    <message>
        <source>The server&apos;s own words</source>
        <translation>Die Worte des Servers</translation>
    </message>
    <message>
        <source>C&amp;orrect address</source>
        <translation>Adresse be&amp;richtigen</translation>
    </message>
    <message>
        <source>Correct address</source>
        <translation>Adresse berichtigen</translation>
    </message>
    <message>
        <source>Takes the place of the address that was refused; nobody else gets the message again</source>
        <translation>Tritt an die Stelle der Adresse, die abgelehnt wurde; sonst bekommt niemand die Nachricht noch einmal</translation>
    </message>
    <message>
        <source>&amp;Send to it</source>
        <translation>&amp;Dorthin senden</translation>
    </message>
    <message>
        <source>Atte&amp;mpts</source>
        <translation>&amp;Versuche</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Cop&amp;y details</source>
        <translation>Einzelheiten &amp;kopieren</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>(no subject)</source>
        <translation>(kein Betreff)</translation>
    </message>
    <message>
        <source>Tries every port of the sending server and tells what is wrong</source>
        <translation>Versucht jeden Port des Sendeservers und sagt, was nicht stimmt</translation>
    </message>
    <message>
        <source>&amp;Look at the server…</source>
        <translation>Server &amp;untersuchen …</translation>
    </message>
</context>
<context>
    <name>postrider::outboxview::OutboxView</name>
    <message>
        <source>Nothing is waiting. Everything you sent has been accepted.</source>
        <translation>Nichts wartet. Alles, was Sie gesendet haben, wurde angenommen.</translation>
    </message>
    <message>
        <source>Ne&amp;w message</source>
        <translation>Neue N&amp;achricht</translation>
    </message>
    <message>
        <source>Outbox</source>
        <translation>Postausgang</translation>
    </message>
    <message>
        <source>Enter shows details; the Menu key shows what can be done with a message</source>
        <translation>Eingabe zeigt Einzelheiten; die Menütaste zeigt, was man mit einer Nachricht tun kann</translation>
    </message>
    <message>
        <source>Send &amp;now</source>
        <translation>Jetzt &amp;senden</translation>
    </message>
    <message>
        <source>&amp;Try now</source>
        <translation>&amp;Jetzt versuchen</translation>
    </message>
    <message>
        <source>&amp;Cancel sending</source>
        <translation>Senden a&amp;bbrechen</translation>
    </message>
    <message>
        <source>&amp;Hold</source>
        <translation>An&amp;halten</translation>
    </message>
    <message>
        <source>It &amp;arrived</source>
        <translation>&amp;Ist angekommen</translation>
    </message>
    <message>
        <source>Send a&amp;gain</source>
        <translation>Noch &amp;einmal senden</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>Einzel&amp;heiten</translation>
    </message>
    <message>
        <source>&amp;Release</source>
        <translation>&amp;Freigeben</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
</context>
<context>
    <name>postrider::setup::AccountEditor</name>
    <message>
        <source>Account</source>
        <translation>Konto</translation>
    </message>
    <message>
        <source>Parts of the account</source>
        <translation>Teile des Kontos</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Adressen</translation>
    </message>
    <message>
        <source>&amp;E-mail address</source>
        <translation>&amp;E-Mail-Adresse</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Answers &amp;go to</source>
        <translation>Antworten &amp;gehen an</translation>
    </message>
    <message>
        <source>Answers go to</source>
        <translation>Antworten gehen an</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>Signatur</translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation>Se&amp;rver</translation>
    </message>
    <message>
        <source>Account &amp;name</source>
        <translation>Name des &amp;Kontos</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>Name des Kontos</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Encryption: when the connection becomes encrypted</source>
        <translation>Verschlüsselung: wann die Verbindung verschlüsselt wird</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>Sign in as</source>
        <translation>Anmelden als</translation>
    </message>
    <message>
        <source>New pass&amp;word</source>
        <translation>Neues Pass&amp;wort</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>Neues Passwort</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>&amp;Keep the password in the system&apos;s password store</source>
        <translation>&amp;Das Passwort im Passwortspeicher des Systems behalten</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>Sign in a&amp;gain</source>
        <translation>N&amp;och einmal anmelden</translation>
    </message>
    <message>
        <source>Remove account…</source>
        <translation>Konto entfernen …</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>Save anyway; mail will wait</source>
        <translation>Trotzdem speichern; Mails warten dann</translation>
    </message>
    <message>
        <source>Remove account</source>
        <translation>Konto entfernen</translation>
    </message>
    <message>
        <source>Keep account</source>
        <translation>Konto behalten</translation>
    </message>
    <message>
        <source>Account %1</source>
        <translation>Konto %1</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Von Anfang an</translation>
    </message>
    <message>
        <source>Switch to encryption</source>
        <translation>Umschalten auf Verschlüsselung</translation>
    </message>
    <message>
        <source>None: only this computer</source>
        <translation>Keine: nur dieser Computer</translation>
    </message>
    <message>
        <source>The command begins with the whole path of a program.</source>
        <translation>Der Befehl beginnt mit dem ganzen Pfad eines Programms.</translation>
    </message>
    <message>
        <source>The name of the sending server is missing.</source>
        <translation>Der Name des Sendeservers fehlt.</translation>
    </message>
    <message>
        <source>Without encryption, Postrider sends only to this computer: on the way to %1 others could read your mail and your password.</source>
        <translation>Ohne Verschlüsselung sendet Postrider nur an diesen Computer: Auf dem Weg zu %1 könnten andere Ihre Mails und Ihr Passwort lesen.</translation>
    </message>
    <message>
        <source>This account works.</source>
        <translation>Dieses Konto funktioniert.</translation>
    </message>
    <message>
        <source>You are signed in again.</source>
        <translation>Sie sind wieder angemeldet.</translation>
    </message>
    <message>
        <source>Its password is forgotten.</source>
        <translation>Das Passwort wird vergessen.</translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) wait for it. They stay in the Outbox, but are not sent any more. Its password is forgotten.</source>
        <translation>
            <numerusform>%n Nachricht wartet darauf. Sie bleibt im Postausgang, wird aber nicht mehr gesendet. Das Passwort wird vergessen.</numerusform>
            <numerusform>%n Nachrichten warten darauf. Sie bleiben im Postausgang, werden aber nicht mehr gesendet. Das Passwort wird vergessen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove %1?</source>
        <translation>%1 entfernen?</translation>
    </message>
    <message>
        <source>Asking the server…</source>
        <translation>Der Server wird gefragt …</translation>
    </message>
    <message>
        <source>A&amp;ddresses</source>
        <translation>A&amp;dressen</translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>Rem&amp;ove address</source>
        <translation>Adresse &amp;entfernen</translation>
    </message>
    <message>
        <source>Signat&amp;ure</source>
        <translation>Signat&amp;ur</translation>
    </message>
    <message>
        <source>S&amp;erver</source>
        <translation>Ser&amp;ver</translation>
    </message>
    <message>
        <source>Encr&amp;yption</source>
        <translation>Verschlüsse&amp;lung</translation>
    </message>
    <message>
        <source>&amp;Command</source>
        <translation>&amp;Befehl</translation>
    </message>
    <message>
        <source>S&amp;ign in as</source>
        <translation>Anmelden a&amp;ls</translation>
    </message>
    <message>
        <source>Connection doct&amp;or…</source>
        <translation>Verbindungsd&amp;oktor …</translation>
    </message>
    <message>
        <source>&amp;More</source>
        <translation>&amp;Mehr</translation>
    </message>
    <message>
        <source>&amp;Back to automatic</source>
        <translation>&amp;Zurück zu automatisch</translation>
    </message>
    <message>
        <source>Type the password once more, so that it can go into the password store.</source>
        <translation>Geben Sie das Passwort noch einmal ein, damit es in den Passwortspeicher kann.</translation>
    </message>
</context>
<context>
    <name>postrider::setup::AddressPage</name>
    <message>
        <source>Your n&amp;ame</source>
        <translation>Ihr &amp;Name</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>&amp;E-mail address</source>
        <translation>&amp;E-Mail-Adresse</translation>
    </message>
    <message>
        <source>E-mail address</source>
        <translation>E-Mail-Adresse</translation>
    </message>
    <message>
        <source>&amp;Use</source>
        <translation>&amp;Verwenden</translation>
    </message>
    <message>
        <source>People who get your mail see both. Nothing is sent anywhere before you press Next.</source>
        <translation>Wer Ihre Mails bekommt, sieht beides. Nichts wird irgendwohin gesendet, bevor Sie auf „Weiter“ drücken.</translation>
    </message>
    <message>
        <source>Name and address</source>
        <translation>Name und Adresse</translation>
    </message>
    <message>
        <source>People who get your mail see both. The service must know this address as yours.</source>
        <translation>Wer Ihre Mails bekommt, sieht beides. Der Dienst muss diese Adresse als Ihre kennen.</translation>
    </message>
    <message>
        <source>People who get your mail see both. The sending server is looked for by the part behind the @; nothing else of this is shown to anybody yet.</source>
        <translation>Wer Ihre Mails bekommt, sieht beides. Der Sendeserver wird nach dem Teil hinter dem @ gesucht; sonst wird davon noch niemandem etwas gezeigt.</translation>
    </message>
    <message>
        <source>Did you mean %1?</source>
        <extracomment>A mail address that was probably meant.</extracomment>
        <translation>Meinten Sie %1?</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>%1 verwenden</translation>
    </message>
</context>
<context>
    <name>postrider::setup::BrowserSignInPanel</name>
    <message>
        <source>Address to open</source>
        <translation>Zu öffnende Adresse</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>Your client id</source>
        <translation>Ihre Client-ID</translation>
    </message>
    <message>
        <source>Tenant</source>
        <translation>Mandant</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Scope</translation>
    </message>
    <message>
        <source>Use another acco&amp;unt</source>
        <translation>Ein anderes Konto ben&amp;utzen</translation>
    </message>
    <message>
        <source>%1 asks for your password on its own page, in your browser. Postrider never sees it.</source>
        <translation>%1 fragt auf einer eigenen Seite in Ihrem Browser nach Ihrem Passwort. Postrider sieht es nie.</translation>
    </message>
    <message>
        <source>This copy of Postrider is not registered with %1: use an app password if it gives you one, enter a client id of your own, or use another account.</source>
        <extracomment>A provider&apos;s name. The three ways are the fields and buttons around the sentence.</extracomment>
        <translation>Dieses Postrider ist bei %1 nicht registriert: Nehmen Sie ein App-Passwort, wenn Sie dort eines bekommen, geben Sie eine eigene Client-ID ein, oder nehmen Sie ein anderes Konto.</translation>
    </message>
    <message>
        <source>Waiting for the provider…</source>
        <translation>Warten auf den Anbieter …</translation>
    </message>
    <message>
        <source>Sign in on the page that has opened in your browser; Postrider goes on by itself.</source>
        <translation>Melden Sie sich auf der Seite an, die sich in Ihrem Browser geöffnet hat; Postrider macht von selbst weiter.</translation>
    </message>
    <message>
        <source>No browser could be opened. Copy the address into one on this computer, or sign in on another device.</source>
        <translation>Es ließ sich kein Browser öffnen. Kopieren Sie die Adresse in einen Browser auf diesem Computer, oder melden Sie sich auf einem anderen Gerät an.</translation>
    </message>
    <message numerus="yes">
        <source>Open the address on any device, sign in, and enter the code. It is good for %n minute(s).</source>
        <translation>
            <numerusform>Öffnen Sie die Adresse auf einem beliebigen Gerät, melden Sie sich an und geben Sie den Code ein. Er gilt %n Minute.</numerusform>
            <numerusform>Öffnen Sie die Adresse auf einem beliebigen Gerät, melden Sie sich an und geben Sie den Code ein. Er gilt %n Minuten.</numerusform>
        </translation>
    </message>
    <message>
        <source>You have signed in at the provider.</source>
        <translation>Sie haben sich beim Anbieter angemeldet.</translation>
    </message>
    <message>
        <source>Stopped.</source>
        <translation>Gestoppt.</translation>
    </message>
    <message>
        <source>Sign in with the b&amp;rowser</source>
        <translation>Mit dem B&amp;rowser anmelden</translation>
    </message>
    <message>
        <source>Sign in on &amp;another device</source>
        <translation>Auf einem &amp;anderen Gerät anmelden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Use a client id of your own</source>
        <translation>Eine eigene Client-ID benutzen</translation>
    </message>
    <message>
        <source>Your c&amp;lient id</source>
        <translation>Ihre C&amp;lient-ID</translation>
    </message>
    <message>
        <source>Its se&amp;cret</source>
        <translation>Ihr Gehei&amp;mnis</translation>
    </message>
    <message>
        <source>Secret of the client id</source>
        <translation>Geheimnis der Client-ID</translation>
    </message>
    <message>
        <source>&amp;How to get one</source>
        <translation>&amp;So bekommt man eine</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ConnectionFields</name>
    <message>
        <source>S&amp;ign in with</source>
        <translation>An&amp;meldeart</translation>
    </message>
    <message>
        <source>Sign in with: how the password is shown to the server</source>
        <translation>Anmeldeart: wie das Passwort dem Server gezeigt wird</translation>
    </message>
    <message>
        <source>Name of this &amp;computer</source>
        <translation>Name dieses &amp;Computers</translation>
    </message>
    <message>
        <source>Name of this computer (EHLO)</source>
        <translation>Name dieses Computers (EHLO)</translation>
    </message>
    <message>
        <source>[127.0.0.1]</source>
        <translation>[127.0.0.1]</translation>
    </message>
    <message>
        <source>Time &amp;limit</source>
        <translation>Zeit&amp;grenze</translation>
    </message>
    <message>
        <source>Time limit</source>
        <translation>Zeitgrenze</translation>
    </message>
    <message>
        <source>the usual one</source>
        <translation>die übliche</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>O&amp;wn address</source>
        <translation>Ei&amp;gene Adresse</translation>
    </message>
    <message>
        <source>Own address</source>
        <translation>Eigene Adresse</translation>
    </message>
    <message>
        <source>any of this computer</source>
        <translation>jede dieses Computers</translation>
    </message>
    <message>
        <source>Prox&amp;y</source>
        <translation>Prox&amp;y</translation>
    </message>
    <message>
        <source>Proxy: a computer that connections go through</source>
        <translation>Proxy: ein Computer, über den Verbindungen laufen</translation>
    </message>
    <message>
        <source>Pro&amp;xy server</source>
        <translation>Pro&amp;xyserver</translation>
    </message>
    <message>
        <source>Proxy server</source>
        <translation>Proxyserver</translation>
    </message>
    <message>
        <source>Port of the proxy</source>
        <translation>Port des Proxys</translation>
    </message>
    <message>
        <source>Certificate &amp;file</source>
        <translation>Zertifikats&amp;datei</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>A&amp;uswählen …</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Eine Zertifikatsdatei auswählen</translation>
    </message>
    <message>
        <source>Own certificat&amp;e</source>
        <translation>Eigenes Zertifi&amp;kat</translation>
    </message>
    <message>
        <source>Own certificate</source>
        <translation>Eigenes Zertifikat</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen …</translation>
    </message>
    <message>
        <source>Choose an own certificate</source>
        <translation>Ein eigenes Zertifikat auswählen</translation>
    </message>
    <message>
        <source>Its &amp;key</source>
        <translation>Sein &amp;Schlüssel</translation>
    </message>
    <message>
        <source>in the same file</source>
        <translation>in derselben Datei</translation>
    </message>
    <message>
        <source>Key of the own certificate</source>
        <translation>Schlüssel des eigenen Zertifikats</translation>
    </message>
    <message>
        <source>Choose the key of the own certificate</source>
        <translation>Den Schlüssel des eigenen Zertifikats auswählen</translation>
    </message>
    <message>
        <source>W&amp;hat these mean</source>
        <translation>Was das &amp;heißt</translation>
    </message>
    <message>
        <source>Choose your own certificate</source>
        <translation>Ihr eigenes Zertifikat auswählen</translation>
    </message>
    <message>
        <source>Choose the key of your own certificate</source>
        <translation>Den Schlüssel Ihres eigenen Zertifikats auswählen</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>As this computer says</source>
        <translation>Wie dieser Computer es vorgibt</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keiner</translation>
    </message>
    <message>
        <source>Sign in with: how the password is proved. Automatic takes the safest way that the server knows.</source>
        <translation>Anmeldeart: wie das Passwort nachgewiesen wird. Automatisch nimmt den sichersten Weg, den der Server kennt.</translation>
    </message>
    <message>
        <source>Name of this computer: how it introduces itself (EHLO). Some servers want a name that exists.</source>
        <translation>Name dieses Computers: wie er sich vorstellt (EHLO). Manche Server wollen einen Namen, den es gibt.</translation>
    </message>
    <message>
        <source>Time limit: how long Postrider waits for a connection and for each answer. After a whole message it is ten minutes at least, since a message must not arrive twice.</source>
        <translation>Zeitgrenze: wie lange Postrider auf eine Verbindung und auf jede Antwort wartet. Nach einer ganzen Nachricht sind es mindestens zehn Minuten, da eine Nachricht nicht zweimal ankommen darf.</translation>
    </message>
    <message>
        <source>Own address: where connections come from, on a computer with several addresses. Not used with a proxy.</source>
        <translation>Eigene Adresse: woher Verbindungen kommen, auf einem Computer mit mehreren Adressen. Mit einem Proxy nicht benutzt.</translation>
    </message>
    <message>
        <source>Proxy: a computer that connections go through. It sees the server&apos;s name, and nothing of your mail or password.</source>
        <translation>Proxy: ein Computer, über den Verbindungen laufen. Er sieht den Namen des Servers, aber nichts von Ihren Mails und Ihrem Passwort.</translation>
    </message>
    <message>
        <source>Certificate file: authorities that the server&apos;s certificate may come from, besides those this computer knows.</source>
        <translation>Zertifikatsdatei: Stellen, von denen das Zertifikat des Servers kommen darf, neben denen, die dieser Computer kennt.</translation>
    </message>
    <message>
        <source>Own certificate: shown to a server that asks who you are, with its key, which has no passphrase.</source>
        <translation>Eigenes Zertifikat: wird einem Server gezeigt, der fragt, wer Sie sind; mit seinem Schlüssel, der keine Passphrase hat.</translation>
    </message>
    <message>
        <source>Your own address is written like 192.168.1.2 or 2001:db8::2.</source>
        <translation>Ihre eigene Adresse wird wie 192.168.1.2 oder 2001:db8::2 geschrieben.</translation>
    </message>
    <message>
        <source>The name of the proxy is missing.</source>
        <translation>Der Name des Proxys fehlt.</translation>
    </message>
    <message>
        <source>The file %1 cannot be read.</source>
        <translation>Die Datei %1 kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>There is no certificate in %1.</source>
        <translation>In %1 ist kein Zertifikat.</translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.cer *.key)</source>
        <translation>Zertifikate und Schlüssel (*.pem *.crt *.cer *.key)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ManualPage</name>
    <message>
        <source>Send through: who takes your messages</source>
        <translation>Senden über: wer Ihre Nachrichten annimmt</translation>
    </message>
    <message>
        <source>Ser&amp;ver</source>
        <translation>Se&amp;rver</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Port: a number that the server listens on</source>
        <translation>Port: eine Nummer, unter der der Server erreichbar ist</translation>
    </message>
    <message>
        <source>Enc&amp;ryption</source>
        <translation>&amp;Verschlüsselung</translation>
    </message>
    <message>
        <source>Encryption: when the connection becomes encrypted</source>
        <translation>Verschlüsselung: wann die Verbindung verschlüsselt wird</translation>
    </message>
    <message>
        <source>Hand over by: how this computer&apos;s mail system is reached</source>
        <translation>Übergeben durch: wie das Mailsystem dieses Computers erreicht wird</translation>
    </message>
    <message>
        <source>Comman&amp;d</source>
        <translation>Befeh&amp;l</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>Befehl</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>&amp;More settings</source>
        <translation>&amp;Mehr Einstellungen</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>T&amp;esten</translation>
    </message>
    <message>
        <source>Back to &amp;automatic</source>
        <translation>Zurüc&amp;k zur Automatik</translation>
    </message>
    <message>
        <source>A sending server</source>
        <translation>Ein Sendeserver</translation>
    </message>
    <message>
        <source>No sign-in (this network&apos;s relay)</source>
        <translation>Ohne Anmeldung (Relay dieses Netzes)</translation>
    </message>
    <message>
        <source>Mail system of this computer</source>
        <translation>Mailsystem dieses Computers</translation>
    </message>
    <message>
        <source>Its server (127.0.0.1, port 25)</source>
        <translation>Seinen Server (127.0.0.1, Port 25)</translation>
    </message>
    <message>
        <source>A command</source>
        <translation>Einen Befehl</translation>
    </message>
    <message>
        <source>Switch to encryption</source>
        <translation>Umschalten auf Verschlüsselung</translation>
    </message>
    <message>
        <source>From the start</source>
        <translation>Von Anfang an</translation>
    </message>
    <message>
        <source>None: only this computer</source>
        <translation>Keine: nur dieser Computer</translation>
    </message>
    <message>
        <source>Settings by hand</source>
        <translation>Einstellungen von Hand</translation>
    </message>
    <message>
        <source>You sign in to it; your provider tells its name.</source>
        <translation>Sie melden sich dort an; Ihr Anbieter nennt den Namen.</translation>
    </message>
    <message>
        <source>It takes mail from every computer in its network, without a password. Whoever runs the network tells its name.</source>
        <translation>Er nimmt Mails von jedem Computer in seinem Netz an, ohne Passwort. Der Betreiber des Netzes nennt den Namen.</translation>
    </message>
    <message>
        <source>Each message is handed to this program, as other programs of this computer do.</source>
        <translation>Jede Nachricht wird diesem Programm übergeben, wie es andere Programme dieses Computers tun.</translation>
    </message>
    <message>
        <source>A mail system that runs on this computer takes the messages and passes them on.</source>
        <translation>Ein Mailsystem, das auf diesem Computer läuft, nimmt die Nachrichten an und gibt sie weiter.</translation>
    </message>
    <message>
        <source>Encrypted before a word is said; usual with port 465.</source>
        <translation>Verschlüsselt, bevor ein Wort gesagt wird; üblich bei Port 465.</translation>
    </message>
    <message>
        <source>Encryption is switched on first, or nothing is sent; usual with port 587.</source>
        <translation>Die Verschlüsselung wird zuerst eingeschaltet, sonst wird nichts gesendet; üblich bei Port 587.</translation>
    </message>
    <message>
        <source>Not encrypted: only for this computer, or for an address inside this network without sign-in.</source>
        <translation>Nicht verschlüsselt: nur für diesen Computer oder, ohne Anmeldung, für eine Adresse in diesem Netz.</translation>
    </message>
    <message>
        <source>The command begins with the whole path of a program.</source>
        <translation>Der Befehl beginnt mit dem ganzen Pfad eines Programms.</translation>
    </message>
    <message>
        <source>The name of the sending server is missing.</source>
        <translation>Der Name des Sendeservers fehlt.</translation>
    </message>
    <message>
        <source>A port is a number from 1 to 65535.</source>
        <translation>Ein Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>Without encryption, Postrider sends only to this computer: on the way to %1 others could read your mail and your password.</source>
        <translation>Ohne Verschlüsselung sendet Postrider nur an diesen Computer: Auf dem Weg zu %1 könnten andere Ihre Mails und Ihr Passwort lesen.</translation>
    </message>
    <message>
        <source>Without encryption, Postrider sends only to this computer, or to an address such as 192.168.1.2 inside this network: on the way to %1 others could read your mail.</source>
        <translation>Ohne Verschlüsselung sendet Postrider nur an diesen Computer oder an eine Adresse wie 192.168.1.2 in diesem Netz: Auf dem Weg zu %1 könnten andere Ihre Mails lesen.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird getestet …</translation>
    </message>
    <message>
        <source>The encryption was set to what works there.</source>
        <translation>Die Verschlüsselung wurde auf das gesetzt, was dort funktioniert.</translation>
    </message>
    <message>
        <source>%1 works on port %2.</source>
        <extracomment>A server&apos;s name and a port&apos;s number.</extracomment>
        <translation>%1 funktioniert an Port %2.</translation>
    </message>
    <message>
        <source>It works: mail from %1 is taken.</source>
        <translation>Es funktioniert: Mails von %1 werden angenommen.</translation>
    </message>
    <message>
        <source>Send throu&amp;gh</source>
        <translation>Senden ü&amp;ber</translation>
    </message>
    <message>
        <source>&amp;Hand over by</source>
        <translation>Über&amp;geben durch</translation>
    </message>
</context>
<context>
    <name>postrider::setup::PasswordDialog</name>
    <message>
        <source>Sen&amp;ding server</source>
        <translation>Sen&amp;deserver</translation>
    </message>
    <message>
        <source>Sending server</source>
        <translation>Sendeserver</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>S&amp;how the password</source>
        <translation>Passwort an&amp;zeigen</translation>
    </message>
    <message>
        <source>Password for %1</source>
        <translation>Passwort für %1</translation>
    </message>
    <message>
        <source>Unlock and try again</source>
        <translation>Entsperren und noch einmal versuchen</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Nur für diese Sitzung</translation>
    </message>
    <message>
        <source>“Only for this session” forgets the password when Postrider ends, and asks again then.</source>
        <translation>„Nur für diese Sitzung“ vergisst das Passwort, wenn Postrider endet, und fragt dann wieder danach.</translation>
    </message>
</context>
<context>
    <name>postrider::setup::PinDialog</name>
    <message>
        <source>Trust exactly this server</source>
        <translation>Genau diesem Server vertrauen</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>It calls itself</source>
        <translation>Er nennt sich</translation>
    </message>
    <message>
        <source>Fingerprint (SHA-256)</source>
        <translation>Fingerabdruck (SHA-256)</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Fingerabdruck</translation>
    </message>
    <message>
        <source>&amp;Type the server&apos;s name</source>
        <translation>&amp;Geben Sie den Namen des Servers ein</translation>
    </message>
    <message>
        <source>Type the server&apos;s name</source>
        <translation>Geben Sie den Namen des Servers ein</translation>
    </message>
    <message>
        <source>Nobody that this computer knows vouches for this server. Trust it only if whoever runs it gave you this fingerprint, and compare every part of it. From then on Postrider talks to the server with exactly this key, and to no other.</source>
        <translation>Niemand, den dieser Computer kennt, bürgt für diesen Server. Vertrauen Sie ihm nur, wenn Sie diesen Fingerabdruck vom Betreiber haben, und vergleichen Sie jeden Teil davon. Von da an spricht Postrider mit dem Server mit genau diesem Schlüssel und mit keinem anderen.</translation>
    </message>
    <message>
        <source>%1, port %2</source>
        <extracomment>A server and its port.</extracomment>
        <translation>%1, Port %2</translation>
    </message>
    <message>
        <source>(no name)</source>
        <translation>(kein Name)</translation>
    </message>
    <message>
        <source>Type %1 to go on.</source>
        <translation>Geben Sie %1 ein, um fortzufahren.</translation>
    </message>
    <message>
        <source>T&amp;rust exactly this server</source>
        <translation>Genau diesem Server &amp;vertrauen</translation>
    </message>
</context>
<context>
    <name>postrider::setup::PortListModel</name>
    <message>
        <source>%1 (best)</source>
        <extracomment>What came of the port that is recommended.</extracomment>
        <translation>%1 (am besten)</translation>
    </message>
    <message>
        <source>Port %1, %2, %3, %4</source>
        <extracomment>A row as a screen reader says it: port, its protection, the server&apos;s name, what came of it.</extracomment>
        <translation>Port %1, %2, %3, %4</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Protection</source>
        <translation>Schutz</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ProofPage</name>
    <message>
        <source>Send a &amp;test message to myself</source>
        <translation>Eine Testnachricht an mich se&amp;nden</translation>
    </message>
    <message>
        <source>This &amp;account is called</source>
        <translation>Dieses &amp;Konto heißt</translation>
    </message>
    <message>
        <source>This account is called</source>
        <translation>Dieses Konto heißt</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Find a working port</source>
        <translation>Einen Port suchen, der funktioniert</translation>
    </message>
    <message>
        <source>Unlock and try again</source>
        <translation>Entsperren und noch einmal versuchen</translation>
    </message>
    <message>
        <source>Only for this session</source>
        <translation>Nur für diese Sitzung</translation>
    </message>
    <message>
        <source>Test and done</source>
        <translation>Testen und fertig</translation>
    </message>
    <message>
        <source>%1 is there</source>
        <extracomment>A program&apos;s path.</extracomment>
        <translation>%1 ist da</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>Verbinden mit %1</translation>
    </message>
    <message>
        <source>Connected to %1, not encrypted: it stays in this network</source>
        <translation>Verbunden mit %1, nicht verschlüsselt: Es bleibt in diesem Netz</translation>
    </message>
    <message>
        <source>Connected to %1, encrypted, and its identity fits</source>
        <translation>Verbunden mit %1, verschlüsselt, und der Ausweis passt</translation>
    </message>
    <message>
        <source>Signed in as %1</source>
        <translation>Angemeldet als %1</translation>
    </message>
    <message>
        <source>Signing in as %1</source>
        <translation>Anmelden als %1</translation>
    </message>
    <message>
        <source>The server lets you send as %1</source>
        <translation>Der Server lässt Sie als %1 senden</translation>
    </message>
    <message>
        <source>Asking whether you may send as %1</source>
        <translation>Anfrage, ob Sie als %1 senden dürfen</translation>
    </message>
    <message>
        <source>Your account works.</source>
        <translation>Ihr Konto funktioniert.</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&amp;Save anyway; mail will wait</source>
        <translation>&amp;Trotzdem speichern; Mails warten dann</translation>
    </message>
    <message>
        <source>“Only for this session” forgets the password when Postrider ends, and asks again then.</source>
        <translation>„Nur für diese Sitzung“ vergisst das Passwort, wenn Postrider endet, und fragt dann wieder.</translation>
    </message>
    <message>
        <source>Sending a message to %1</source>
        <translation>Eine Nachricht wird an %1 gesendet</translation>
    </message>
    <message>
        <source>Accepted by %1 at %2</source>
        <extracomment>A server&apos;s name and the time of day.</extracomment>
        <translation>Von %1 um %2 angenommen</translation>
    </message>
    <message>
        <source>It should be in your mailbox in a moment.</source>
        <translation>Sie sollte gleich in Ihrem Postfach sein.</translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation>Einzel&amp;heiten</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ServerReportDialog</name>
    <message>
        <source>Search for the sending server</source>
        <translation>Suche nach dem Sendeserver</translation>
    </message>
    <message>
        <source>&amp;Ports of the sending servers</source>
        <translation>&amp;Ports der Sendeserver</translation>
    </message>
    <message>
        <source>Ports of the sending servers</source>
        <translation>Ports der Sendeserver</translation>
    </message>
    <message>
        <source>&amp;Details of this port</source>
        <translation>&amp;Einzelheiten zu diesem Port</translation>
    </message>
    <message>
        <source>Details of the port</source>
        <translation>Einzelheiten zum Port</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>The copy has “name-1” and “address-1” in the place of the names and addresses of computers.</source>
        <translation>In der Kopie stehen „name-1“ und „address-1“ anstelle der Namen und Adressen von Computern.</translation>
    </message>
    <message>
        <source>&amp;Without names of servers</source>
        <translation>&amp;Ohne Servernamen</translation>
    </message>
    <message>
        <source>Check &amp;again</source>
        <translation>Noch einmal p&amp;rüfen</translation>
    </message>
    <message>
        <source>Sending server</source>
        <translation>Sendeserver</translation>
    </message>
    <message>
        <source>Sending server of %1</source>
        <translation>Sendeserver von %1</translation>
    </message>
    <message>
        <source>&amp;Use port %1</source>
        <translation>Port %1 &amp;verwenden</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ServerSearchPage</name>
    <message>
        <source>Trying the &amp;ports</source>
        <translation>Die &amp;Ports werden versucht</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Yes, this is the right &amp;server for my mail</source>
        <translation>Ja, das ist der &amp;richtige Server für meine Mails</translation>
    </message>
    <message>
        <source>Sending ser&amp;ver</source>
        <translation>Sen&amp;deserver</translation>
    </message>
    <message>
        <source>Sending server</source>
        <translation>Sendeserver</translation>
    </message>
    <message>
        <source>smtp.example.org</source>
        <translation>smtp.example.org</translation>
    </message>
    <message>
        <source>Tr&amp;y this server</source>
        <translation>Diesen Server &amp;versuchen</translation>
    </message>
    <message>
        <source>Also ask the public settings &amp;database</source>
        <translation>&amp;Auch die öffentliche Datenbank der Einstellungen fragen</translation>
    </message>
    <message>
        <source>&amp;Type the server name</source>
        <translation>Server&amp;namen eingeben</translation>
    </message>
    <message>
        <source>S&amp;kip, write first</source>
        <translation>Über&amp;springen, zuerst schreiben</translation>
    </message>
    <message>
        <source>&amp;Use the practice mailbox</source>
        <translation>Ü&amp;bungsbriefkasten benutzen</translation>
    </message>
    <message>
        <source>Details of the port</source>
        <translation>Einzelheiten zum Port</translation>
    </message>
    <message>
        <source>Trust e&amp;xactly this server…</source>
        <translation>&amp;Genau diesem Server vertrauen …</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Noch einmal versuchen</translation>
    </message>
    <message>
        <source>Open the sign-in page</source>
        <translation>Anmeldeseite öffnen</translation>
    </message>
    <message>
        <source>Use port 25 all the same</source>
        <translation>Port 25 trotzdem verwenden</translation>
    </message>
    <message>
        <source>Finding your server</source>
        <translation>Ihren Server finden</translation>
    </message>
    <message>
        <source>Using %1, port %2, %3.</source>
        <extracomment>A server&apos;s name and a port&apos;s number.</extracomment>
        <translation>Verwendet wird %1, Port %2, %3.</translation>
    </message>
    <message>
        <source>Postrider asks once, since nobody vouches for this name.</source>
        <translation>Postrider fragt einmal, weil niemand für diesen Namen bürgt.</translation>
    </message>
    <message>
        <source>You&apos;re offline. Setup goes on by itself when the connection is back.</source>
        <translation>Sie sind offline. Das Einrichten geht von selbst weiter, wenn die Verbindung wieder da ist.</translation>
    </message>
    <message>
        <source>Use %1</source>
        <extracomment>The name in a server&apos;s certificate.</extracomment>
        <translation>%1 verwenden</translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation>Einzel&amp;heiten</translation>
    </message>
    <message>
        <source>Copy &amp;report</source>
        <translation>&amp;Bericht kopieren</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
    <message>
        <source>Choose &amp;it myself</source>
        <translation>Selbst &amp;wählen</translation>
    </message>
    <message>
        <source>Run &amp;connection doctor…</source>
        <translation>&amp;Verbindungsdoktor starten …</translation>
    </message>
    <message>
        <source>Tries every port of every server that was found, in a window of its own, with a report that can be passed on</source>
        <translation>Probiert jeden Port jedes gefundenen Servers in einem eigenen Fenster, mit einem Bericht zum Weitergeben</translation>
    </message>
</context>
<context>
    <name>postrider::setup::ServicePage</name>
    <message>
        <source>A sending service takes mail from programs and companies and passes it on. You need its user name and password for sending, and an address that it knows as yours.</source>
        <translation>Ein Sendedienst nimmt Mails von Programmen und Firmen an und gibt sie weiter. Sie brauchen dessen Benutzernamen und Passwort zum Senden und eine Adresse, die er als Ihre kennt.</translation>
    </message>
    <message>
        <source>&amp;Service</source>
        <translation>&amp;Dienst</translation>
    </message>
    <message>
        <source>Service: the company that sends for you</source>
        <translation>Dienst: die Firma, die für Sie sendet</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Region</translation>
    </message>
    <message>
        <source>Region: where your account with the service is</source>
        <translation>Region: wo Ihr Konto beim Dienst liegt</translation>
    </message>
    <message>
        <source>&amp;Open the service&apos;s guide</source>
        <translation>&amp;Anleitung des Dienstes öffnen</translation>
    </message>
    <message>
        <source>Your sending service</source>
        <translation>Ihr Sendedienst</translation>
    </message>
</context>
<context>
    <name>postrider::setup::SetupWindow</name>
    <message>
        <source>Set up sending</source>
        <translation>Senden einrichten</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Done</source>
        <translation>&amp;Fertig</translation>
    </message>
    <message>
        <source>&lt; &amp;Back</source>
        <translation>&lt; &amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Next &gt;</source>
        <translation>Wei&amp;ter &gt;</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weitermachen</translation>
    </message>
    <message>
        <source>&amp;Write a message</source>
        <translation>Nac&amp;hricht schreiben</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Set up sending: %1</source>
        <extracomment>The window&apos;s title: &quot;Set up sending: name and address&quot;.</extracomment>
        <translation>Senden einrichten: %1</translation>
    </message>
    <message>
        <source>Keep what you entered for later?</source>
        <translation>Ihre Eingaben für später behalten?</translation>
    </message>
    <message>
        <source>The password is never kept.</source>
        <translation>Das Passwort wird nie behalten.</translation>
    </message>
</context>
<context>
    <name>postrider::setup::SignInPage</name>
    <message>
        <source>Sign in with: what your provider takes</source>
        <translation>Anmelden mit: was Ihr Anbieter annimmt</translation>
    </message>
    <message>
        <source>&amp;Open the provider&apos;s page</source>
        <translation>&amp;Seite des Anbieters öffnen</translation>
    </message>
    <message>
        <source>&amp;User name</source>
        <translation>&amp;Benutzername</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>Benutzername</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>&amp;Show</source>
        <translation>&amp;Anzeigen</translation>
    </message>
    <message>
        <source>Show the password</source>
        <translation>Passwort anzeigen</translation>
    </message>
    <message>
        <source>Caps Lock is on.</source>
        <translation>Die Feststelltaste ist eingeschaltet.</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>&amp;Keep the password in the system&apos;s password store</source>
        <translation>Das Passwort im Passwortspeic&amp;her des Systems behalten</translation>
    </message>
    <message>
        <source>&amp;Hide</source>
        <translation>&amp;Ausblenden</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>For %1 at %2. The password is shown to this server only, and only encrypted.</source>
        <translation>Für %1 bei %2. Das Passwort wird nur diesem Server gezeigt, und nur verschlüsselt.</translation>
    </message>
    <message>
        <source>The provider&apos;s own page, in the browser</source>
        <translation>Die eigene Seite des Anbieters, im Browser</translation>
    </message>
    <message>
        <source>An app password</source>
        <translation>Ein App-Passwort</translation>
    </message>
    <message>
        <source>A password</source>
        <translation>Ein Passwort</translation>
    </message>
    <message>
        <source>&amp;Keep the sign-in in the system&apos;s password store</source>
        <translation>Die Anmeldung im Passwortspeic&amp;her des Systems behalten</translation>
    </message>
    <message>
        <source>Postrider asks again after each start, and mail waits until then.</source>
        <translation>Postrider fragt nach jedem Start wieder, und bis dahin warten die Mails.</translation>
    </message>
    <message>
        <source>Signing in at %1…</source>
        <translation>Anmelden bei %1 …</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbinden mit %1 …</translation>
    </message>
    <message>
        <source>That was the %1. time in a row. Many servers lock an account for some time after further tries; look the password up first.</source>
        <translation>Das war das %1. Mal hintereinander. Viele Server sperren ein Konto nach weiteren Versuchen für einige Zeit; schlagen Sie das Passwort zuerst nach.</translation>
    </message>
    <message>
        <source>Try as “%1”</source>
        <extracomment>The first part of a mail address as the user name.</extracomment>
        <translation>Als „%1“ versuchen</translation>
    </message>
    <message>
        <source>Si&amp;gn in with</source>
        <translation>An&amp;meldeart</translation>
    </message>
    <message>
        <source>For %1 at %2.</source>
        <extracomment>A mail address and a server&apos;s name.</extracomment>
        <translation>Für %1 bei %2.</translation>
    </message>
</context>
<context>
    <name>postrider::setup::WelcomePage</name>
    <message>
        <source>Postrider sends your mail, and keeps trying until your provider has accepted it. It does not fetch mail.</source>
        <translation>Postrider sendet Ihre Mails und versucht es weiter, bis Ihr Anbieter sie angenommen hat. Es ruft keine Mails ab.</translation>
    </message>
    <message>
        <source>Use my &amp;e-mail address</source>
        <translation>Meine &amp;E-Mail-Adresse verwenden</translation>
    </message>
    <message>
        <source>I use a sending &amp;service</source>
        <translation>Ich benutze einen &amp;Sendedienst</translation>
    </message>
    <message>
        <source>Such as Amazon SES, Mailgun or Postmark</source>
        <translation>Etwa Amazon SES, Mailgun oder Postmark</translation>
    </message>
    <message>
        <source>&amp;Just try it: practice mailbox, nothing leaves this computer</source>
        <translation>Nur aus&amp;probieren: Übungsbriefkasten, nichts verlässt diesen Computer</translation>
    </message>
    <message>
        <source>Enter the settings by &amp;hand</source>
        <translation>Einstellungen von &amp;Hand eingeben</translation>
    </message>
    <message>
        <source>&amp;Found on this computer:</source>
        <translation>&amp;Auf diesem Computer gefunden:</translation>
    </message>
    <message>
        <source>Accounts found on this computer</source>
        <translation>Auf diesem Computer gefundene Konten</translation>
    </message>
    <message>
        <source>&amp;Use this</source>
        <translation>&amp;Dieses verwenden</translation>
    </message>
    <message>
        <source>&amp;Open a file…</source>
        <translation>Date&amp;i öffnen …</translation>
    </message>
    <message>
        <source>Settings that a provider or another program wrote: .mobileconfig, autoconfig XML, msmtprc</source>
        <translation>Einstellungen, die ein Anbieter oder ein anderes Programm geschrieben hat: .mobileconfig, Autoconfig-XML, msmtprc</translation>
    </message>
    <message>
        <source>Set up sending</source>
        <translation>Senden einrichten</translation>
    </message>
    <message>
        <source>%1, from %2</source>
        <extracomment>An account that another program has: its address and the program&apos;s name.</extracomment>
        <translation>%1, aus %2</translation>
    </message>
    <message>
        <source>Open a file with settings</source>
        <translation>Datei mit Einstellungen öffnen</translation>
    </message>
    <message>
        <source>Settings (*.mobileconfig *.xml *.js *.ini *.source *msmtprc* *mailtransports)</source>
        <translation>Einstellungen (*.mobileconfig *.xml *.js *.ini *.source *msmtprc* *mailtransports)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>There is no account in %1.</source>
        <translation>In %1 steht kein Konto.</translation>
    </message>
</context>
<context>
    <name>postrider::widgets::RecipientField</name>
    <message>
        <source>%1, press Enter to edit, Delete to remove</source>
        <extracomment>What a screen reader says of one recipient; %1 is name and address.</extracomment>
        <translation>%1, Eingabe zum Ändern, Entf zum Entfernen</translation>
    </message>
    <message>
        <source>%1: %2 Press Enter to edit, Delete to remove</source>
        <extracomment>What a screen reader says of a recipient; %1 is the address, %2 says in sentences what is wrong.</extracomment>
        <translation>%1: %2 Eingabe zum Ändern, Entf zum Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es). %1</source>
        <extracomment>What a screen reader says of a field with recipients; %1 says what the field is for.</extracomment>
        <translation>
            <numerusform>%n Adresse. %1</numerusform>
            <numerusform>%n Adressen. %1</numerusform>
        </translation>
    </message>
    <message>
        <source>%1?</source>
        <extracomment>On the chip of an address that is probably misspelled: the domain that was meant. A click takes it.</extracomment>
        <translation>%1?</translation>
    </message>
    <message>
        <source>%1 added.</source>
        <translation>%1 hinzugefügt.</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) added.</source>
        <translation>
            <numerusform>%n Adresse hinzugefügt.</numerusform>
            <numerusform>%n Adressen hinzugefügt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them need(s) a look.</source>
        <translation>
            <numerusform>%n davon braucht einen Blick.</numerusform>
            <numerusform>%n davon brauchen einen Blick.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is in this field already.</source>
        <translation>%1 steht schon in diesem Feld.</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) are in this field already.</source>
        <translation>
            <numerusform>%n Adresse steht schon in diesem Feld.</numerusform>
            <numerusform>%n Adressen stehen schon in diesem Feld.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 removed.</source>
        <translation>%1 entfernt.</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es) removed.</source>
        <translation>
            <numerusform>%n Adresse entfernt.</numerusform>
            <numerusform>%n Adressen entfernt.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Change to %1</source>
        <extracomment>Corrects an address that is probably misspelled.</extracomment>
        <translation>In %1 &amp;ändern</translation>
    </message>
    <message>
        <source>&amp;Edit address</source>
        <translation>Adresse &amp;bearbeiten</translation>
    </message>
</context>
<context>
    <name>postrider::widgets::StatusBanner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
</TS>
