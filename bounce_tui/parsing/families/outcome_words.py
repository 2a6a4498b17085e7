"""Words of a heading or a cell, in any language, for what a mail met with: "PENDING", "Not delivered:", "OK".

Most say it only where they stand alone, or first: in a sentence they could mean anything.  What other
modules know (`vocabulary`, `concepts.toml`) is not said again.
"""

import re
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation

from bounce_tui.parsing.sentences import fold

WAITING = (
    "delayed", "deferred", "not yet", "pending", "queued", "in queue", "in the queue", "retrying", "waiting",
    "postponed", "greylisted", "on its way", "being retried", "in transit",
    "noch nicht", "noch unterwegs", "zurückgestellt", "wartet", "wartend", "in warteschlange", "ausstehend",
    "aufgeschoben", "in zustellung",
    "en attente", "pas encore", "différé", "reporté", "en cours", "en file",
    "en espera", "pendiente", "aún no", "todavía no", "aplazad", "en cola", "diferid", "en curso",
    "in attesa", "non ancora", "rinviat", "in coda", "differit", "in corso",
    "em espera", "ainda não", "adiad", "pendente", "na fila", "diferid", "em curso",
    "in de wachtrij", "in wachtrij", "uitgesteld", "nog niet", "wacht op", "in behandeling",
    "oczekuj", "w kolejce", "odroczon", "jeszcze nie", "opóźnion", "wstrzyman",
    "čeká", "čekaj", "ve frontě", "vo fronte", "odložen", "zatím ne", "zatiaľ ne", "dosud ne", "čaká",
    "várakoz", "késik", "függőben", "sorban áll", "még nem", "elhalasztva",
    "în așteptare", "amânat", "încă nu", "în coadă",
    "bekliyor", "beklemede", "ertelendi", "kuyrukta", "henüz",
    "ожида", "в очереди", "отложен", "пока не", "ещё не", "еще не",
    "очіку", "у черзі", "в черзі", "відкладен", "ще не",
    "σε αναμονή", "αναμένεται", "σε ουρά", "εκκρεμ", "όχι ακόμα", "δεν έχει ακόμα",
    "väntar", "i kö", "uppskjut", "ännu inte", "ännu ej",
    "venter", "i kø", "udsat", "utsatt", "endnu ikke", "ennå ikke",
    "odottaa", "jonossa", "lykätty", "ei vielä",
    "laukia", "eilėje", "atidėta", "dar ne", "gaida", "rindā", "atlikts", "vēl nav",
    "ootel", "järjekorras", "edasi lükatud", "veel ei", "veel mitte",
    "na čekanju", "u redu čekanja", "odgođen", "čaka", "v čakalni", "odložen", "još nije", "še ni", "odložno",
    "изчаква", "отложен", "в опашка", "все още не", "чека", "одложен", "на чекању",
    "保留", "再送", "延期", "待ち", "待機", "遅延", "未完了", "再試行",
    "待发送", "待投递", "排队", "排隊", "稍后", "稍後", "等待", "延迟", "延遲", "待送", "重试中", "尚未",
    "대기", "재시도", "지연", "보류", "아직",
    "قيد الانتظار", "مؤجل", "معلق", "متأخر", "لم يتم بعد", "ממתין", "ממתינ", "נדחה למועד", "בתור", "טרם",
    "در انتظار", "در صف", "به تعویق", "هنوز",
    "รอ", "ยังไม่", "đang chờ", "chờ", "tạm hoãn", "chưa gửi", "chưa chuyển", "menunggu", "tertunda",
    "belum", "ditunda",
    "प्रतीक्षा", "अभी तक नहीं", "लंबित", "অপেক্ষ", "inasubiri", "bado", "naghihintay", "pendent", "encara no",
    "zain dago", "oraindik ez", "í bið", "në pritje",
)  # fmt: skip
"""It still waits, or is tried again."""

