"""Words of a subject by which mail gives away what it is."""

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

FAILED_SUBJECT_OF_DAEMON = (
    "warning:", "warning-", "warning ", "error in ", "error ", "bounced", "bounce:", "zustellung",
    "mail zurück", "送信",
    "配信", "エラー",
    "virus (", "banned ", "virus in", "banned:", "virus:",
    "message you sent", "spam", "rejected", "blocked", "notice:",
    "hard bounce", "soft bounce", "cannot be sent", "can't be sent", "was not sent",
)  # fmt: skip
"""A subject that says so only where a mail system wrote it; people write such subjects too."""

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
