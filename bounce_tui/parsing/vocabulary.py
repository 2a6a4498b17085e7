"""The words by which reports in any language give themselves away.

All are plain pieces of text in lower case, found in one pass however many they are.  A language is
added by adding its words to the groups.
"""

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing import vocabulary_languages
from bounce_tui.parsing.vocabulary_languages import spellings

DAEMON = (
    "content-filter", "content filter", "mail filter", "antivirus", "anti-virus", "virus scanner",
    "spam filter", "spamfilter", "spam-filter",
    "mailer-daemon", "mailerdaemon", "mailer daemon", "mail delivery", "maildelivery", "mail.delivery",
    "postmaster", "post_master", "mail administrator", "mailadministrator", "mail system", "mail_service",
    "mail service", "mail gateway", "mail-gateway", "system administrator", "mdaemon@", "smtp server",
    "smtp gateway",
    "delivery system", "delivery subsystem", "delivery status", "delivery agent", "daemon@",
    "microsoft outlook", "<bounce@", "<bounces@",
    "microsoftexchange", "no-reply@sns",
)  # fmt: skip
"""A mail system's name in From."""

FAILED_SUBJECT = (
    "processing error", "failed to deliver", "cannot be deliver", "can't be deliver", "not be deliver",
    "mail returned",
    "mailbox full", "quota exceeded", "over quota", "your mail could not", "there was an error sending",
    "undeliver", "not delivered", "non-deliver", "non deliver", "nondeliver", "delivery status",
    "delivery fail",
    "delivery notif", "delivery problem", "delivery report", "delivery incident", "delivery has failed",
    "delivery error", "delivery delay", "delivering", "returned mail", "return mail", "returned to sender",
    "return to sender", "returned message", "mail fail", "mail error", "mail system fail",
    "mail system error",
    "mail delivery", "mail could not", "failure notice",
    "failure delivery", "failed mail", "failed delivery",
    "could not be deliver", "couldn't be deliver",
    "could not deliver", "could not send", "could not be sent",
    "message status", "message delayed",
    "message not deliver",
    "error during", "error sending", "user unknown", "delayed mail", "delivery attempt",
    "loop alert", "request to mailing list",
    "rejected mail", "mail rejected", "message rejected", "email delivery failure",
    "unzustellbar", "nicht zugestellt", "non remis", "échec", "no se pudo", "no se puede",
    "no se ha", "devuelt", "devolvid", "mancata", "non recapit", "onbestelbaar", "niet bezorgd",
    "niet afgeleverd",
    "niedostarcz", "недостав", "не достав",
    "不達", "返送", "退信", "退回", "无法", "無法", "반송",
    "message too large", "message too big", "mail too large", "mail too big", "nachricht zu gro",
    "e-mail zu gro", "mail zu gro", "message trop volumineux", "mensaje demasiado grande",
    "messaggio troppo grande", "mensagem muito grande", "bericht te groot",
    "problem with your e-mail", "problem with your email", "problem with your message", "has bounced",
    "zustellfehler", "zustellproblem", "nicht zustellbar", "rücksendung", "zustellung fehlgeschlagen",
    "zustellung unvollständig", "unzustellbarkeit",
    "non distribu", "non délivr", "non-remise", "pas été remis",
    "pas pu être remis", "pas pu être délivr", "pas pu être distribu", "retour de courrier",
    "no entregado", "no entregada", "no entregable", "imposible entregar", "error de entrega",
    "não entreg", "não pôde ser entreg", "não pôde ser enviad", "falha na entrega", "erro de entrega",
    "não é possível entregar", "não foi possível entregar", "entrega falhou",
    "impossibile recapitare", "non consegn", "errore di consegna", "non è stato recapitato",
    "niet te bestellen", "niet-bezorg", "niet worden bezorgd", "niet worden afgeleverd", "niet bestelbaar",
    "nie można dostarczyć", "nie została dostarcz", "nie dostarczono", "zwrot wiadomości",
    "nedoručen", "nedoručiteln", "nelze doručit", "nedoruč",
    "kan inte levereras", "kunde inte levereras", "inte levereras", "gick inte att leverera", "olevererbar",
    "kan ikke leveres", "kunne ikke leveres", "ikke leveret", "ikke levert", "kunne ikke sendes",
    "ei voi toimittaa", "toimitus epäonnistui", "ei voitu toimittaa",
    "kézbesíthetetlen", "nem kézbesíthető", "kézbesítése sikertelen", "sikertelen kézbesítés",
    "kézbesítési hiba",
    "teslim edilemedi", "iletilemedi", "gönderilemedi", "teslimat başarısız",
    "nu a putut fi livrat", "nelivrat", "nelivrabil", "mesaj nelivrat",
    "ошибка доставки", "не удается доставить", "не удалось доставить", "не доставлен",
    "возврат письма", "не вдалося достав", "не може бъде дост",
    "αδυναμία παράδοσης", "αποτυχία παράδοσης", "δεν παραδόθηκε", "δεν είναι δυνατή η παράδοση",
    "nije isporučen", "neisporuč", "ni bila dostavljena", "ni bilo mogoče dostaviti",
    "gagal terkirim", "tidak terkirim", "không thể gửi", "không gửi được",
    "تعذر تسليم", "لم يتم تسليم", "לא נמסר", "לא ניתן למסור",
    "未送达", "未送達", "投递失败", "发送失败", "寄送失敗", "傳送失敗", "未能送达",
    "배달되지", "배달할 수 없", "전송 실패", "발송 실패", "전달되지", "수신 실패",
    "配信不能", "配信できません", "配送エラー", "配送不能", "送信できません", "エラーメール", "不着",
)  # fmt: skip
"""A subject of a report."""

