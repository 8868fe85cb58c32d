### اللوحة التي تُطلب فيها المكالمة.

direction = rtl

## الإطار

title = تحدَّث إلى شخص
title-name = تحدَّث إلى { $name }
title-more = أخبرنا بالرقم الذي نتصل بك عليه.
elsewhere = المتابعة على جهاز آخر
close = إغلاق
loading = جارٍ التحميل…
try-again = إعادة المحاولة
unreachable = لا يمكن الوصول إلينا الآن
unreachable-more = يُرجى التحقق من اتصالك. نواصل المحاولة، ولن تفقد شيئًا مما كتبته.
unknown-site = لم يُجهَّز هذا الزر بعد
unknown-site-more = تذكر الصفحة شركة لا نعرفها.
reconnecting = انقطع الاتصال. تجري إعادة الاتصال…
call-us = اتصل بنا: { $tel }

## من يتصل

who = ما موضوع المكالمة؟
anyone = موضوع آخر
in-a-call = في مكالمة
choose-who = يُرجى اختيار موضوع المكالمة.
expert-more = { $name } أولًا، وإن طال الانتظار فأحد الزملاء
expert-wait = { $name }: { $own } · أي زميل: { $others }

## الموعد

when = متى نتصل بك؟
now = الآن
later = لاحقًا
soon = في أقرب وقت
day = اليوم
time = الوقت
choose-slot = يُرجى اختيار موعد.
no-slots = لا توجد مواعيد متاحة حاليًا.
slots-failed = تعذَّر تحميل المواعيد.
your-zone = بتوقيتك المحلي ({ $zone })
at-time = الساعة { $time }
at-day = يوم { $day } الساعة { $time }
between = بين { $from } و{ $to }
here-again = سيكون { $name } متاحًا { $when }. اختر موعدًا وسنتصل بك فيه.
open-again = نفتح { $when }. اختر موعدًا وسنتصل بك فيه.
nobody-now = لا يوجد أحد في الخدمة الآن. اختر موعدًا وسنتصل بك فيه.
closed-until = مغلق: نفتح { $when }. لا توجد مواعيد قبل ذلك.
closed-now = لا يمكن لأحد الاتصال بك حاليًا، ولا توجد مواعيد متاحة.

## مدة الانتظار

wait-none = في أي لحظة
wait-short = أقل من دقيقة
wait-long = أكثر من ساعة
wait-up-to = { $high ->
    [zero] حتى { $high } دقيقة
    [one] حتى دقيقة واحدة
    [two] حتى دقيقتين
    [few] حتى { $high } دقائق
    [many] حتى { $high } دقيقة
   *[other] حتى { $high } دقيقة
}
wait-about = { $high ->
    [zero] نحو { $high } دقيقة
    [one] نحو دقيقة واحدة
    [two] نحو دقيقتين
    [few] نحو { $high } دقائق
    [many] نحو { $high } دقيقة
   *[other] نحو { $high } دقيقة
}
wait-range = { $high ->
    [zero] من { $low } إلى { $high } دقيقة
    [one] من { $low } إلى دقيقة واحدة
    [two] من { $low } إلى دقيقتين
    [few] من { $low } إلى { $high } دقائق
    [many] من { $low } إلى { $high } دقيقة
   *[other] من { $low } إلى { $high } دقيقة
}
wait-unknown = مدة الانتظار غير معروفة
wait-left = مدة الانتظار المتوقعة: { $wait }.
wait-left-none = سيحين دورك في أي لحظة.
wait-left-unknown = لا نعرف بعد كم ستستغرق المدة.
longer-fewer = أطول مما ذكرنا: عدد الموجودين لمساعدتك الآن أقل.
longer-others = أطول مما ذكرنا: مكالمة موعودة تأتي أولًا.
longer-calls = أطول مما ذكرنا: تستغرق المكالمات وقتًا أطول من قبل.

## ما هو متاح الآن

offer-now = متاح الآن
offer-wait = مشغول، مدة الانتظار غير معروفة
offer-opens = يفتح { $when }
offer-slot = اختر موعدًا
offer-closed = مغلق

## الرقم

phone = رقم هاتفك
phone-hint = كما تكتبه في بلدك، أو مع رمز البلد
kept-number = سنتصل على الرقم { $phone }
odd-number = سنتصل على الرقم { $number }. هل هو صحيح؟ لا نعرف هذا النوع من الأرقام.
use-another = استخدام رقم آخر
use-kept = استخدام الرقم الذي أعطيته سابقًا
forget = حذف رقمي
phone-missing = يُرجى إدخال رقم هاتفك.
phone-no-country = يُرجى البدء بعلامة + ثم رمز بلدك، مثل { "‎+971 4 123 4567" }.
phone-strange = لا يحتوي رقم الهاتف إلا على أرقام ومسافات والعلامات { "‎+ ( ) - ." }
phone-short = هذا الرقم قصير جدًا.
phone-long = هذا الرقم طويل جدًا.
phone-nowhere = لا يمكن أن يكون هذا رقم هاتف.

voice = التحدث في هذا المتصفح بدلًا من ذلك

