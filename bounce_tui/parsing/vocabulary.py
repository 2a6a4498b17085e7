"""The words by which reports in any language give themselves away, as patterns made once.

Each entry is a piece of a regular expression without unbounded repetition; case does not count.
"""

import re
from typing import Final


def _any(*pieces: str) -> re.Pattern[str]:
    return re.compile("|".join(pieces), re.I)


DAEMON: Final = _any(
    "mailer-?daemon", "mail[ .-]?delivery", "postmaster", "post_master", "mail[ .-]?administrator",
    "mail[ ._-]?(?:system|service|gateway)", "system administrator", "mdaemon@",
    "smtp[ ._-]?(?:server|gateway)",
    "delivery[ ._-]?(?:system|subsystem|status|agent)", "daemon@", "microsoft outlook", "MicrosoftExchange",
    "no-reply@sns", "^\\s*<>",
)  # fmt: skip
"""A mail system's name in From."""

FAILED_SUBJECT: Final = _any(
    "undeliver", "not delivered", "non[ -]?deliver",
    "delivery (?:status|fail|notif|problem|report|incident|has failed)",
    r"deliver(?:y|ing)[^\n]{0,20}(?:fail|error|delay)", "return(?:ed)? (?:mail|to sender|message)",
    "mail (?:system )?(?:fail|error|could not|delivery)", "failure (?:notice|delivery)",
    "failed (?:mail|delivery)",
    "could ?n[o']t (?:be )?(?:deliver|send)", "message (?:status|delayed|not deliver)", "warning[: -]",
    r"bounced?\b",
    "error (?:during|sending|in) ", "user unknown", "delayed mail", "delivery attempt", "loop alert",
    "rejected mail",
    "unzustellbar", "nicht zugestellt", "zustell", "non remis", "échec", "no se (?:pudo|puede|ha)", "devuelt",
    "devolvid", "mancata", "non recapit", "onbestelbaar", "niet (?:bezorgd|afgeleverd)", "niedostarcz",
    "недостав",
    "не достав", "配信", "送信", "不達", "返送", "エラー", "退信", "退回", "无法", "無法", "반송",
)  # fmt: skip
"""A subject of a report."""

FAILED_WORDS: Final = _any(
    "(?:could|can|did|do|was|were|is|are|has|have|may)(?: ?n[o']t| not)(?: be| been| yet){0,3} (?:deliver"
    "|reach|accept|process|sent)",
    "undeliver", "unable to deliver", "wasn't able to deliver",
    r"delivery (?:\w+ ){0,6}(?:fail|error|abort|delay)",
    r"deliver(?:y|ing)[^.\n]{0,50}(?:fail|delay|abort)", r"permanent (?:\w+ ){0,2}(?:error|failure)",
    "delivery errors",
    "(?:user|host|recipient|address|mailbox) (?:is )?(?:unknown|not found|unavailable|full|disabled"
    "|rejected)",
    "no such user", "not a valid user", "rejected by", "errors? (?:has occurred )?while",
    "there was an error",
    "mailbox (?:is )?full", "quota exceeded", r"(?<![\d.])[45]\d\d[ -]\d\.\d\.\d",
    r"(?<![\d.])5\.\d\.\d(?![\d.])",
    r"(?<![\d.])55[0-4][ -]", "invalid (?:user|recipient|address|mailbox)", "bounced? ?recipient",
    "duplicated message-id",
    "the group you tried to contact", "exceeding their quota", "failed to deliver",
    "nicht zugestellt", "unzustellbar", "n'a pu", "no se pudo", "não pôde", "non è stato", "не удалось",
    "не может быть", "できません", "送信でき", "無法", "无法",
)  # fmt: skip
"""Words of a report that say a delivery failed."""

ABSENCE: Final = _any(
    "out of (?:the )?office", "auto(?:matic|mated)?[ -]?(?:re(?:ply|sponse|spons)|answer)", "vacation",
    "on (?:leave|holiday)", "away from", "autoresponder", "abwesen", "automatische antwort",
    "réponse automatique",
    "absence", "respuesta automática", "fuera de", "risposta automatica", "fuori sede", "resposta automática",
    "automatisch antwoord", "afwezig", "automatyczna odpowied", "автоответ", "автоматический ответ", "不在",
    "自動返信",
    "自动回复", "自動回覆", "autosvar", "automaattinen vastaus", "automatiska svar",
)  # fmt: skip
"""A subject of an absence note."""