FAILED_SUBJECT_OF_REPLY = (
    "bounce", "rebote", "rebotad", "rückläufer", "rebond", "rimbalz", "odbit", "nicht erreichbar",
    "transmission error", "notification failed", "zwrot", "failed to send", "send failed", "sending failed",
    "not sent", "rejected",
    "refused", "blocked", "e-mail failed", "email failed", "message failed",
    "abgewiesen", "abgelehnt", "nicht versendet", "refusé", "rejeté", "non envoyé", "rechazad", "no enviad",
    "rifiutat", "respint", "non inviat", "recusad", "rejeitad", "não enviad", "geweigerd", "niet verzonden",
    "odrzuc", "nie wysłan", "odmítnut", "neodesl", "отклонен", "не отправлен", "відхилен", "avvisad",
    "avvist",
    "afvist", "hylät", "elutasít", "respins", "reddedil", "απορρίφθηκε", "拒否", "拒收", "被拒", "거부",
)  # fmt: skip
"""A subject of mail programs and shops that counts only with a reply and whom it is about: people write such
subjects too."""

OF_MAIL = (
    "mail", "message", "smtp", "postmaster", "nachricht", "correo", "mensaje", "mensagem",
    "messaggi", "courriel", "courrier", "bericht", "wiadomo", "zpráv", "správ", "meddeland", "besked",
    "melding", "viesti", "levél", "levele", "ileti", "mesaj", "сообщен", "письм", "лист", "повідомл",
    "съобщен", "μήνυμα", "poruk", "sporočil", "pesan", "thư", "رسال", "הודע",
    "メール", "メッセージ", "邮件", "郵件", "信件", "退信", "메일",
)  # fmt: skip
"""What failed: mail, and not a parcel."""

FAILED_SUBJECT_OF_DAEMON = (
    "warning:", "warning-", "warning ", "error in ", "error ", "bounced", "bounce:", "zustellung",
    "mail zurück", "送信",
    "配信", "エラー",
    "virus (", "banned ", "virus in", "banned:", "virus:",
    "message you sent", "spam", "rejected", "blocked", "notice:",
    "hard bounce", "soft bounce", "cannot be sent", "can't be sent", "was not sent",
)  # fmt: skip
"""A subject that says so only where a mail system wrote it; people write such subjects too."""

