//! E-mails with sign-in links: written when they are sent, so that no link is kept, and given to the deployment's mail server.

use super::Core;
use crate::setting::Smtp;
use crate::store::session as store;
use crate::{clock, outbox};
use access::letter::{self, SignInLetter};
use access::smtp::{self, Letter, Next, Stage};
use futures_util::future::{Either, select};
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use worker::{Delay, Error, Result, SecureTransport, Socket};

/// How long a mail server may take in all. Shorter than a lease.
const PATIENCE_MS: u64 = 10_000;
/// Milliseconds before the next attempt, the second one and so on; after the last the link is of no use any more.
const PAUSES_MS: [i64; 6] = [1_000, 3_000, 10_000, 30_000, 60_000, 120_000];
/// Bytes of one reply that are read.
const MAX_REPLY: usize = 8 * 1024;

impl Core {
    /// Sends the e-mail with this link.
    pub(super) async fn mail(self: &Rc<Self>, row: &outbox::Row, id: &str) -> Result<()> {
        let now = clock::now();
        let (Some(link), Some(smtp)) = (store::link(&self.db, id, now)?, self.settings.mail()?) else {
            return outbox::remove(&self.db, row.seq);
        };
        let member = self
            .members()?
            .into_iter()
            .find(|member| member.email == link.email);
        let Some(member) = member else {
            return outbox::remove(&self.db, row.seq);
        };
        let (site, business) = self.read(|acd| {
            let config = acd.config();
            (config.site.clone(), config.business.name.clone())
        })?;
        let origin = self.settings.public_origin()?;
        let address = format!(
            "{origin}/{}/?site={site}#in={}",
            link.place,
            self.link_token(&site, id)?
        );
        let message = letter::write(&SignInLetter {
            business: &business,
            from: &smtp.from,
            to: &link.email,
            name: &member.name,
            link: &address,
            id,
            at: now,
        });
        let message = message.map_err(|error| Error::from(error.to_string()))?;
        let host = origin.split("://").last().unwrap_or_default();
        let letter = Letter {
            host: host.split(':').next().unwrap_or_default(),
            credentials: smtp.credentials.as_deref(),
            from: &smtp.from,
            to: &link.email,
            message: &message,
        };
        let told = match in_time(converse(&smtp, &letter)).await {
            Ok(Next::Taken) => return outbox::remove(&self.db, row.seq),
            Ok(Next::Never(code)) => {
                worker::console_error!("the mail server refused an e-mail for good: {code}");
                return outbox::remove(&self.db, row.seq);
            }
            Ok(Next::Later(code)) => format!("it answered with {code}"),
            Ok(Next::Garbage | Next::Say(..)) => "it does not speak SMTP".into(),
            Err(error) => error.to_string(),
        };
        worker::console_warn!("an e-mail could not be sent: {told}");
        let nth = usize::try_from(row.attempts).unwrap_or(usize::MAX);
        match PAUSES_MS.get(nth) {
            // Sent twice it is the same link.
            Some(pause) => outbox::postpone(&self.db, row.seq, now.plus_ms(*pause), false)?,
            None => outbox::remove(&self.db, row.seq)?,
        }
        self.rearm().await
    }
}

async fn in_time(sending: impl Future<Output = Result<Next>>) -> Result<Next> {
    let late = pin!(Delay::from(Duration::from_millis(PATIENCE_MS)));
    match select(pin!(sending), late).await {
        Either::Left((told, _)) => told,
        Either::Right(((), _)) => Err("it did not answer in time".into()),
    }
}

async fn converse(server: &Smtp, letter: &Letter<'_>) -> Result<Next> {
    let transport = if server.secure {
        SecureTransport::On
    } else {
        SecureTransport::Off
    };
    let mut socket = Socket::builder()
        .secure_transport(transport)
        .connect(&server.host, server.port)?;
    let mut stage = Stage::Greeting;
    loop {
        let code = reply(&mut socket).await?;
        match smtp::next(letter, stage, code) {
            Next::Say(now, text) => {
                socket.write_all(text.as_bytes()).await.map_err(lost)?;
                stage = now;
            }
            end => {
                // What was taken is taken, however the goodbye goes.
                drop(socket.write_all(b"QUIT\r\n").await);
                drop(socket.close().await);
                return Ok(end);
            }
        }
    }
}

async fn reply(socket: &mut Socket) -> Result<u16> {
    let (mut text, mut bytes) = (String::new(), [0; 1024]);
    while text.len() < MAX_REPLY {
        let read = socket.read(&mut bytes).await.map_err(lost)?;
        let part = bytes.get(..read).filter(|part| !part.is_empty());
        let part = part.ok_or_else(|| Error::from("it closed the connection"))?;
        text.push_str(&String::from_utf8_lossy(part));
        if let Some(code) = smtp::reply(&text) {
            return Ok(code);
        }
    }
    Err("its reply has no end".into())
}

fn lost(error: std::io::Error) -> Error {
    Error::from(error.to_string())
}
