"""Texts for the tiny models: what their tokenizers learn from, what is embedded, and what is only tokenized."""

import random

LEARNED = """
A photo of a cat on a red chair. | two dogs running along the beach at sunset | the old bridge over the river in winter
a birthday cake with candles | people dancing at a wedding | a plate of noodles with shrimp | snowy mountains and a lake
Ein Foto von einer Katze auf einem roten Stuhl. | Zwei Hunde laufen am Strand | die alte Brücke über den Fluß im Winter
Une photo d'un chat sur une chaise rouge | deux chiens qui courent sur la plage | le vieux pont près de l'église
Una foto de un gato en una silla roja | dos perros corriendo por la playa | el viejo puente sobre el río, ¿dónde está?
фотография кошки на красном стуле | две собаки бегут по пляжу | старый мост через реку зимой
一只猫坐在红色的椅子上的照片 | 两只狗在海滩上奔跑 | 冬天河上的老桥 | 生日蛋糕和蜡烛
赤い椅子に座っている猫の写真 | 海辺を走る二匹の犬 | 冬の川にかかる古い橋 | カタカナとひらがな
빨간 의자 위의 고양이 사진 | 해변을 달리는 개 두 마리 | 겨울 강 위의 오래된 다리
صورة قطة على كرسي أحمر | كلبان يركضان على الشاطئ | الجسر القديم فوق النهر في الشتاء
תמונה של חתול על כיסא אדום | שני כלבים רצים על החוף
लाल कुर्सी पर बिल्ली की तस्वीर | समुद्र तट पर दौड़ते दो कुत्ते
ภาพถ่ายแมวบนเก้าอี้สีแดง | สุนัขสองตัววิ่งบนชายหาด
μια φωτογραφία μιας γάτας σε κόκκινη καρέκλα | ο παλιός δρόμος προς τη θάλασσα
kırmızı sandalyede bir kedinin fotoğrafı | sahilde koşan iki köpek, İstanbul'da ışık
don't it's we're I've I'm we'll he'd 12 345 6789 3.14 100% $20 @home #tag https://example.org/a?b=c&d=e
""".replace("\n", " | ").split(" | ")

EMBEDDED = [
    "a photo of a cat",
    "TWO DOGS on the beach!",
    "Die alte Brücke über den Fluß",
    "一只猫坐在红色的椅子上",
    "海辺を走る二匹の犬",
    "빨간 의자 위의 고양이",
    "صورة قطة على كرسي أحمر",
    "Ο ΠΑΛΙΟΣ ΔΡΟΜΟΣ προς τη ΘΑΛΑΣΣΑ",
    "a birthday cake 🎂 with 👨‍👩‍👧‍👦",
    "",
    "people dancing at a wedding, " * 40,
]