FAILED_WORDS = (
    "this is the mail system at host", "this is the postfix program", "qmail-send program",
    "created automatically by mail delivery", "message log follows", "failed addresses follow",
    "tls is required", "smtputf8 is required", "no valid recipients", "is not defined",
    "addresses were unknown",
    "user quota exceeded", "was not valid on this system", "a different address or alias using",
    "the group you tried to contact",
    "incorrectly constructed", "malformed address", "permanently rejected", "loops back to myself",
    "has been returned", "was returned", "is being returned", "encountered an error", "delivery problem",
    "mail loop",
    "too many hops", "unrouteable", "unroutable", "no route to", "relaying denied", "relay denied",
    "access denied",
    "smtp error", "has been rejected", "was rejected", "were rejected", "did not get through",
    "didn't get through",
    "rejected the", "refused the", "abgewiesen", "bounced", "was blocked", "has been blocked", "not a known",
    "not known",
    "unknown host",
    "host not found", "no such host", "no such domain", "no such mailbox", "no such address",
    "no such person",
    "not relayed", "not stored", "over its quota", "over their quota", "has left the company",
    "trouble delivering",
    "not be delivered", "n't be delivered", "not deliver", "n't deliver", "not been delivered",
    "not yet been deliver",
    "not reach", "n't reach", "not accept", "n't accept", "not be accepted", "cannot be delivered",
    "not be reached",
    "not be sent", "not be processed", "did not receive",
    "undeliver", "unable to deliver", "able to deliver",
    "delivery fail", "delivery to the following", "delivery error", "delivery delay", "delivery has failed",
    "delivery attempt", "delivery was", "delivering", "delevery", "permanent error", "permanent failure",
    "permanent fatal", "fatal error", "user unknown", "unknown user", "host unknown", "recipient unknown",
    "address unknown", "unknown recipient", "address not found", "user not found", "recipient not found",
    "mailbox not found", "mailbox unavailable", "mailbox full", "mailbox is full", "mailbox disabled",
    "recipient rejected", "address rejected", "no such user", "not a valid user", "not a valid",
    "rejected by",
    "an error occurred", "error has occurred", "error while", "there was an error", "quota exceed",
    "exceeding their quota",
    "over quota", "exceeded the", "invalid user", "invalid recipient", "invalid address", "invalid mailbox",
    "bouncedrecipients", "duplicated message-id", "the group you tried to contact", "failed to deliver",
    "does not exist", "doesn't exist", "no longer", "no mailbox here", "exactly match", "n'existe pas",
    "final delivery userid", "not listed in", "(failed:", "550 ", "550-", "554 ", "552 ", "553 ", " 5.1.1",
    " 5.7.1",
    "has bounced", "is inactive", "no longer in use", "been rejected", "did not get your", "undelivered",
    "cannot deliver", "can't deliver", "not able to send", "failed permanently", "was not sent",
    "not been sent", "delivery of the email was stopped", "has been stopped", "banned contents",
    "bloqué", "blockiert", "bloqueado", "bloccato", "geblokkeerd", "zablokowan", "заблокирован",
    "nicht zustellbar", "nicht ausgeliefert", "nicht ausliefern", "nicht übermittelt", "nicht erreicht",
    "fehler bei der zustellung", "nicht gesendet", "zustellung ist fehlgeschlagen", "zurückgewiesen",
    "nicht zugestellt", "unzustellbar", "n'a pu", "n'a pas pu", "no se pudo", "no se ha podido", "não pôde",
    "non è stato", "kon niet", "nie można", "не удалось",
    "не может быть", "できません", "送信でき", "無法", "无法",
    "하지 못",
    "pas été remis", "pas été délivr", "pas été distribu", "non remis", "impossible de remettre",
    "n’a pas pu", "pas atteint", "a échoué", "ont échoué", "été rejeté", "été refusé",
    "no ha podido ser", "no pudo ser", "no fue entregad", "no ha sido entregad", "no llegó a", "no se entreg",
    "imposible entregar", "fue rechazado", "ha sido rechazado",
    "não foi entregue", "não pode ser entreg", "não pôde ser", "não foi possível", "não alcançou",
    "não chegou", "foi rejeitad", "foi recusad", "não entregue",
    "non ha raggiunto", "non può essere", "impossibile recapitare", "impossibile consegnare",
    "impossibile raggiungere", "mancata consegna", "stato rifiutato", "stato respinto", "non recapit",
    "niet worden bezorgd", "niet worden afgeleverd", "niet bezorgd", "niet afgeleverd", "niet bereikt",
    "niet worden bereikt", "is geweigerd", "mislukt",
    "nie została", "nie mogła", "nie został", "nie powiodło", "nie udało", "niemożliwe",
    "nebyla doručena", "nemohla být doručena", "nelze doručit", "nepodařilo", "nebylo možné",
    "nebola doručená", "nemohla byť", "nebolo možné",
    "inte levereras", "inte leverera", "nådde inte", "inte kunde levereras", "kunde inte nås",
    "ikke leveres", "ikke levere", "kunne ikke", "nåede ikke", "ble ikke levert", "nådde ikke",
    "ei voitu toimittaa", "ei voi toimittaa", "epäonnistui", "toimittaminen ei",
    "nem sikerült", "sikertelen", "nem kézbesíthető", "nem lehetett", "kézbesíthetetlen",
    "teslim edilemedi", "teslim edilemiyor", "iletilemedi", "gönderilemedi", "ulaştırılamadı",
    "ulaşmadı", "başarısız",
    "nu a putut fi", "nu a fost livrat", "nu a fost posibil",
    "не доставлен", "не достави", "не было доставлен", "не была доставлен", "не был доставлен",
    "недоставлен", "не удается", "невозможно достав", "вернулось", "отклонено", "не вдалося",
    "не може бути", "не можа", "не може да", "сбой достав",
    "δεν ήταν δυνατ", "δεν μπόρεσε", "δεν παραδόθηκε", "απέτυχε",
    "nije isporučen", "nije mogla biti", "nije moguće", "ni bilo mogoče", "ni mogoče",
    "tidak dapat", "gagal", "không thể", "không gửi được", "تعذر", "لم يتم", "לא נמסר", "לא ניתן",
    "未送达", "未送達", "投递失败", "发送失败", "被退回", "退信", "退回", "傳遞失敗", "传递邮件失败",
    "失敗しました", "未能送达", "不存在", "被拒收",
    "되지 않", "되지 못", "할 수 없", "실패", "不着", "届きません", "届けでき", "届けること", "配送でき",
    "配信でき", "送信されません", "エラーのため", "存在しない", "存在しません",
)  # fmt: skip
"""Words of a report that say a delivery failed."""

