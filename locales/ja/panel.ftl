### お電話のご依頼を受け付けるパネル。

direction = ltr

## 枠

title = 担当者と話す
title-name = { $name }と話す
title-more = お電話をおかけする番号をお知らせください。
elsewhere = 別の端末で確認する
close = 閉じる
loading = 読み込み中…
try-again = もう一度試す
unreachable = ただいま接続できません
unreachable-more = 接続をご確認ください。引き続き接続を試みています。入力された内容は失われません。
unknown-site = このボタンはまだ設定されていません
unknown-site-more = このページで指定された事業者が見つかりません。
reconnecting = 接続が切れました。再接続しています…
call-us = お電話はこちら：{ $tel }

## お電話する担当者

who = どのようなご用件ですか？
anyone = その他
in-a-call = 通話中
choose-who = ご用件をお選びください。
expert-more = まず{ $name }、お待たせする場合は他の担当者
expert-wait = { $name }：{ $own } · 他の担当者：{ $others }

## 日時

when = いつお電話しましょうか？
now = 今すぐ
later = あとで
soon = できるだけ早く
day = 日付
time = 時刻
choose-slot = 時刻をお選びください。
no-slots = ただいまご予約いただける時刻はありません。
slots-failed = 時刻を読み込めませんでした。
your-zone = お客様の現地時刻（{ $zone }）
at-time = { $time }
at-day = { $day } { $time }
between = { $from }から{ $to }の間
here-again = { $name }は{ $when }に対応できます。時刻をお選びいただければ、その時にお電話します。
open-again = { $when }に受付を開始します。時刻をお選びいただければ、その時にお電話します。
nobody-now = ただいま担当者が不在です。時刻をお選びいただければ、その時にお電話します。
closed-until = 受付時間外です。{ $when }に受付を開始します。それまでにご予約いただける時刻はありません。
closed-now = ただいまお電話できる担当者がおらず、ご予約いただける時刻もありません。

## 待ち時間

wait-none = まもなく
wait-short = 1分未満
wait-long = 1時間以上
wait-up-to = { $high ->
   *[other] 最長{ $high }分
}
wait-about = { $high ->
   *[other] 約{ $high }分
}
wait-range = { $high ->
   *[other] { $low }～{ $high }分
}
wait-unknown = 待ち時間は不明
wait-left = 待ち時間の目安：{ $wait }
wait-left-none = まもなくお客様の番です。
wait-left-unknown = 待ち時間はまだ分かりません。
longer-fewer = 対応できる担当者が減ったため、お知らせした時間より長くかかります。
longer-others = お約束済みのお電話を優先するため、お知らせした時間より長くかかります。
longer-calls = 通話が長引いているため、お知らせした時間より長くかかります。

## 今できること

offer-now = 今すぐ対応可
offer-wait = 通話中・待ち時間不明
offer-opens = { $when }に開始
offer-slot = 時刻を選ぶ
offer-closed = 受付時間外

## 電話番号

phone = お電話番号
phone-hint = 国内の書き方、または国番号から入力してください
kept-number = { $phone } にお電話します
odd-number = { $number } にお電話します。お間違いありませんか？この種類の番号は確認できません。
use-another = 別の番号を使う
use-kept = 前回の番号を使う
forget = 番号を削除する
phone-missing = お電話番号を入力してください。
phone-no-country = + と国番号から入力してください（例：+81 3 1234 5678）。
phone-strange = お電話番号に使えるのは数字、空白、+ ( ) - . のみです。
phone-short = この番号は短すぎます。
phone-long = この番号は長すぎます。
phone-nowhere = 電話番号として認識できません。

voice = 電話の代わりにこのブラウザーで話す

## メモ

note = 簡単なメモ（任意）
note-hint = 同じご説明を繰り返さずに済みます
note-too-long = メモを短くしてください。
note-left = { $left ->
   *[other] 残り{ $left }文字
}
note-over = { $over ->
   *[other] { $over }文字超過
}

## 共有する内容と同意

share = 共有する内容
share-more = お電話する担当者にはこれらが見えます。知らせたくないものは外してください。
this-page = このページ
this-page-at = このページ · { $path }
said = このページからの情報
share-all = すべて元に戻す
share-none = ページなし
share-page = このページ
share-page-and = { $pages ->
   *[other] このページと以前の{ $pages }ページ
}
share-pages = { $pages ->
   *[other] { $pages }ページ
}
unshare = 「{ $title }」を共有しない
vouched-by = { $name }が確認済み
and-account = { $count }とお客様のアカウント
consent = { $name }がこの件でこの番号に電話をかけ、私が見ているページを確認することに同意します。
consent-needed = お電話するには同意が必要です。

## 送信

send-now = 今すぐ電話してもらう
send-soon = できるだけ早く電話してもらう
send-wait = 電話してもらう（{ $wait }）
send-voice-now = 今すぐ話す
send-voice-soon = できるだけ早く話す
send-voice-wait = 話す（{ $wait }）
send-later = あとで電話してもらう
send-time = 電話してもらう：{ $time }
sending = 送信中…
after-now = まずお客様の電話が鳴り、続いて担当者につながります。
after-now-name = まずお客様の電話が鳴り、続いて{ $name }につながります。
after-now-either = まずお客様の電話が鳴り、続いて{ $name }または他の担当者につながります。
after-later = その時刻にお客様の電話が鳴り、続いて担当者につながります。
after-later-name = その時刻にお客様の電話が鳴り、続いて{ $name }につながります。
after-later-either = その時刻にお客様の電話が鳴り、続いて{ $name }または他の担当者につながります。
not-sent = 送信できませんでした。入力内容は失われていません。しばらくしてからもう一度お試しください。
page-said-no = 送信の前に、このページで確認が必要なことがあります。入力内容は失われていません。
refused-skill = こちらではこのご用件を承れません。
refused-expert = その名前の担当者はおりません。
refused-slot = この時刻はご予約いただけなくなりました。別の時刻をお選びください。
refused-closed = ただいま受付時間外です。あとの時刻をお選びください。
refused-number = この番号にはお電話できません。別の番号をお知らせください。
refused-twice = この番号へのお電話はすでに承っています。
refused-full = 現在大変混み合っています。しばらくしてからもう一度お試しください。

