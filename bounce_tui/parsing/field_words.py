"""What header fields are called where people read them, in any language."""

FIELDS = {
    word: field
    for field, words in {
        "From: ": "from von de da van от від od från fra dela lähettäjä kimden gönderen feladó expéditeur"
        " absender από 差出人 发件人 發件人 寄件者 寄件人 보낸사람",
        "Subject: ": "subject betreff objet asunto oggetto assunto onderwerp тема temat ämne emne předmět"
        " predmet aihe konu tárgy subiect θέμα 件名 主题 主旨 제목",
        "Date: ": "date sent gesendet datum envoyé enviado inviato data fecha verzonden отправлено надіслано"
        " дата wysłano skickat sendt odesláno dato lähetetty tarih gönderme elküldve küldve trimis στάλθηκε"
        " 日時 送信日時 发送时间 日期 傳送時間 寄件日期 날짜 보낸날짜",
        "To: ": "to an à para a aan кому do till til komu vastaanottaja kime alıcı címzett către προς"
        " 宛先 收件人 收件者 받는사람",
        "Reply-To: ": "reply-to",
        "Cc: ": "cc kopie copie",
    }.items()
    for word in words.split()
}
"""A field by each word for it, without blanks and in lower case."""