ABSENCE = (
    "out of office", "out of the office", "automatic reply", "automatic response", "automatic answer",
    "auto-reply",
    "auto reply", "autoreply", "automated reply", "automated response", "auto response", "auto-response",
    "autoresponse", "autorespons", "vacation", "on leave", "on holiday", "away from", "autoresponder",
    "abwesen",
    "automatische antwort", "réponse automatique", "absence", "respuesta automática", "fuera de la oficina",
    "risposta automatica", "fuori sede", "resposta automática", "automatisch antwoord", "afwezig",
    "automatyczna odpowied", "автоответ", "automatisk svar", "automatiskt svar", "automatická odpově",
    "otomatik yanıt", "automatikus válasz", "răspuns automat", "samodejni odgovor", "αυτόματη απάντηση",
    "자동 회신", "자동 응답", "부재중", "自動応答", "自动答复", "自動答覆", "自动应答", "fuori ufficio",
    "nieobecn", "fraværende", "frånvar", "poissa toimisto", "mimo kancelář", "nepřítom", "отсутств",
    "автоматический ответ", "不在", "自動返信", "自动回复", "自動回覆", "autosvar",
    "automaattinen vastaus",
)  # fmt: skip
"""A subject of an absence note."""

DIGEST = (
    "maintenance", "wartungsarbeiten", "mantenimiento", "manutenzione", "manutenção", "onderhoud",
    "технические работы",
    "smtp server: errors from",
    "quarantine summary", "quarantine report", "quarantine digest", "quarantine notif", "quarantined message",
    "spam digest", "spam summary", "spam report", "junk mail summary", "junk summary", "user digest",
    "held messages", "messages on hold", "quarantäne", "spambericht", "quarantaine", "cuarentena",
    "quarantena", "quarentena", "карантин", "隔離",
)  # fmt: skip
"""A subject of a filter's list of what it kept back, or of news from who runs the mail: of no mail that was
sent."""