GOING_ON = (
    "will be tried", "will try again", "we'll try again", "we will retry", "i will retry", "will retry",
    "trying until", "retrying until", "keeps the letter", "keep it until", "next try", "retry at",
    "next retry", "every hour until", "in the next run", "with the next run",
    "nächsten durchgang", "nächsten durchlauf", "naechsten durchgang", "naechsten durchlauf", "stündlich bis",
    "prochain passage", "próxima pasada", "prossimo giro", "próxima ronda", "volgende ronde",
    "następnej turze", "następnym przebiegu", "příštím kole", "следующем заходе", "наступному заході",
    "nästa omgång", "næste runde", "neste runde", "seuraavalla kierroksella", "toutes les heures jusqu",
    "cada hora hasta", "ogni ora fino", "ieder uur tot", "elk uur tot", "co godzinę do", "каждый час до",
    "wird weiter versucht", "wird erneut versucht", "wird nochmals versucht", "versuche es weiter",
    "nächster versuch", "réessai", "nouvel essai", "se reintentará", "se volverá a intentar",
    "próximo intento",
    "verrà ritentat", "si riprova", "prossimo tentativo", "será tentad", "nova tentativa",
    "próxima tentativa", "wordt opnieuw geprobeerd", "volgende poging", "proberen het opnieuw",
    "ponowimy", "spróbujemy ponownie", "następna próba", "bude opakován", "zkusíme to znovu", "další pokus",
    "budeme to zkouš", "skúsime to znova", "újrapróbál", "újra megpróbál", "következő kísérlet",
    "vom reîncerca", "se va reîncerca", "următoarea încercare", "tekrar denenecek", "yeniden denenecek",
    "sonraki deneme", "попытки продолжа", "повторим попытку", "следующая попытка", "попробуем снова",
    "спробуємо ще", "наступна спроба", "спроби продовж", "θα ξαναδοκιμ", "επόμενη προσπάθεια",
    "försöker igen", "nytt försök", "prøver igen", "prøver igjen", "nytt forsøk", "nyt forsøg",
    "yritetään uudelleen", "seuraava yritys", "dar bandysime", "bandysime dar", "bandoma toliau",
    "mēģināsim vēl", "mēģināsim vēlreiz", "proovime uuesti", "proovitakse uuesti", "pokušat ćemo ponov",
    "sljedeći pokušaj", "poskusili bomo", "naslednji poskus", "ще опитаме отново", "следващ опит",
    "再送します", "再送予定", "再試行します", "次回の送信",
    "稍后重试", "稍後重試", "将重试", "再次尝试", "下次重试", "下次重試",
    "다시 시도하", "재시도 예정", "다음 시도", "ستتم إعادة المحاولة", "سنحاول مجدد", "المحاولة التالية",
    "ננסה שוב", "ניסיון נוסף", "دوباره تلاش", "تلاش بعدی", "จะลองใหม่", "จะพยายามอีก", "sẽ thử lại",
    "akan dicoba lagi", "फिर प्रयास", "प्रयास करते रह", "tutajaribu tena", "susubukan muli",
    "wartet noch", "wartet immer noch", "attend encore", "attend toujours", "sigue esperando",
    "espera todavía",
    "attende ancora", "aspetta ancora", "ainda espera", "wacht nog", "nadal czeka", "wciąż czeka",
    "stále čeká",
    "još čeka", "še čaka", "még vár", "încă așteaptă", "hâlâ bekliyor", "всё ещё ждёт", "все еще ждет",
    "досі чекає", "все още чака", "väntar fortfarande", "väntar ännu", "venter stadig", "venter fortsatt",
    "odottaa edelleen", "odottaa vielä", "ακόμη περιμένει", "vis dar laukia", "joprojām gaida", "ootab veel",
    "ho tornarem a provar", "berriro saiatu", "reynum aftur",
)  # fmt: skip
"""What nobody says of a mail that is given up, wherever it stands."""

