//! One e-mail, said to a mail server (RFC 5321): what to say next, given what it answered. The connection is somebody else's.

use shared::member::Email;

/// What the conversation needs to know.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// How we call ourselves.
    pub host: &'a str,
    /// `user` and `password`, base64-encoded as AUTH PLAIN wants them; none for servers that ask for none.
    pub credentials: Option<&'a str>,
    /// Whom it is from.
    pub from: &'a Email,
    /// Whom it is to.
    pub to: &'a Email,
    /// The message, lines ended by CR LF.
    pub message: &'a str,
}

/// Where the conversation stands: what was said last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Nothing: the server greets first.
    Greeting,
    /// `EHLO`.
    Hello,
    /// `AUTH`.
    Login,
    /// `MAIL FROM`.
    From,
    /// `RCPT TO`.
    To,
    /// `DATA`.
    Data,
    /// The message itself.
    Message,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Say this.
    Say(Stage, String),
    /// It was taken. Say goodbye.
    Taken,
    /// Not now (4xx): try again later.
    Later(u16),
    /// Never (5xx).
    Never(u16),
    /// This is not SMTP.
    Garbage,
}

/// The code of a reply that is complete: the last line has a space behind its code.
pub fn reply(text: &str) -> Option<u16> {
    let whole = text.strip_suffix('\n')?;
    let last = whole.rsplit('\n').next()?.trim_end_matches('\r');
    let (code, rest) = last.split_at_checked(3)?;
    (rest.is_empty() || rest.starts_with(' ')).then(|| code.parse().ok())?
}

/// What to say after this reply.
pub fn next(letter: &Letter<'_>, stage: Stage, code: u16) -> Next {
    match (stage, code) {
        (_, 400..=499) => Next::Later(code),
        (_, 500..=599) => Next::Never(code),
        (Stage::Greeting, 220) => Next::Say(Stage::Hello, format!("EHLO {}\r\n", letter.host)),
        (Stage::Hello, 250) => match letter.credentials {
            Some(plain) => Next::Say(Stage::Login, format!("AUTH PLAIN {plain}\r\n")),
            None => mail_from(letter),
        },
        (Stage::Login, 235) => mail_from(letter),
        (Stage::From, 250) => Next::Say(Stage::To, format!("RCPT TO:<{}>\r\n", letter.to)),
        (Stage::To, 250 | 251) => Next::Say(Stage::Data, "DATA\r\n".into()),
        (Stage::Data, 354) => Next::Say(Stage::Message, format!("{}.\r\n", stuffed(letter.message))),
        (Stage::Message, 250) => Next::Taken,
        _ => Next::Garbage,
    }
}

fn mail_from(letter: &Letter<'_>) -> Next {
    Next::Say(Stage::From, format!("MAIL FROM:<{}>\r\n", letter.from))
}

/// A line that begins with a dot would end the message: it gets another. The last line is ended.
fn stuffed(message: &str) -> String {
    let mut out = String::with_capacity(message.len() + 16);
    for line in message.split_inclusive('\n') {
        if line.starts_with('.') {
            out.push('.');
        }
        out.push_str(line);
    }
    if !out.ends_with("\r\n") {
        out.push_str("\r\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn play(credentials: Option<&str>, replies: &[u16]) -> (Vec<String>, Option<Next>) {
        let address = |name: &str| Email::parse(name).unwrap();
        let (from, to) = (address("door@shop.example"), address("ana@shop.example"));
        let letter = Letter {
            host: "ringback.example",
            credentials,
            from: &from,
            to: &to,
            message: "Subject: A\r\n\r\n.hidden\r\nend",
        };
        let (mut stage, mut said) = (Stage::Greeting, Vec::new());
        for code in replies {
            match next(&letter, stage, *code) {
                Next::Say(now, text) => {
                    stage = now;
                    said.push(text);
                }
                end => return (said, Some(end)),
            }
        }
        (said, None)
    }

    #[test]
    fn a_letter_is_handed_over() {
        let (said, end) = play(Some("AGEAYg=="), &[220, 250, 235, 250, 250, 354, 250]);
        assert_eq!(end, Some(Next::Taken));
        assert_eq!(
            said,
            [
                "EHLO ringback.example\r\n",
                "AUTH PLAIN AGEAYg==\r\n",
                "MAIL FROM:<door@shop.example>\r\n",
                "RCPT TO:<ana@shop.example>\r\n",
                "DATA\r\n",
                "Subject: A\r\n\r\n..hidden\r\nend\r\n.\r\n",
            ]
        );
    }

    #[test]
    fn a_server_may_say_later_or_never_at_every_place() {
        for place in 0..6 {
            let mut replies = vec![220, 250, 250, 250, 354, 250];
            replies[place] = 451;
            assert_eq!(play(None, &replies).1, Some(Next::Later(451)));
            replies[place] = 550;
            assert_eq!(play(None, &replies).1, Some(Next::Never(550)));
            replies[place] = 199;
            assert_eq!(play(None, &replies).1, Some(Next::Garbage));
        }
    }

    #[test]
    fn a_reply_is_whole_with_its_last_line() {
        assert_eq!(reply("250-first\r\n250 last\r\n"), Some(250));
        assert_eq!(reply("250-first\r\n"), None);
        assert_eq!(reply("250 las"), None);
        assert_eq!(reply("hello\r\n"), None);
        assert_eq!(reply("220\r\n"), Some(220));
    }
}
