### ページのボタン。

talk = 担当者と話す
to = { $name }と話す
soon = お電話します
now = 今すぐ対応可
wait = 通話中
slot = 時刻を選ぶ
closed = 受付時間外
opens = { $time }に開始
call = お電話ください
under = 1分未満
over = 1時間以上
about = 約{ $time }
minutes = short
lost = 接続できません。
close = 閉じる