CHALLENGE = (
    "have your address added", "have your email address added", "have your e-mail address added",
    "challenge-response", "challenge response", "confirm that you sent", "confirm your message",
    "confirm you are",
    "verify that you are", "verify you are human", "verify that you're", "please confirm your email",
    "please confirm your e-mail", "reply to this message to confirm", "reply to this email to confirm",
    "reply to this message to verify", "list of approved senders", "not yet an approved sender",
    "not on the list of approved", "being held because you are not",
    "als absender freigegeben", "als absender freischalten", "bestätigen sie ihre nachricht",
    "bestätigen sie bitte ihre nachricht", "bestätigen sie den versand", "confirmer votre message",
    "confirmez votre message", "confirmer que vous êtes bien", "liste des expéditeurs autorisés",
    "confirme su mensaje", "confirmar su mensaje", "lista de remitentes autorizados",
    "confermare il messaggio", "confermi il messaggio", "elenco dei mittenti autorizzati",
    "confirme sua mensagem", "confirmar sua mensagem", "remetentes autorizados", "bevestig uw bericht",
    "uw bericht te bevestigen", "potwierdź swoją wiadomość", "potwierdzić wysłanie", "подтвердите отправку",
    "подтвердить отправку", "подтвердите, что вы", "送信者の確認", "确认您的邮件", "確認您的郵件",
)  # fmt: skip
"""A request to the sender to confirm before delivery."""

DELAYED = (
    "delivery is delayed", "delivery has been delayed", "has been delayed", "delivery was delayed",
    "delivery delay",
    " delayed", "notification (delay", "not yet been deliver", "will be retried", "this is a warning",
    "warning message only", "warning only", "could not send mail for", "could not send message for",
    "still trying", "we keep trying", "keeps trying", "still waiting", "still queued", "still in the queue",
    "been queued for", "in der warteschlange", "continue to try", "continue to attempt", "continue to retry",
    "will keep trying",
    "delivery attempts will continue", "temporarily unable", "delay reason", "do not need to resend",
    "no action is required", "verzögert", "es werden weitere", "retard", "retrasad", "demorad", "ritard",
    "opóźni",
    "vertraagd", "atrasad", "задерж", "отложен", "delayed mail", "delayed delivery",
    "has not been delivered yet", "pas encore pu", "entregado todavía",
    "vorübergehend", "temporaneamente", "försena", "forsinket", "viivästy",
    "gecik", "zpožd", "late delivery", "întârzi", "затрим", "καθυστ", "遅延", "遅れ", "延迟", "延遲", "지연",
)  # fmt: skip
"""Words that say delivery goes on."""