## 進行中のご依頼

live-scheduled = お電話します
live-next = 次はお客様の番です
live-place = { $place }番目にお待ちです
live-queued = 順番をお待ちです
live-reserving = まもなく電話が鳴ります
live-dialing = お電話しています
live-ringing = お客様の電話が鳴っています
live-question = ご本人ですか？
live-hold = お電話に出ていただきありがとうございます
live-agent = { $name }を呼び出しています
live-agent-unnamed = 担当者を呼び出しています
live-talking = { $name }と通話中です
live-talking-unnamed = 担当者と通話中です
more-again = { $time }に { $phone } へもう一度お電話します（{ $attempts }回中{ $attempt }回目）。このページは閉じても構いません。
more-scheduled = { $time }に { $phone } へお電話します。このページは閉じても構いません。
more-question = 電話機の1を押していただくと、おつなぎします。
more-pick-up = { $phone } の電話にお出ください。
more-hold = そのままお待ちください。担当者を探しています。
more-agent = そのままお待ちください。まもなくおつなぎします。
go-on = この画面を閉じて閲覧を続けても構いません。電話をお手元にご用意ください。
move = 時刻を変更する
move-there = この時刻に変更
move-not = 変更しない
cancel = このお電話を取り消す
end-call = 通話を終える
cancelling = 取り消しています…
not-cancelled = 取り消せませんでした。もう一度お試しください。
spoken = { $heading }。{ $more }

## 二つの電話

legs = 通話
you = お客様
colleague = 担当者
leg-idle = 待機中
leg-dialing = 発信中…
leg-ringing = 呼び出し中…
leg-answered = 接続しました
leg-bridged = 通話中
leg-ended = 切れました

## ページのボタンの表示

badge-wait = { $heading } · { $wait }
badge-again = もう一度お電話します
badge-booked = お電話をご予約済みです
badge-hold = そのままお待ちください

## 終わったあと

ended = 通話は終了しました
ended-talked = お電話ありがとうございました
ended-talked-more = お役に立てましたら幸いです。
ended-talked-for = 通話時間：{ $duration }
ended-cancelled = 取り消しました
ended-cancelled-more = お電話はしません。いつでももう一度ご依頼いただけます。
ended-by-business = 当方の都合で終了しました
ended-by-business-more = もう一度ご依頼いただくか、ご都合のよい時刻をお選びください。
ended-busy = お話し中でした
ended-busy-more = 別の通話が終わってからもう一度お試しいただくか、ご都合のよい時刻をお選びください。
ended-no-answer = おつなぎできませんでした
ended-no-answer-more = お電話しましたが、応答がありませんでした。もう一度おかけしましょうか？
ended-declined = お電話が拒否されました
ended-declined-more = お間違えの場合は、もう一度おかけします。
ended-forbade = この番号には今後おかけしません
ended-forbade-more = 9が押されました。別の番号をご希望の場合は、その番号をご入力ください。
ended-voicemail = 留守番電話につながりました
ended-voicemail-more = メッセージは残していません。もう一度おかけしましょうか？
ended-not-confirmed = 1が押されませんでした
ended-not-confirmed-more = 電話はつながりましたが、1が押されませんでした。もう一度おかけしましょうか？
ended-hung-up = 担当者が出る前に電話が切れました
ended-hung-up-name = { $name }が出る前に電話が切れました
ended-hung-up-more = もう一度、またはご都合のよい時刻にお電話します。
ended-nobody = 申し訳ございません。対応できる担当者がおりませんでした
ended-nobody-more = 全員が別の通話中でした。時刻をお選びいただければ、確保いたします。
ended-late = 申し訳ございません。時間内にお電話できませんでした
ended-closed-more = 担当者が空く前に受付を終了しました。ご都合のよい時刻をお選びください。
ended-expired-more = ご依頼の保管期限を過ぎました。ご都合のよい時刻をお選びください。
ended-invalid = この番号にはおかけできません
ended-invalid-more = 存在しない番号のようです。番号をご確認ください。
ended-blocked = この番号にはお電話できません
ended-blocked-more = 別の番号をお知らせください。
ended-network = 電話網に障害が発生しました
ended-network-more = お客様の問題ではありません。しばらくしてからもう一度お試しください。
other-time = 別の時刻を選ぶ
change-number = 番号を変更する
done = 完了
ask-again = もう一度電話を依頼する

## Writing to each other

talk-title = メッセージ
talk-label = メッセージを書く
talk-send = 送信
talk-sending = 送信中…
talk-connecting = 接続しています…
talk-waiting = お電話を担当する者がメッセージを読みます。
talk-here = { $name }が読んでいます。
talk-offline = 接続がありません。書いた内容はここに残り、後で送信されます。
talk-over = 通話は終了しました。メッセージは引き続きここで読めます。
talk-long = 短くしてください：{ $most }文字まで入ります。
talk-full = これ以上メッセージは入りません。
talk-fast = 一度に多く送信されました。少し待ってからもう一度送信してください。
talk-unsent = 送信できませんでした。もう一度お試しください。