## الملاحظة

note = ملاحظة قصيرة (اختيارية)
note-hint = كي لا تضطر إلى الشرح مرتين
note-too-long = يُرجى اختصار الملاحظة.
note-left = { $left ->
    [zero] لم يبقَ أي حرف
    [one] بقي حرف واحد
    [two] بقي حرفان
    [few] بقيت { $left } أحرف
    [many] بقي { $left } حرفًا
   *[other] بقي { $left } حرف
}
note-over = { $over ->
    [zero] لا أحرف زائدة
    [one] حرف واحد زائد
    [two] حرفان زائدان
    [few] { $over } أحرف زائدة
    [many] { $over } حرفًا زائدًا
   *[other] { $over } حرف زائد
}

## ما تتم مشاركته، والموافقة

share = ما سنشاركه
share-more = من يتصل بك يرى هذا. احذف ما تفضّل الاحتفاظ به لنفسك.
this-page = هذه الصفحة
this-page-at = هذه الصفحة · { $path }
said = ما تقوله هذه الصفحة
share-all = إعادة الكل
share-none = لا صفحات
share-page = هذه الصفحة
share-page-and = { $pages ->
    [zero] هذه الصفحة فقط
    [one] هذه الصفحة وصفحة قبلها
    [two] هذه الصفحة وصفحتان قبلها
    [few] هذه الصفحة و{ $pages } صفحات قبلها
    [many] هذه الصفحة و{ $pages } صفحة قبلها
   *[other] هذه الصفحة و{ $pages } صفحة قبلها
}
share-pages = { $pages ->
    [zero] لا صفحات
    [one] صفحة واحدة
    [two] صفحتان
    [few] { $pages } صفحات
    [many] { $pages } صفحة
   *[other] { $pages } صفحة
}
unshare = عدم مشاركة «{ $title }»
vouched-by = مؤكَّد من { $name }
and-account = { $count } وحسابك
consent = أوافق على أن تتصل بي { $name } على هذا الرقم بشأن هذا الطلب وأن ترى الصفحة التي أتصفحها.
consent-needed = يُرجى الموافقة كي نتمكن من الاتصال بك.

## الإرسال

send-now = اتصلوا بي الآن
send-soon = اتصلوا بي في أقرب وقت
send-wait = اتصلوا بي: { $wait }
send-voice-now = التحدث الآن
send-voice-soon = التحدث في أقرب وقت
send-voice-wait = التحدث: { $wait }
send-later = اتصلوا بي لاحقًا
send-time = اتصلوا بي: { $time }
sending = جارٍ الإرسال…
after-now = يرن هاتفك أولًا، ثم ينضم أحد المختصين.
after-now-name = يرن هاتفك أولًا، ثم ينضم { $name }.
after-now-either = يرن هاتفك أولًا، ثم ينضم { $name } أو أحد الزملاء.
after-later = يرن هاتفك في ذلك الموعد، ثم ينضم أحد المختصين.
after-later-name = يرن هاتفك في ذلك الموعد، ثم ينضم { $name }.
after-later-either = يرن هاتفك في ذلك الموعد، ثم ينضم { $name } أو أحد الزملاء.
not-sent = تعذَّر إرسال طلبك. لم تفقد شيئًا: يُرجى المحاولة بعد قليل.
page-said-no = هناك ما يلزم إتمامه في هذه الصفحة قبل إرسال طلبك. لم تفقد شيئًا.
refused-skill = لا يمكننا المساعدة في هذا الموضوع هنا.
refused-expert = لا يوجد أحد بهذا الاسم.
refused-slot = لم يعد هذا الموعد متاحًا. يُرجى اختيار موعد آخر.
refused-closed = نحن مغلقون حاليًا. يُرجى اختيار موعد لاحق.
refused-number = لا يمكننا الاتصال بهذا الرقم. يُرجى إعطاء رقم آخر.
refused-twice = سنتصل بهذا الرقم بالفعل.
refused-full = عدد المنتظرين كبير جدًا. يُرجى المحاولة لاحقًا.

## طلب جارٍ

live-scheduled = سنتصل بك
live-next = أنت التالي
live-place = ترتيبك في الانتظار: { $place }
live-queued = أنت في قائمة الانتظار
live-reserving = سيرن هاتفك بعد لحظات
live-dialing = نتصل بك الآن
live-ringing = هاتفك يرن
live-question = هل هذا أنت؟
live-hold = شكرًا على الرد
live-agent = جارٍ الاتصال بـ{ $name }
live-agent-unnamed = جارٍ الاتصال بزميلنا
live-talking = أنت تتحدث مع { $name }
live-talking-unnamed = أنت تتحدث معنا
more-again = سنحاول مجددًا { $time } على الرقم { $phone } (المكالمة { $attempt } من { $attempts }). يمكنك إغلاق هذه الصفحة.
more-scheduled = سيرن هاتفك { $phone } { $time }. يمكنك إغلاق هذه الصفحة.
more-question = اضغط 1 على هاتفك وسنوصلك.
more-pick-up = يُرجى الرد على { $phone }.
more-hold = يُرجى البقاء على الخط: نبحث عن شخص يساعدك.
more-agent = يُرجى البقاء على الخط: سنوصلك بعد لحظات.
go-on = يمكنك إغلاق هذه النافذة ومتابعة التصفح. أبقِ هاتفك قريبًا منك.
move = تغيير الموعد
move-there = تأكيد الموعد الجديد
move-not = إبقاؤه كما هو
cancel = إلغاء هذه المكالمة
end-call = إنهاء المكالمة
cancelling = جارٍ الإلغاء…
not-cancelled = تعذَّر الإلغاء الآن. يُرجى إعادة المحاولة.
spoken = { $heading }. { $more }

