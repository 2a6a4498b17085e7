"""Where a text says, in any language, that something failed."""

from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing import vocabulary_languages
from bounce_tui.parsing.vocabulary import DELAYED, FAILED_WORDS
from bounce_tui.parsing.vocabulary_languages import spellings

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
