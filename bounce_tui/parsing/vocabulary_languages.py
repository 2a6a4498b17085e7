"""Words of reports in the languages that `vocabulary` has few of, and the spellings of servers that write
plain letters only.

The tuples add to the groups of the same name there.  Each is a piece that ordinary mail does not have in its
subject or its first lines, or that counts only where a mail system wrote it (see `kinds`).
"""

import unicodedata

FAILED_SUBJECT = (
    "zustellung nicht möglich", "kann nicht zugestellt", "nicht gesendet werden", "nicht versendet werden",
    "impossible d'envoyer", "impossible de distribuer", "impossible de délivrer", "erreur de distribution",
    "não foi possível enviar", "não entregue", "no fue posible enviar", "no fue posible entregar",
    "impossibile inviare", "impossibile consegnare", "kan niet worden verzonden", "kon niet worden verzonden",
    "nie można wysłać", "nie udało się wysłać", "nie udało się dostarczyć", "nelze odeslat",
    "nepodařilo se odeslat", "nepodařilo se doručit", "nepodarilo sa doručiť", "не удалось отправить",
    "невозможно отправить", "не вдалося надіслати", "неуспешна доставка",
    "помилка достав", "лист не доставлено", "неможливо доставити", "повернення листа", "недоставлен",
    "teslimat hatası", "teslim hatası", "teslimat durumu", "iletim hatası", "geri dönen posta",
    "chyba doručení", "chyba při doruč", "nebyla doručena", "vrácená zpráva", "vrácená pošta",
    "chyba doručenia", "správa nebola doruč",
    "kézbesítése nem sikerült", "nem sikerült kézbesíteni", "visszaküldött levél", "kézbesítési értesít",
    "eroare la livrare", "eroare de livrare", "livrare eșuată", "livrarea a eșuat", "mesaj returnat",
    "leveransfel", "leveransen misslyckades", "leveransrapport", "returnerad e-post",
    "leveringsfeil", "levering mislyktes", "kunne ikke levere", "returnert e-post",
    "leveringsfejl", "levering mislykkedes", "kunne ikke afleveres", "returneret mail", "returpost",
    "toimitusvirhe", "viestiä ei toimitettu", "ei toimitettu", "palautettu viesti",
    "σφάλμα παράδοσης", "δεν ήταν δυνατή η παράδοση", "επιστροφή μηνύματος",
    "שגיאה במסירת", "כשל במסירת", "ההודעה הוחזרה", "ההודעה לא נשלחה",
    "فشل تسليم", "فشل إرسال", "فشل في تسليم", "رسالة مرتجعة", "إشعار حالة التسليم",
    "전송하지 못", "전송할 수 없", "메일 반송", "배달 실패", "전달 실패", "전송실패", "발송실패", "수신불가",
    "lỗi gửi thư", "gửi thư thất bại", "thư bị trả lại", "không chuyển được",
    "pesan dikembalikan", "gagal dikirim", "tidak dapat dikirim", "pengiriman gagal", "kegagalan pengiriman",
    "falha no envio", "falha ao enviar", "erro ao enviar", "error al enviar", "fallo en el envío",
    "fallo al enviar", "errore nell'invio", "invio fallito", "fehler beim senden",
    "fehler beim versand", "versandfehler", "erreur d'envoi", "erreur lors de l'envoi", "verzendfout",
    "fout bij verzenden", "fel vid sändning", "kunde inte skickas", "fejl ved afsendelse",
    "feil ved sending", "lähetys epäonnistui", "błąd wysyłania", "nie wysłano", "(niepowodzenie)",
    "chyba při odesílání", "chyba pri odosielaní", "küldési hiba", "eroare la trimitere",
    "nu a fost livrat", "gönderim hatası", "gönderme hatası", "σφάλμα αποστολής", "αποτυχία αποστολής",
    "ошибка отправки", "не отправлено", "доставка почты не удалась", "доставка не удалась",
    "помилка надсилання", "помилка відправлення", "送信エラー", "送信失敗", "お届けできません",
    "配信失敗", "发送错误", "投递错误",
    "投遞失敗", "传递失败", "전송 오류", "발송 오류", "배달 오류", "lỗi khi gửi", "galat pengiriman",
    "خطأ في الإرسال",
    "שגיאת שליחה", "ไม่สามารถส่ง", "ส่งไม่สำเร็จ", "จัดส่งไม่สำเร็จ", "non délivré",
    "n'a pu être délivré", "não conseguimos entregar", "no hemos podido entregar",
    "non siamo riusciti a consegnare", "toimittaminen ei onnistu", "niedostarczon", "nie dostarczon",
    "nedoručiteľn", "nevieme doručiť",
)  # fmt: skip

