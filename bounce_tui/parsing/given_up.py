"""Whether a report says, in any language, that the server has stopped trying: then a mail that it calls
delayed, or that was answered with a 4xx, has failed.

Only what is done counts: "we gave up", and neither "we give up after five days" nor "if we have given up".
"""

from functools import cache

from bounce_tui.parsing.sentences import fold
from bounce_tui.regex import regex

_STOPPED = (
    "stopped trying", "have given up", "has given up", "'ve given up", "we gave up", "i gave up",
    "server gave up", "system gave up", "and gave up", "then gave up", "will not be retried",
    "not try again", "n't try again", "not be tried again", "no longer trying", "have stopped the delivery",
    "attempts have ended", "haben aufgegeben", "habe aufgegeben", "wurde aufgegeben",
    "zustellversuche eingestellt", "zustellversuche wurden eingestellt", "versuche eingestellt",
    "versuche wurden beendet", "wird nicht weiter versucht", "versuchen es nicht mehr",
    "nicht mehr versucht", "avons abandonne", "a abandonne", "a ete abandonne", "ont ete abandonne",
    "nous abandonnons", "avons cesse", "a cesse d'essayer", "ne reessaierons", "n'essaierons plus",
    "hemos desistido", "se ha desistido", "dejado de intentar", "hemos abandonado", "no lo intentaremos mas",
    "no se volvera a intentar", "abbiamo rinunciato", "ha rinunciato", "abbiamo smesso", "ha smesso di",
    "non riproveremo", "desistimos", "paramos de tentar", "deixamos de tentar", "nao tentaremos mais",
    "hebben het opgegeven", "heeft het opgegeven", "zijn gestopt met", "is gestopt met",
    "proberen het niet meer", "niet meer geprobeerd", "zaprzestalismy", "zrezygnowalismy", "zaprzestano",
    "zaprzestal prob", "nie bedziemy juz", "vzdali jsme", "pokusy jsme ukoncili", "pokusy byly ukonceny",
    "uz to nebudeme", "vzdali sme", "pokusy boli ukoncene", "прекратили попытки", "прекратил попытки",
    "попытки прекращены", "попытки доставки прекращены", "больше не будем пытаться", "припинили спроби",
    "спроби припинено", "спроби доставки припинено", "прекратихме опитите", "опитите са прекратени",
    "har gett upp", "har givit upp", "slutat forsoka", "har opgivet", "har givet op",
    "holdt op med at prove", "har gitt opp", "sluttet a prove", "olemme luopuneet", "luovuimme",
    "emme yrita enaa", "ei yriteta enaa", "feladtuk", "nem probaljuk tovabb", "nem probalkozunk tovabb",
    "vazgectik", "vazgecildi", "denemeyi biraktik", "denemeler durduruldu", "am renuntat", "am incetat",
    "nu vom mai incerca", "εγκαταλειψαμε", "σταματησαμε", "odustali smo", "obustavili smo", "obupali smo",
    "opustili smo poskuse", "loobusime", "lopetasime", "partraucam", "partraukti", "nustojome",
    "bandymai nutraukti", "断念しました", "断念いたしました", "打ち切りました", "打ち切らせて",
    "再送は行いません", "配送を中止しました", "已放弃", "已放棄", "已停止", "已經停止", "已经停止",
    "已經放棄", "已经放弃", "不再重试", "不再重試", "포기했습니다", "포기하였습니다", "중단했습니다",
    "중단하였습니다", "더 이상 시도하지", "توقفنا عن المحاولة", "توقف الخادم عن المحاولة", "הפסקנו לנסות",
    "ויתרנו", "دست از تلاش", "หยุดพยายาม", "เลิกพยายาม", "da ngung thu", "da tu bo", "telah menyerah",
    "berhenti mencoba", "hem desistit", "hem deixat d'intentar", "不会继续尝试", "不會繼續嘗試",
    "不会再尝试", "不會再嘗試", "不再尝试投", "不再嘗試投",
)  # fmt: skip
_IF = regex(
    r"\b(?:if|until|unless|when|once|before|should|wenn|sobald|bevor|falls|bis|si|lorsque|quand|avant|cuando"
    r"|hasta|quando|finche|prima|ate|als|zodra|voordat|jesli|gdy|pokud|dokud|если|когда|якщо|коли|om|innan|hvis"
    r"|inden|jos|kun|ha|eger|daca|cand|αν|οταν)\b|如果|若|場合|경우"
)
_LONGEST = 3000
_SENTENCE_ENDS = regex(r"[.!?:;]\s|[。！？；]|\n[ \t]*\n")


@cache
def _stopped() -> tuple[str, ...]:
    return tuple(map(fold, _STOPPED))


def has_given_up(text: str) -> bool:
    """True where the beginning of `text` says that the server stopped trying."""
    said = fold(text[:_LONGEST])
    for words in _stopped():
        at = said.find(words)
        if at >= 0 and _IF.search(_SENTENCE_ENDS.split(said[:at])[-1]) is None:
            return True
    return False