GOES_ON = (
    "warning message only", "this is a warning only", "you do not need to resend", "need not resend",
    "delivery attempts will continue", "delivery will continue to be attempted", "will keep trying",
    "will be retried", "still being retried", "n't need to resend", "will continue to attempt",
    "we'll keep trying", "this is just a warning", "go on trying", "goes on trying", "keep on trying",
    "only a temporary failure report", "delay reason:",
    "es werden weitere zustellversuche", "die zustellung wird weiter versucht",
)  # fmt: skip
"""Sentences that nobody writes once the mail is given up, whatever else the report says."""

SUCCEEDED = (
    "successfully relayed", "successfully delivered", "delivered successfully", "relayed successfully",
    "successful delivery notification", "been delivered to the following", "was delivered to the following",
    "been relayed to the following", "was relayed to the following", "your message has been delivered",
    "your message was delivered", "distribution lists is complete", "recipients or groups is complete",
    "erfolgreich zugestellt", "erfolgreich übermittelt", "wurde zugestellt an", "a bien été remis",
    "remis avec succès", "entregado correctamente", "entregue com êxito", "avvenuta consegna",
    "успешно доставлен", "正常に配信", "已成功",
)  # fmt: skip
"""Words of a notice that tells of success."""

ARRIVED = (
    "message has arrived", "mail has arrived", "message has reached", "mail has reached", "mail did arrive",
    "message did arrive", "is in his inbox", "is in her inbox",
    "in his inbox", "in her inbox", "in their inbox",
)  # fmt: skip
"""Words of an automatic answer to a mail that came to its mailbox, whether anybody reads it or not."""

FINAL = (
    "giving up", "given up", "gave up", "permanent fail", "permanent error", "permanent fatal",
    "permanently fail",
    "could not be delivered", "was not delivered", "undeliverable", "returned to sender", "returned mail",
    "returning message", "delivery failed", "delivery failure", "delivery has failed", "failure notice",
    "too long",
    "(failure)", "fatal errors",
)  # fmt: skip
"""Words that say it does not."""