FAILED_WORDS = (
    "nicht weitergeleitet", "nicht erreichbar", "nicht mehr gültig", "nicht angenommen", "ein fehler auf",
    "gibt es nicht", "existent pas", "existe plus", "existent plus", "plus valide", "plus actif",
    "n'a pas été", "n'ont pas été", "a refusé", "ont refusé", "non è stata", "non sono stat", "non è più",
    "non sono più", "non esiste", "non esistono", "ha rifiutato", "ya no existe", "no existen",
    "no ha sido", "no han sido", "ha rechazado", "não existe", "não existem", "não foi", "não foram",
    "geweigerd", "bestaat niet", "bestaan niet", "niet bestaat", "niet ontvangen", "niet meer geldig",
    "nie istnieje", "nie istnieją", "nie zostały", "neexistují", "nebyly doruč", "не существуют",
    "не были доставлен", "findes ikke længere", "findes ikke", "ikke findes", "ikke finnes", "inte finns",
    "finns inte längre", "ei ole olemassa", "ei enää", "nem léteznek", "bulunmamaktadır",
    "不存在", "無効です", "存在しておりません", "見つかりません",
    "відхилив", "відхилено", "не вдалось", "неможливо", "не доставлено", "не існує", "не знайдено",
    "reddedildi", "reddetti", "teslim edileme", "bulunamadı", "kabul edilmedi", "geri çevrildi",
    "odmítl", "zamítl", "odmietol", "neexistuje", "nebyla přijata", "vrácena",
    "elutasította", "visszautasította", "nem tudtuk", "nem létezik", "nem fogadta",
    "a respins", "a refuzat", "nu există", "nu a putut primi", "nu poate fi livrat", "a eșuat",
    "avvisade", "avvisat", "kunde inte", "finns inte", "misslyckades", "nekades",
    "avviste", "ble avvist", "finnes ikke", "mislyktes",
    "afviste", "blev afvist", "findes ikke", "mislykkedes", "ikke afleveres",
    "hylkäsi", "hylättiin", "ei löydy", "ei löytynyt", "ei toimitettu",
    "απέρριψε", "απορρίφθηκε", "δεν υπάρχει", "αδύνατη η παράδοση", "δεν είναι δυνατή",
    "נדחתה", "דחה את", "לא קיים", "לא קיימת", "נכשלה", "לא נמסרה",
    "رفض", "مرفوضة", "غير موجود", "فشل",
    "거부", "수 없", "하지 못", "못했습니다", "존재하지 않",
    "từ chối", "không tồn tại", "thất bại", "chưa được gửi",
    "menolak", "ditolak", "tidak ditemukan", "tidak terkirim",
    "abgelehnt", "hat die annahme", "existiert nicht", "respinto", "rechazad", "rejeitou", "recusou",
    "odrzucił", "odrzucona", "отклонил", "отверг", "не существует", "拒收", "拒否されました",
    "não conseguimos entregar", "não conseguiu entregar", "não foi possível enviar",
    "no hemos podido entregar", "no pudimos entregar", "no hemos logrado", "nous n'avons pas pu",
    "nous n'avons pu", "wir konnten ihre", "konnten wir nicht", "konnten wir leider nicht",
    "kommt zurück", "kam zurück", "non abbiamo potuto", "non siamo riusciti", "konden we niet",
    "konden wij niet", "we konden uw", "vi kunde inte", "vi kunne ikke", "emme voineet",
    "emme pystyneet", "ei onnistunut", "nie mogliśmy", "nie zdołaliśmy", "nie byliśmy w stanie",
    "nemohli jsme", "nedokázali jsme", "nemohli sme", "nepodarilo sa", "nu am putut", "nu am reușit",
    "teslim edemedik", "iletemedik", "ulaştıramadık", "δεν μπορέσαμε", "δεν κατέστη δυνατ",
    "не смогли достав", "не смог достав", "не смогла достав", "не змогли достав", "お届けすることができ",
    "お送りできません", "我们无法", "未能投递", "没能送达", "无法投递", "無法投遞", "배달하지 못",
    "전달하지 못", "보내지 못",
    "chúng tôi không thể", "kami tidak dapat", "لم نتمكن من", "לא הצלחנו", "ไม่สามารถส่ง",
    "ไม่สามารถจัดส่ง", "ส่งไม่สำเร็จ",
)  # fmt: skip

