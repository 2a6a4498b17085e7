"""The words by which reports in any language give themselves away.

All are plain pieces of text in lower case, found in one pass however many they are.  A language is
added by adding its words to the groups.
"""

from bounce_tui.parsing import vocabulary_languages, vocabulary_subjects
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

OF_MAIL = (
    "mail", "message", "smtp", "postmaster", "nachricht", "correo", "mensaje", "mensagem",
    "messaggi", "courriel", "courrier", "bericht", "wiadomo", "zpráv", "správ", "meddeland", "besked",
    "melding", "viesti", "levél", "levele", "ileti", "mesaj", "сообщен", "письм", "лист", "повідомл",
    "съобщен", "μήνυμα", "poruk", "sporočil", "pesan", "thư", "رسال", "הודע",
    "メール", "メッセージ", "邮件", "郵件", "信件", "退信", "메일",
)  # fmt: skip
"""What failed: mail, and not a parcel."""

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
        "failed_subject": vocabulary_subjects.FAILED_SUBJECT,
        "failed_subject_of_daemon": vocabulary_subjects.FAILED_SUBJECT_OF_DAEMON,
        "failed_subject_of_reply": vocabulary_subjects.FAILED_SUBJECT_OF_REPLY,
        "failed_words": FAILED_WORDS,
        "absence": vocabulary_subjects.ABSENCE,
        "challenge": CHALLENGE,
        "digest": vocabulary_subjects.DIGEST,
        "delayed": DELAYED,
        "goes_on": GOES_ON,
        "succeeded": SUCCEEDED,
        "arrived": ARRIVED,
        "final": FINAL,
    }.items()
}
"""The groups by their names."""