CHALLENGE: Final = _any(
    "have your (?:e-?mail )?address added", "(?:allowed|approved|safe) (?:senders? )?list",
    "challenge[ -]response",
    "confirm (?:that )?you(?:r message| sent| are)",
    "verify (?:that )?you(?:r| are) (?:message|a real|human|not)",
    r"click (?:on )?(?:the (?:following )?)?link[^.]{0,80}(?:deliver|release|verify)",
    "please confirm your (?:message|e-?mail)",
    "reply to this (?:message|e-?mail) to (?:confirm|verify|have)",
)  # fmt: skip
"""A request to the sender to confirm before delivery."""

DELAYED: Final = _any(
    "delivery (?:is |has been |was |status notification \\()?delay", r"\bdelayed\b", "not yet been delivered",
    "will be retried", "this is a warning", "warning message only", "warning only",
    "could not send (?:mail|message) for",
    "still trying", "continue to (?:try|attempt|retry)", "will keep trying",
    "delivery attempts will continue",
    "temporarily (?:unable|delayed)", "delay reason", "do not need to resend", "no action is required",
    "verzögert",
    "es werden weitere", "retard", "retrasad", "demorad", "ritard", "opóźni", "vertraagd", "atrasad",
    "задерж",
    "отложен", "遅延", "遅れ", "延迟", "延遲", "지연",
)  # fmt: skip
"""Words that say delivery goes on."""

FINAL: Final = _any(
    "giving up", "given up", "gave up", "permanent(?:ly)? (?:fail|error|fatal)", "permanent fatal",
    "could not be delivered",
    "was not delivered", "undeliverable", "returned to sender", "returned mail", "returning message",
    "delivery failed",
    "delivery failure", "delivery has failed", "failure notice", "too long", r"\(failure\)", "fatal errors",
)  # fmt: skip
"""Words that say it does not."""

FAILING: Final = _any(
    "not (?:be )?(?:delivered|deliverable|reach|accept)", "undeliver", "unable to deliver",
    "could ?n[o']t (?:be )?deliver",
    r"wasn't able",
    r"(?:delivery|delivering|mail(?:ing)?)\b[^.\n]{0,60}\b(?:fail|error|abort|impossible|unsuccessful|delay)",
    "fail(?:ed|ure)", "reject", "bounce", "unknown", "no such", "does ?n[o']t exist", "duplicated",
    "not (?:a )?(?:found|valid|listed|known|exist|active)", "invalid", "no longer", "disabled", r"full\b",
    "quota", "exceed",
    "refus", "unavailable", "not recognized", "expired", "error", "deferred", "not yet",
    "nicht (?:zugestellt|erreich|gefunden|existier|ausgeliefert)", "unzustellbar", "unbekannt", "abgelehnt",
    r"konnte[^.\n]{0,60}nicht", "non (?:remis|distribu|consegn|recapit|valid|è stato)", "n'a (?:pas )?pu",
    "échou",
    "introuvable", "inexistant", "impossible", "rifiutat", "no (?:se )?(?:pudo|ha podido|existe|puede)",
    "não (?:foi|pôde|pode|existe|entreg)", "devolvid", "rechazad", "desconocid", "inválid",
    "niet (?:worden |kon )?(?:bezorgd|afgeleverd|gevonden|bestaa)", "onbekend", "geweigerd",
    "nie (?:mo|zosta|istnieje|dostarcz)", "odrzuc", "не (?:удалось|доставлен|может|найден|существует)",
    "недоставл",
    "отклонен", "неизвест", "エラー", "配信(?:でき|不能)", "送信でき",
    "届け", "見つかり", "存在し", "失敗", "无法",
    "退信", "失败", "不存在", "被拒", "拒絕", "無法", "배달", "전송", "실패",
)  # fmt: skip
"""Words that say something failed; in a paragraph with an address they say whose mail did."""