ABSENCE = (
    "автоматична відповідь", "автовідповід", "поза офісом", "не в офісі", "у відпустці",
    "otomatik cevap", "ofis dışında", "ofiste değilim", "izindeyim",
    "automatická odpoveď", "mimo kancelár", "na dovolené", "na dovolenke",
    "automatikus üzenet", "házon kívül", "szabadságon",
    "mesaj automat", "în concediu", "nu sunt la birou",
    "på semester", "ej på plats", "inte på kontoret", "fraværsmelding", "ikke på kontoret",
    "ikke til stede", "på ferie", "ikke til stede", "fraværsbesked",
    "poissaolo", "lomalla", "απουσία από", "εκτός γραφείου", "αυτόματο μήνυμα", "σε άδεια",
    "תשובה אוטומטית", "מענה אוטומטי", "מחוץ למשרד", "בחופשה",
    "رد تلقائي", "رد آلي", "خارج المكتب", "في إجازة",
    "자동응답", "자동회신", "휴가 중", "trả lời tự động", "vắng mặt", "nghỉ phép",
    "balasan otomatis", "jawaban otomatis", "di luar kantor", "sedang cuti",
    "nicht im büro", "absent du bureau", "fora do escritório", "assenza dall'ufficio", "в отпуске",
    "poza biurem", "休暇中", "外出中", "休假中",
    "automātiskā atbilde", "automātisk", "prombūtn", "atvaļinājum", "ārpus biroja",
    "automatinis atsakym", "atostog", "ne biure", "nesu biure",
    "automaatne vastus", "automaatvastus", "puhkusel", "kontorist väljas", "kontorist eemal",
    "na dopustu", "odsoten", "odsotna", "odsotnost", "izven pisarne",
    "automatski odgovor", "na godišnjem odmoru", "izvan ureda", "van kancelarije", "odsutnost", "odsutan",
    "аутоматски одговор", "автоматичен отговор", "извън офиса", "в отпуск", "одсуство",
    "fora de l'oficina", "resposta automatica", "ekki á skrifstof", "sjálfvirkt svar",
    "پاسخ خودکار", "در مرخصی", "ตอบกลับอัตโนมัติ", "ไม่อยู่ที่สำนักงาน", "स्वचालित उत्तर",
)  # fmt: skip

