### زر الصفحة.

talk = تحدَّث إلى شخص
to = تحدَّث إلى { $name }
soon = نتصل بك
now = متاح الآن
wait = مشغول الآن
slot = اختر موعدًا
closed = مغلق الآن
opens = يفتح { $time }
call = اتصل بنا
under = أقل من دقيقة
over = أكثر من ساعة
about = { $time } تقريبًا
minutes = long
lost = لا يمكن الوصول إلينا.
close = إغلاق