FAILED = (
    "failed", "fail", "ng", "error", "not sent", "not delivered", "bounced", "rejected", "no luck",
    "gescheitert", "nicht zu erreichen", "fehler",
    "échec", "en échec", "échou", "fallid", "fallad", "fallit", "falh", "mislukt", "niedoręcz", "niewysłan",
    "selhal", "zlyhal", "neodesl", "sikertelen", "eșuat", "eşuat", "nereuș", "iletilemedi", "olmadı",
    "не отрим", "не дійшл", "не дошл", "не получил", "недостав", "αποτυχ", "ikke lever", "ikke sendt",
    "ej lever", "nepristat", "neišsiųst", "neizdev", "nav nosūt", "toimetamata", "saatmata", "ei onnistunut",
    "未配信", "不達", "未着", "未送信", "失敗", "未送", "未投", "失败", "미전달", "미발송", "미배달", "실패",
    "נכשל", "לא נשלח", "ناموفق", "ارسال نشد", "فشل", "لم يصل", "لم تصل", "ไม่สำเร็จ", "ไม่ถึง", "thất bại",
    "không", "gagal", "tidak", "विफल", "नहीं", "ব্যর্থ", "haikufika", "haijafika", "hindi", "nabigo",
    "no entregat", "no lliurat", "ez da", "neispor", "neuspje", "neuspe", "ni dostav", "ekki", "mistókst",
    "dështoi", "не успя",
)  # fmt: skip
"""It failed."""

ARRIVED = (
    "got it", "got theirs", "got the mail", "received it", "haben die nachricht erhalten", "angekommen",
    "ont bien reçu", "sí lo recib", "sí lleg", "başarıyla ilet", "iletildi", "iletilen", "ulaştı", "ulaşan",
    "отримали", "дійшл", "дошло", "levert til", "levert", "성공", "완료", "وصلت", "وصل إلى", "पहुँच गया",
    "पहुँच गई", "imefika", "zimefika", "banatuta", "iritsi da", "komst til skila", "u dorëzua",
)  # fmt: skip
"""It arrived."""

_SHORT = 4
_DENIALS = ("no ", "non ", "nao ", "nicht ", "niet ", "nie ", "не ", "not ")
_EACH_FIRST = r"[^\w✓✔✅✗✘❌]{0,6}"


def goes_on(words: str) -> bool:
    """True where `words` say anywhere that delivery is tried again."""
    folded = fold(words)
    found = _going_on().find_matches_as_indexes(folded, overlapping=True)
    return any(not folded.endswith(_DENIALS, 0, start) for _, start, _ in found)


def begins_with_waiting(words: str) -> bool:
    """True where `words` begin with one that says that the mail waits."""
    return _first_of("waiting").match(fold(words)) is not None


def begins_with_failed(words: str) -> bool:
    """True where `words` begin with one that says that the mail failed."""
    return _first_of("failed").match(fold(words)) is not None


def names_arrival(words: str) -> bool:
    """True where `words` say anywhere that mail arrived."""
    folded = fold(words)
    return any(word in folded for word in _arrivals())


@cache
def _arrivals() -> tuple[str, ...]:
    return tuple(map(fold, ARRIVED))


@cache
def _going_on() -> AhoCorasick:
    return AhoCorasick([fold(word) for word in GOING_ON], implementation=Implementation.ContiguousNFA)


@cache
def _first_of(outcome: str) -> re.Pattern[str]:
    # Made when the first report with several recipients asks.
    words = WAITING if outcome == "waiting" else FAILED
    folded = sorted({fold(word) for word in words}, key=len, reverse=True)
    # A short one in Latin letters is a whole word: "ng", "fail".
    forms = (
        re.escape(word) + (r"(?!\w)" if word.isascii() and len(word) <= _SHORT else "") for word in folded
    )
    return re.compile(f"{_EACH_FIRST}(?:{'|'.join(forms)})")