DELAYED = (
    "still with us", "still in our queue", "go on trying", "still on its way", "toujours en attente",
    "file d'attente", "noch in unserer warteschlange", "noch unterwegs", "sigue en cola", "sigue en espera",
    "ancora in coda", "ancora in attesa", "continua na fila", "ainda está na fila", "nog in de wachtrij",
    "nadal czeka", "w kolejce", "stále ve frontě", "stále čeká", "stále vo fronte", "всё ещё в очереди",
    "все еще в очереди", "остаётся в очереди", "остается в очереди", "досі в черзі", "все ще в черзі",
    "ligger kvar i kön", "ligger stadig i kø", "ligger fortsatt i kø", "edelleen jonossa", "még a sorban",
    "várakozási sor", "încă în coadă", "în așteptare", "kuyrukta bekli", "hâlâ bekle", "παραμένει στην ουρά",
    "još uvijek čeka", "u redu čekanja", "še vedno čaka", "v čakalni vrsti", "vis dar laukia",
    "joprojām gaida",
    "ootab endiselt", "まだお届け", "お届けが遅れ", "待機中", "아직 전달", "仍在队列", "仍在排隊", "排队等待",
    "لا تزال في", "עדיין ממתינ", "هنوز در صف", "vẫn đang chờ", "masih dalam antrean", "masih menunggu",
    "відкладен", "ще не доставлен", "поки не доставлен", "спроби тривають", "повторні спроби",
    "henüz teslim edil", "geciktirild", "denemeye devam",
    "zatím nebyla doruč", "zatím nebylo možné", "pokusy budou pokrač", "dosud nebyla", "oneskor",
    "késik", "késés", "tovább próbál", "még nem sikerült",
    "nu a fost încă", "încă nu a fost", "se va încerca în continuare",
    "ännu inte levererats", "försöken fortsätter", "fortsätter att försöka", "fördröj",
    "ennå ikke levert", "prøver igjen", "fortsetter å prøve",
    "endnu ikke leveret", "prøver igen", "bliver ved med at prøve",
    "ei ole vielä toimitettu", "yritämme uudelleen", "jatkaa yrittämistä",
    "δεν έχει παραδοθεί ακόμ", "θα συνεχιστούν οι προσπάθειες",
    "טרם נמסר", "עיכוב במסיר", "ימשיך לנסות",
    "بعد، ستستمر", "تأخر تسليم", "تأخير تسليم", "ستستمر المحاولات", "سنستمر في المحاولة",
    "아직 전송되지", "아직 배달되지", "계속 시도",
    "trì hoãn", "bị chậm", "sẽ tiếp tục thử",
    "tertunda", "belum terkirim", "akan terus mencoba",
    "dar nepristat", "dar nebuvo pristat", "vēl nav piegād", "vēl nav izdevies", "veel ei ole kohale",
    "pole veel kohale", "še ni bil", "још није испоруч", "сè уште не", "ainda non", "encara no s'ha",
    "oraindik ez", "ekki enn", "enn ekki", "ende nuk", "अभी तक नहीं", "अब तक नहीं", "এখনও", "இன்னும்",
    "ابھی تک", "هنوز تحویل", "هنوز ارسال", "ยังไม่ถูกส่ง", "ยังส่งไม่", "chưa được gửi", "chưa được chuyển",
    "haijafika bado", "hindi pa naihatid", "hindi pa naipad", "hələ çatdırıl", "әлі жеткіз",
    "ჯერ არ", "դեռ չի",
    "wir versuchen es weiter", "noch nicht zugestellt", "pas encore été remis", "pas encore été livr",
    "tentatives se poursuiv", "aún no se ha entregado", "todavía no se ha", "ainda não foi entregue",
    "non è stato ancora", "non è ancora stato", "nog niet bezorgd", "nog niet afgeleverd",
    "jeszcze nie dostarcz", "nie została jeszcze", "ponowimy prób", "пока не достав", "ещё не достав",
    "еще не достав", "попытки будут продолж", "попытки доставки будут", "再送を行い", "再送を続け",
    "まだ配信され", "まだ送信され", "继续尝试", "繼續嘗試", "尚未送达", "尚未送達",
    "暂时无法送达", "暫時無法送達", "暂时无法投递", "暫時無法投遞", "一時的に配送でき", "一時的に配信でき",
    "一時的に送信でき", "一時的にお届けでき", "일시적으로 전송하지", "일시적으로 전달하지",
    "일시적으로 배달하지",
)  # fmt: skip