FAILING = (
    *FAILED_WORDS, *DELAYED,
    "blocked", "bloqu", "blockiert", "bloccat", "geblokkeerd", "zablokowan", "заблокир",
    "problem", "returned", "failing", "nonexist", "non-exist",
    "no mailbox", "n'existe pas",
    "fail", "reject", "bounce", "unknown", "no such", "not exist", "n't exist", "duplicated", "not found",
    "not a known", "not listed", "not known", "not active", "not recognized", "invalid", "disabled",
    " full", "quota",
    "exceed", "refus", "unavailable",
    "exactly match", "expired", "error", "deferred", "not yet", "abort",
    "impossible",
    "unsuccessful", "give up", "gave up", "given up", "giving up", "not answer", "n't answer", "not respond",
    "n't respond", "no answer", "no response",
    "unbekannt", "abgelehnt", "nicht gefunden", "konnte nicht", "non distribu", "non consegn", "échou",
    "introuvable",
    "inexistant", "rifiutat", "no existe", "não existe", "não foi", "devolvid", "rechazad", "desconocid",
    "inválid",
    "onbekend", "geweigerd", "nie istnieje", "odrzuc",
    "не найден", "не существует", "недоставл", "отклонен",
    "impossib", "não pôde", "não existe", "não foi", "falh", "rejeitad", "recusad", "cheia", "inexistent",
    "nicht zugestellt", "nicht zustellbar", "fehlgeschlagen", "nicht ausgeliefert", "zurückgewiesen",
    "überfüllt", "existiert nicht", "nicht vorhanden", "nicht erreicht", "kann nicht",
    "pas été", "pas pu", "n'existe pas", "refusé", "rejeté", "pleine",
    "no entregad", "no pudo", "no fue", "no ha podido", "no se ha", "no se pudo", "llena", "imposible",
    "non è stato", "non è stata", "inesistente", "piena", "respint", "non esiste", "errore", "mancata",
    "kon niet", "kan niet", "niet bezorgd", "niet bestaat", "bestaat niet", "mislukt",
    "nie została", "nie mogła", "nie można", "nie udało", "nie ma takiego", "pełna", "nieznan",
    "nebyl", "nemoh", "nelze", "neexist", "neznám", "nepodařilo", "plná", "nedoruč",
    "inte levereras", "kunde inte", "kan inte", "finns inte", "okänd",
    "kunne ikke", "kan ikke", "ikke leveres", "ukendt", "ukjent", "findes ikke", "finnes ikke",
    "ei voitu", "ei voi", "epäonnist", "tuntematon",
    "nem sikerült", "nem kézbesít", "ismeretlen", "nem létez", "sikertelen", "megtelt",
    "edilemedi", "iletilemedi", "gönderilemedi", "bulunamadı", "reddedildi", "dolu", "ulaşmadı",
    "nu a putut", "nu există", "respins", "nelivrat",
    "не доставлен", "не было достав", "не была достав", "не удалось", "не может быть", "переполнен",
    "отклон", "невозможно", "ошибк", "не вдалося", "не може", "невідом", "вернул",
    "δεν ήταν δυνατ", "δεν υπάρχει", "απέτυχε", "άγνωστ",
    "nije isporuč", "ne postoji", "nepoznat", "ni mogoče",
    "gagal", "tidak dapat", "không tồn tại", "không thể", "تعذر", "غير موجود", "לא קיים", "לא נמסר",
    "无法", "無法", "未送达", "未送達", "已满", "已滿", "被退回", "退回", "退件", "拒收", "できません",
    "不明", "不着", "満杯", "超過", "一杯", "되지 않", "되지 못", "없습니다", "없는",
    "неизвест", "エラー", "配信でき", "配信不能", "届け", "見つかり",
    "存在し", "失敗", "退信", "失败", "不存在", "被拒", "拒絕",
    "배달", "전송", "실패",
)  # fmt: skip
"""Words that say something failed; in a paragraph with an address they say whose mail did."""

_MORE = {
    "failed_subject": vocabulary_languages.FAILED_SUBJECT,
    "failed_words": vocabulary_languages.FAILED_WORDS,
    "absence": vocabulary_languages.ABSENCE,
    "delayed": vocabulary_languages.DELAYED,
    "goes_on": vocabulary_languages.GOES_ON,
    "succeeded": vocabulary_languages.SUCCEEDED,
    "arrived": vocabulary_languages.ARRIVED,
}
GROUPS = {
    name: spellings((*words, *_MORE.get(name, ())))
    for name, words in {
        "daemon": DAEMON,
        "of_mail": OF_MAIL,
        "failed_subject": FAILED_SUBJECT,
        "failed_subject_of_daemon": FAILED_SUBJECT_OF_DAEMON,
        "failed_subject_of_reply": FAILED_SUBJECT_OF_REPLY,
        "failed_words": FAILED_WORDS,
        "absence": ABSENCE,
        "challenge": CHALLENGE,
        "digest": DIGEST,
        "delayed": DELAYED,
        "goes_on": GOES_ON,
        "succeeded": SUCCEEDED,
        "arrived": ARRIVED,
        "final": FINAL,
    }.items()
}
"""The groups by their names."""


@cache
def _failing() -> AhoCorasick:
    # Made when a report in words asks first: a thousand words take longer than most commands.
    words = spellings((*FAILING, *vocabulary_languages.FAILING))
    return AhoCorasick(sorted(words), implementation=Implementation.ContiguousNFA)


def failing_at(text: str) -> list[int]:
    """Where `text`, in any case, says that something failed."""
    return [start for _, start, _ in _failing().find_matches_as_indexes(text.lower())]


def says_failing(text: str) -> bool:
    """True when `text`, in any case, says that something failed."""
    return bool(_failing().find_matches_as_indexes(text.lower()))