ODD = [
    *["", " ", "   ", "\n", "\t", "\r\n", "\x00", "a\x00b", "\x01\x02", "\x7f", "a\x85b", "\x9f", "\xa0", "a\xa0b"],
    *["\u200b", "a\u200bb", "a\u200db", "\u200e\u200f", "\u202eabc\u202c", "\ufeffcat", "cat\ufeff dog", "\u3000猫\u3000"],
    *["\u2028a\u2029", "\ufffd", "a\ufffdb", "\ue000", "\U000f0000", "\U0010ffff", "\ufdd0", "\u00ad soft\u00adhyphen"],
    *["  cat  dog  ", "cat\n\n\ndog", "CAT", "Cat's don't WE'RE", "cat,dog;bird", "cat-dog_bird", "...!!!???", "a.b.c", "'s't're"],
    *["ΟΔΥΣΣΕΥΣ", "ΣΑΣ ΣΑΣ", "Σ", "ΑΣ.", "İSTANBUL", "I İ ı i", "STRASSE straße ẞ", "ǅ ǆ Ǆ", "ﬁ ﬂ ﬃ ﬀ", "ŉ ǰ ΐ"],
    *["e\u0301te\u0301", "été", "a\u0323\u0302", "ệ", "e\u0323\u0302", "Å Å Å", "K K", "Ω Ω", "q\u0301\u0302\u0303\u0304", "\u0301", " \u0301a"],
    *["１２３ ＡＢＣ ａｂｃ", "～ 〜 ~", "①②③ ½ ¼ ²³", "㍿ ㌔ ℃ ™ ℡ №", "ｶﾞｷﾞｸﾞ", "が か\u3099 カ\u3099", "𝐁𝐨𝐥𝐝 𝓈𝒸𝓇𝒾𝓅𝓉", "𝟏𝟐𝟑", "ᵃᵇᶜ"],
    *["한글", "\u1112\u1161\u11ab\u1100\u1173\u11af", "각\u11a8", "漢字かな交じり文", "𠀀𠀁𪚥", "猫𠮷野家", "〇々〆ヶ", "豈更車", "龜龜"],
    *["नमस्ते दुनिया", "ক্ষ", "ไทยภาษา", "ກຂ", "မြန်မာ", "ខ្មែរ", "བོད", "አማርኛ", "ქართული", "Հայերեն"],
    *["العَرَبِيَّة", "لا إله", "مرحبا cat بالعالم", "שָׁלוֹם", "ﷺ ﷲ ﻼ", "یک گربه", "۱۲۳ ١٢٣ १२३"],
    *["😀", "😀😀😀", "👨‍👩‍👧‍👦", "👍🏽", "🇩🇪🇫🇷", "❤️", "☺️ ☺", "🏴\U000e0067\U000e0062\U000e007f", "1️⃣", "🫠🪿🫨", "🧑🏿‍🚀 in space"],
    *["</s>", "a </s> b", "<s>cat</s>", "<pad>", "cat<pad>dog", "<unk>", "<mask>", "a <mask> b", "<eos>", "<bos>x", "[CLS] cat [SEP]"],
    *["[PAD]", "[UNK]", "[MASK]s", "<|endoftext|>", "<|startoftext|> cat", "cat<|endoftext|>dog", "<|ENDOFTEXT|>", "<0x41>", "</S>"],
    *["▁", "▁▁", "a▁b", " ▁ ", "Ġ", "Ċ", "##ing", "</w>", "cat</w>", "__proto__", "constructor", "hasOwnProperty toString"],
    *["x" * 99, "x" * 100, "x" * 101, "猫" * 150, "ab" * 300, "cat " * 300, "😀" * 40, "\u0301" * 30, "a" + "\u0300" * 20],
    *["$€£¥₿", "©®™", "¿¡", "«»“”‘’", "—–‐‑", "…", "·•", "\\/|", "a=b<c>d", "^~`´¨", "°C", "´ ` ¨ ¯ ¸", "‰", "※"],
    *["https://example.org/a?b=c", "user@example.org", "C++ C#", "3.14159", "1,000,000", "2024-01-31T12:00Z", "v1.2.3-beta"],
]

RANGES = [(0x20, 0x7E), (0x80, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x590, 0x6FF), (0x900, 0xDFF), (0xE00, 0x11FF)]
RANGES += [(0x1E00, 0x214F), (0x2460, 0x2BFF), (0x3040, 0x33FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xF900, 0xFAFF)]
RANGES += [(0xFE00, 0xFFEF), (0x1D400, 0x1D7FF), (0x1F300, 0x1FAFF), (0x20000, 0x2A6DF)]


def all_odd(count: int = 300) -> list[str]:
    """The texts above, and `count` random ones: words of LEARNED between letters of one or any range."""
    choose = random.Random(7)
    words = " ".join(LEARNED).split()
    made = []
    for _ in range(count):
        ranges = [choose.choice(RANGES)] if choose.random() < 0.5 else RANGES
        letters = [chr(choose.randint(*choose.choice(ranges))) for _ in range(choose.randint(1, 12))]
        parts = [choose.choice([*letters, choose.choice(words), " ", " "]) for _ in range(choose.randint(2, 20))]
        made.append("".join(parts))
    return ODD + made
