<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
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
        <source>There is no mailbox %1, says %2.</source>
        <translation>Es gibt kein Postfach %1, sagt %2.</translation>
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
        <extracomment>An account in the list of accounts: its address and its sending server.</extracomment>
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
    <name>postrider::cli::AccountForgetServerCommand</name>
    <message>
        <source>What %1 offered before is forgotten; what it offers next is taken as right.</source>
        <translation>Was %1 zuvor anbot, ist vergessen; was er das nächste Mal anbietet, gilt als richtig.</translation>
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
        <source>The password goes to the system&apos;s keychain. With a password and without --user, the address is the user name. When the trial fails, nothing is saved.</source>
        <translation>Das Passwort kommt in den Schlüsselbund des Systems. Mit Passwort und ohne --user ist die Adresse der Benutzername. Schlägt der Versuch fehl, wird nichts gespeichert.</translation>
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
        <source>Finding the server by itself is not there yet: name it with %1.</source>
        <translation>Den Server von selbst zu finden, gibt es noch nicht: Nennen Sie ihn mit %1.</translation>
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
        <source>Longest wait for any one answer of the server, the last one included. Default: what the standard says, up to 10 minutes.</source>
        <translation>Längste Wartezeit auf eine einzelne Antwort des Servers, auch auf die letzte. Vorgabe: was der Standard sagt, bis zu 10 Minuten.</translation>
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
    <name>postrider::setup::AccountDialog</name>
    <message>
        <source>Set up sending</source>
        <translation>Senden einrichten</translation>
    </message>
    <message>
        <source>Postrider sends your mail, and keeps trying until your provider has accepted it. It does not fetch mail.</source>
        <translation>Postrider sendet Ihre Mails und versucht es weiter, bis Ihr Anbieter sie angenommen hat. Es ruft keine Mails ab.</translation>
    </message>
    <message>
        <source>Your &amp;name</source>
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
        <source>Sen&amp;ding server</source>
        <translation>Sen&amp;deserver</translation>
    </message>
    <message>
        <source>Sending server</source>
        <translation>Sendeserver</translation>
    </message>
    <message>
        <source>Enc&amp;ryption</source>
        <translation>&amp;Verschlüsselung</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>Encryption: when the connection becomes encrypted</source>
        <translation>Verschlüsselung: wann die Verbindung verschlüsselt wird</translation>
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
        <source>De&amp;tails</source>
        <translation>E&amp;inzelheiten</translation>
    </message>
    <message>
        <source>&amp;Certificate file</source>
        <translation>&amp;Zertifikatsdatei</translation>
    </message>
    <message>
        <source>A file with the authorities that this server&apos;s certificate may come from, besides those this computer knows</source>
        <translation>Eine Datei mit den Stellen, von denen das Zertifikat dieses Servers stammen darf, zusätzlich zu denen, die dieser Computer kennt</translation>
    </message>
    <message>
        <source>Certificate file</source>
        <translation>Zertifikatsdatei</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Auswählen …</translation>
    </message>
    <message>
        <source>Signing in</source>
        <translation>Anmelden</translation>
    </message>
    <message>
        <source>&amp;Sign in and save</source>
        <translation>Anmelden und &amp;speichern</translation>
    </message>
    <message>
        <source>From the start (port 465)</source>
        <translation>Von Anfang an (Port 465)</translation>
    </message>
    <message>
        <source>Switch to encryption (port 587)</source>
        <translation>Umschalten auf Verschlüsselung (Port 587)</translation>
    </message>
    <message>
        <source>None: only this computer</source>
        <translation>Keine: nur dieser Computer</translation>
    </message>
    <message>
        <source>&amp;Just try it: practice mailbox</source>
        <translation>Nur aus&amp;probieren: Übungsbriefkasten</translation>
    </message>
    <message>
        <source>Choose a certificate file</source>
        <translation>Zertifikatsdatei auswählen</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Zertifikate (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
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
        <source>The password is missing.</source>
        <translation>Das Passwort fehlt.</translation>
    </message>
    <message>
        <source>Signing in at %1…</source>
        <translation>Anmelden bei %1 …</translation>
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
</context>
<context>
    <name>postrider::widgets::StatusBanner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
</context>
</TS>