## الهاتفان

legs = المكالمة
you = أنت
colleague = زميلنا
leg-idle = في الانتظار
leg-dialing = جارٍ الاتصال…
leg-ringing = يرن…
leg-answered = متصل
leg-bridged = يتحدث
leg-ended = أُنهيت المكالمة

## ما يقوله زر الصفحة عن الطلب

badge-wait = { $heading } · { $wait }
badge-again = سنتصل بك مجددًا
badge-booked = مكالمتك محجوزة
badge-hold = يُرجى البقاء على الخط

## كيف انتهت المكالمة

ended = انتهت المكالمة
ended-talked = شكرًا على حديثك معنا
ended-talked-more = نأمل أن نكون قد أفدناك.
ended-talked-for = مدة المكالمة: { $duration }.
ended-cancelled = أُلغيت المكالمة
ended-cancelled-more = لن نتصل بك. يمكنك أن تطلب مكالمة مجددًا في أي وقت.
ended-by-business = اضطررنا إلى إنهاء هذه المكالمة
ended-by-business-more = يمكنك أن تطلبها مجددًا أو أن تختار موعدًا يناسبك.
ended-busy = كان خطك مشغولًا
ended-busy-more = أنهِ مكالمتك الأخرى وأعد المحاولة، أو اختر موعدًا يناسبك.
ended-no-answer = لم نتمكن من الوصول إليك
ended-no-answer-more = رن هاتفك ولم يرد أحد. هل نحاول مجددًا؟
ended-declined = رفضت المكالمة
ended-declined-more = إن كان ذلك خطأً، فيمكننا الاتصال مجددًا.
ended-forbade = لن نتصل بهذا الرقم مجددًا
ended-forbade-more = ضغطت على 9. إن أردت أن نتصل برقم آخر، فاكتبه.
ended-voicemail = رد بريدك الصوتي
ended-voicemail-more = لم نترك رسالة. هل نحاول مجددًا؟
ended-not-confirmed = لم يضغط أحد على 1
ended-not-confirmed-more = رد أحدهم على هاتفك، لكنه لم يضغط على 1. هل نحاول مجددًا؟
ended-hung-up = أغلقت الخط قبل أن نتمكن من الرد
ended-hung-up-name = أغلقت الخط قبل أن يتمكن { $name } من الرد
ended-hung-up-more = يمكننا الاتصال بك مجددًا، أو في موعد يناسبك.
ended-nobody = عذرًا، لم يتمكن أحد من تلقي مكالمتك
ended-nobody-more = كان الجميع في مكالمات أخرى. اختر موعدًا وسنحجزه لك.
ended-late = عذرًا، لم نتمكن من الاتصال بك في الوقت المناسب
ended-closed-more = أغلقنا قبل أن يتفرغ أحد. اختر موعدًا يناسبك.
ended-expired-more = انتظرت أطول من مدة احتفاظنا بالطلبات. اختر موعدًا يناسبك.
ended-invalid = لا يمكن الاتصال بهذا الرقم
ended-invalid-more = لا تعرفه شبكة الهاتف. يُرجى التحقق من الرقم.
ended-blocked = لا يمكننا الاتصال بهذا الرقم
ended-blocked-more = يُرجى إعطاء رقم آخر.
ended-network = تعطلت شبكة الهاتف
ended-network-more = لم يكن الخطأ منك. يُرجى المحاولة بعد قليل.
other-time = اختيار موعد آخر
change-number = تغيير الرقم
done = تم
ask-again = طلب مكالمة أخرى

## Writing to each other

talk-title = الرسائل
talk-label = اكتب رسالة
talk-send = إرسال
talk-sending = جارٍ الإرسال…
talk-connecting = جارٍ الاتصال…
talk-waiting = يقرأ رسائلك من يتولى مكالمتك.
talk-here = { $name } يتابع رسائلك الآن.
talk-offline = لا يوجد اتصال. ما تكتبه محفوظ هنا ويُرسل لاحقًا.
talk-over = انتهت المكالمة. لا يزال بإمكانك قراءة رسائلك هنا.
talk-long = يُرجى الاختصار: الحد الأقصى { $most } من الأحرف.
talk-full = لا مكان هنا لمزيد من الرسائل.
talk-fast = كان ذلك كثيرًا دفعة واحدة. انتظر قليلًا ثم أعد الإرسال.
talk-unsent = لم يُرسل هذا. يُرجى المحاولة مرة أخرى.