ARRIVED = (
    "ist eingegangen", "ist angekommen", "ist bei uns eingegangen", "ist bei uns angekommen",
    "est bien arrivé", "a bien été reçu", "est bien parvenu", "message est arrivé", "mail est arrivé",
    "mensaje ha llegado", "correo ha llegado", "mensaje se ha recibido", "correo se ha recibido",
    "mensaje ha sido recibido", "messaggio è arrivato", "mail è arrivata", "messaggio è stato ricevuto",
    "mensagem chegou", "e-mail chegou", "mensagem foi recebida", "e-mail foi recebido",
    "is aangekomen", "is ontvangen", "is binnengekomen", "har kommit fram", "har tagits emot", "er modtaget",
    "er mottatt", "er kommet frem", "wiadomość dotarła", "wiadomość została odebrana", "zpráva dorazila",
    "zpráva byla přijata", "správa dorazila", "письмо получено", "сообщение получено", "письмо пришло",
    "лист отримано", "повідомлення отримано", "писмото е получено", "megérkezett", "on saapunut",
    "on vastaanotettu", "ulaştı", "mesajul a ajuns", "mesajul a fost primit",
    "poruka je stigla", "poruka je primljena",
    "sporočilo je prispelo", "on kohale jõudnud", "ir saņemta", "ir saņemts", "laiškas gautas",
    "届いております", "届きました", "受信しました", "受信いたしました", "受け取りました",
    "已收到", "已送达", "도착했", "메일을 받았",
)  # fmt: skip

GOES_ON = (
    "bandysime dar", "dar bandysime", "bandysime toliau", "mēģināsim vēl", "proovime veel",
    "प्रयास करते रह", "प्रयास जारी", "कोशिश जारी", "कोशिश करते रह", "চেষ্টা চালিয়ে", "تلاش ادامه",
    "ادامه خواهیم داد", "จะพยายามส่งต่อ", "จะลองส่งใหม่", "tutaendelea kujaribu", "patuloy naming susubukan",
    "ho continuarem intentant",
    "saiatzen jarraituko", "höldum áfram að reyna", "do të vazhdojmë të përpiqemi",
    "ќе продолжиме да се обидуваме", "наставићемо са покушајима", "ще продължим опитите",
    "ще продължим да опитваме",
    "next attempt:", "next try:", "status: waiting", "nächster versuch:", "prochain essai",
    "próximo intento:",
    "we go on trying", "nouvelles tentatives auront lieu", "nouveaux essais auront lieu",
    "seguiremos intentando", "continueremo a tentare", "riproveremo", "continuaremos a tentar",
    "we blijven het proberen", "będziemy ponawiać", "będziemy próbować", "budeme to zkoušet",
    "budeme se pokoušet",
    "budeme to skúšať", "мы продолжим попытки", "продолжаем попытки", "ми продовжимо спроби",
    "vi fortsätter försöka", "vi prøver fortsat", "vi fortsetter å prøve", "jatkamme yritt",
    "tovább próbálkozunk",
    "vom încerca în continuare", "tekrar deneyeceğiz", "θα συνεχίσουμε να προσπαθ",
    "nastavit ćemo pokušavati",
    "pokušavat ćemo", "še naprej bomo poskuš", "toliau bandysime", "turpināsim mēģināt", "proovime edasi",
    "引き続きお届け", "계속 재시도",
    "denemeye devam ed", "pokusy budou pokračovat", "sẽ tiếp tục thử", "akan terus mencoba",
    "спроби тривають", "ستستمر المحاولات", "försöken fortsätter", "継続して再送", "引き続き再送",
    "将继续尝试", "將繼續嘗試", "계속 시도합니다", "попытки будут продолж", "los intentos continuarán",
    "tentatives se poursuiv", "as tentativas continuarão", "i tentativi continueranno",
    "持续尝试投递", "持續嘗試投遞", "将继续投递", "將繼續投遞", "将持续尝试", "將持續嘗試", "将自动重试",
    "將自動重試", "系统会继续投递", "系統會繼續投遞", "系统会自动重试", "系統會自動重試", "引き続き配送",
    "引き続き配信", "引き続き送信", "配送を続け", "送信を続け", "계속해서 전송을 시도",
    "계속해서 배달을 시도", "계속해서 전달을 시도", "nous continuons à essayer", "nous continuons d'essayer",
    "nous continuerons à essayer", "nous continuerons d'essayer", "nous réessaierons", "nous réessayerons",
    "seguiremos intentándo", "lo seguiremos intent", "continuaremos tentando", "vamos continuar tentando",
    "continueremo a provare", "wir versuchen es weiterhin", "wird weiterhin versucht",
    "wird weiter versucht", "budeme nadále zkoušet", "budeme sa pokúšať", "vi forsøger fortsat",
)  # fmt: skip

