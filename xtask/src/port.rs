//! Ports of this machine: whether one is free, and who has it.

use std::fs;
use std::net::TcpListener;

use crate::fail::{Doing, Fail, Result};

/// Below the ports that the system gives to outgoing connections: a page that keeps trying to reach a server that is down
/// would sooner or later get such a port itself, and the server could not come back.
const FIRST: u16 = 20_000;
const COUNT: u16 = 10_000;
const TRIES: usize = 100;

/// The port asked for, if it is free; for 0 some free one.
pub(crate) fn free(port: u16) -> Result<u16> {
    let is_free = |port: &u16| TcpListener::bind(("127.0.0.1", *port)).is_ok();
    if port == 0 {
        let some = (0..TRIES).filter_map(|_| any().ok()).find(is_free);
        return some.ok_or_else(|| Fail::new("No free port was found: name one with `--port`"));
    }
    if is_free(&port) {
        return Ok(port);
    }
    let who = match holder(port) {
        Some(who) => format!("{who} has it"),
        None => format!("`lsof -i :{port}` says by whom"),
    };
    let other = port.checked_add(1).unwrap_or(FIRST);
    Err(Fail::new(format!(
        "Port {port} is taken: {who}. Stop that, or take another with `--port {other}`"
    )))
}

fn any() -> Result<u16> {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).doing(|| "no random numbers".to_owned())?;
    Ok(FIRST + u16::from_le_bytes(bytes) % COUNT)
}

/// The process that listens on a port, where `/proc` tells.
fn holder(port: u16) -> Option<String> {
    let inode = ["/proc/net/tcp", "/proc/net/tcp6"]
        .iter()
        .filter_map(|table| fs::read_to_string(table).ok())
        .find_map(|table| listening_inode(&table, port))?;
    let socket = format!("socket:[{inode}]");
    for process in fs::read_dir("/proc").ok()?.flatten() {
        let name = process.file_name();
        let Some(pid) = name
            .to_str()
            .filter(|name| name.bytes().all(|byte| byte.is_ascii_digit()))
        else {
            continue;
        };
        let Ok(files) = fs::read_dir(process.path().join("fd")) else {
            continue;
        };
        let holds = files
            .flatten()
            .any(|file| fs::read_link(file.path()).is_ok_and(|to| to.as_os_str() == &*socket));
        if holds {
            let command = fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            return Some(format!("{} (process {pid})", command.trim()));
        }
    }
    None
}

fn listening_inode(table: &str, port: u16) -> Option<String> {
    let (local, listening) = (format!(":{port:04X}"), "0A");
    table.lines().skip(1).find_map(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let here = words.get(1)?.ends_with(&local) && *words.get(3)? == listening;
        here.then(|| words.get(9).map(|inode| (*inode).to_owned()))
            .flatten()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_who_has_a_port() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let told = free(port).unwrap_err().to_string();
        assert!(told.contains(&format!("Port {port} is taken")), "{told}");
        if cfg!(target_os = "linux") {
            assert!(
                told.contains(&format!("(process {})", std::process::id())),
                "{told}"
            );
        }
    }
}
