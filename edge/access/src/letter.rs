//! The e-mail with a sign-in link, as text ready to be sent.

use lettre::message::Body;
use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Mailbox, MessageBuilder};
use lettre::{Address, Message};
use shared::Millis;
use shared::member::Email;
use std::time::{Duration, SystemTime};

/// Characters that a line of a message may have (RFC 5322).
const MAX_LINE: usize = 998;

/// What the e-mail says.
#[derive(Debug, Clone)]
pub struct SignInLetter<'a> {
    /// The business's name.
    pub business: &'a str,
    /// The sender's address.
    pub from: &'a Email,
    /// Whom it is for.
    pub to: &'a Email,
    /// Their name.
    pub name: &'a str,
    /// The link.
    pub link: &'a str,
    /// Names this e-mail among all others.
    pub id: &'a str,
    /// When it is written.
    pub at: Millis,
}

/// The message, as RFC 5322 has it.
///
/// # Errors
/// When an address or a name can't stand in a header.
pub fn write(letter: &SignInLetter<'_>) -> Result<String, lettre::error::Error> {
    let host = letter.from.as_str().rsplit('@').next().unwrap_or_default();
    let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at.0).unwrap_or_default());
    // Date and id are given: the builder's own would need a clock and randomness.
    let builder: MessageBuilder = Message::builder()
        .date(at)
        .message_id(Some(format!("<{}@{host}>", letter.id)))
        .from(mailbox(letter.business, letter.from)?)
        .to(mailbox(letter.name, letter.to)?)
        .subject(format!("Sign in at {}", plain(letter.business)));
    let message = builder
        .header(ContentType::TEXT_PLAIN)
        .body(body(words(letter)))?;
    Ok(String::from_utf8_lossy(&message.formatted()).into_owned())
}

/// Plain text as it is where that can be, so that nobody has to put a link together again.
fn body(text: String) -> Body {
    let short = text.lines().all(|line| line.len() <= MAX_LINE);
    if text.is_ascii() && short {
        Body::dangerous_pre_encoded(text.into_bytes(), ContentTransferEncoding::SevenBit)
    } else {
        Body::new(text)
    }
}

fn words(letter: &SignInLetter<'_>) -> String {
    format!(
        "Hello {},\r\n\r\nthis link signs you in at {}. It works once, within ten minutes, in the browser that asked for it:\r\n\r\n{}\r\n\r\n\
         If you did not ask for it, there is nothing to do: nobody else can use it.\r\n",
        plain(letter.name),
        plain(letter.business),
        letter.link
    )
}

fn mailbox(name: &str, email: &Email) -> Result<Mailbox, lettre::error::Error> {
    let (user, host) = email.as_str().rsplit_once('@').unwrap_or_default();
    let address = Address::new(user, host).map_err(|_| lettre::error::Error::MissingTo)?;
    Ok(Mailbox::new(Some(plain(name)), address))
}

/// A name without what would end its line.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_control()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter(business: &str) -> String {
        let address = |text: &str| Email::parse(text).unwrap();
        write(&SignInLetter {
            business,
            from: &address("door@ringback.example"),
            to: &address("ana@shop.example"),
            name: "Ana Ferreira",
            link: "https://edge.example/desk/?site=shop#in=key_1.abc",
            id: "key_1",
            at: Millis(1_000_000_000_000),
        })
        .unwrap()
    }

    #[test]
    fn it_has_a_head_and_the_link_whole() {
        let text = letter("Acme Bikes");
        for line in [
            "Date: Sun, 09 Sep 2001 01:46:40 +0000\r\n",
            "Message-ID: <key_1@ringback.example>\r\n",
            "From: \"Acme Bikes\" <door@ringback.example>\r\n",
            "To: \"Ana Ferreira\" <ana@shop.example>\r\n",
            "Subject: Sign in at Acme Bikes\r\n",
            "\r\nhttps://edge.example/desk/?site=shop#in=key_1.abc\r\n",
        ] {
            assert!(text.contains(line), "{line} in\n{text}");
        }
    }

    #[test]
    fn a_name_adds_no_header_and_other_letters_are_encoded() {
        let text = letter("Käfer\r\nBcc: all@shop.example");
        assert!(!text.contains("\r\nBcc:"), "{text}");
        assert!(text.is_ascii(), "{text}");
    }
}