# Each with what goes before it, since "not" does so in many languages.
SUCCEEDED = (
    "успішно доставлено", "başarıyla teslim edildi", "byla úspěšně doručena", "sikeresen kézbesít",
    "a fost livrat cu succes", "har levererats", "er leveret til", "er levert til", "on toimitettu",
    "παραδόθηκε με επιτυχία", "נמסרה בהצלחה", "تم التسليم بنجاح", "성공적으로 전송", "đã được gửi thành công",
    "berhasil dikirim", "met succes afgeleverd", "livré avec succès",
    "consegnato correttamente", "entregado con éxito",
    "nachricht wurde an die folgenden empfänger zugestellt",
    "nachricht wurde den folgenden empfängern zugestellt",
    "empfänger oder gruppen ist abgeschlossen", "message a été remis aux destinataires",
    "remise à ces destinataires ou groupes est terminée", "mensaje se entregó a los siguientes",
    "mensaje se ha entregado a los siguientes", "ha completado la entrega a estos",
    "entrega a estos destinatarios o grupos", "mensagem foi entregue aos seguintes",
    "entrega a estes destinatários ou grupos", "messaggio è stato recapitato ai seguenti",
    "recapito a questi destinatari o gruppi è stato completato", "bericht is bezorgd bij",
    "bericht is afgeleverd bij", "bezorging aan deze geadresseerden of groepen is voltooid",
    "wiadomość została dostarczona do", "adresatów lub grup zostało zakończone",
    "adresatów lub grup zostało ukończone", "сообщение доставлено следующим",
    "получателям или группам завершена", "получателям или группам выполнена",
    "meddelande har levererats till", "leverans till dessa mottagare eller grupper är",
    "besked er leveret til følgende", "levering til disse modtagere eller grupper er",
    "melding er levert til følgende",
    "levering til disse mottakerne eller gruppene er",
    "toimitus näille vastaanottajille tai ryhmille on", "příjemcům nebo skupinám je dokončeno",
    "príjemcom alebo skupinám je dokončené", "a kézbesítés befejeződött", "mesajul a fost livrat următorilor",
    "destinatari sau grupuri s-a încheiat", "alıcılara veya gruplara teslim tamamlandı",
    "alıcılara teslim edildi", "次の受信者に配信されました", "グループへの配信が完了", "已传递给以下",
    "已送达以下", "收件者或群組的作業已完成",
    "已傳遞給下列", "그룹에 대한 배달이 완료", "다음 받는 사람에게 배달되었습니다",
)  # fmt: skip

FAILING = (
    *FAILED_SUBJECT, *FAILED_WORDS, *DELAYED,
    "verzöger", "retard", "retras", "demorad", "ritard", "opóźni", "vertraagd", "atras", "задерж",
    "отложен", "försena", "forsinket", "viivästy", "gecik", "zpožd", "zpozd", "întârzi", "затрим",
    "καθυστ", "遅延", "延迟", "延遲", "지연",
)  # fmt: skip

_TWO_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "å": "aa", "ø": "oe", "æ": "ae"})
_ONE_LETTER = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "ł": "l", "ı": "i", "đ": "d", "œ": "oe", "’": "'"}
)
_END_OF_LATIN = "\u0250"
_VIETNAMESE = ("\u1e00", "\u1f00")


def spellings(words: tuple[str, ...]) -> set[str]:
    """`words`, and each of Latin script without its accents and with the two letters that stand for an
    umlaut: "zurückgesandt", "zuruckgesandt", "zurueckgesandt"."""
    found = set(words)
    for word in words:
        if word.isascii() or not all(map(_is_latin, word)):
            continue
        found.add(word.translate(_TWO_LETTERS))
        plain = unicodedata.normalize("NFKD", word.translate(_ONE_LETTER))
        found.add("".join(char for char in plain if not unicodedata.combining(char)))
    return found


def _is_latin(char: str) -> bool:
    return char < _END_OF_LATIN or char == "’" or _VIETNAMESE[0] <= char < _VIETNAMESE[1]
