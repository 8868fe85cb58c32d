//! The connection between the two browsers of a call: its number, and who has said that it is there.

use crate::store::sql::Db;
use serde::Deserialize;
use shared::RequestId;
use shared::call::Party;
use shared::limit::MAX_CONNECTIONS;
use worker::Result;

#[derive(Deserialize)]
struct Row {
    n: u32,
    customer: i64,
    agent: i64,
}

/// A new connection, of which nobody has said anything yet: its number, or `None` when the call has had enough of them.
pub(crate) fn renew(db: &Db, request: &RequestId) -> Result<Option<u32>> {
    let row: Option<Row> = db.row(
        "INSERT INTO connection (request, n, customer, agent) VALUES (?, 1, 0, 0)
         ON CONFLICT (request) DO UPDATE SET n = n + 1, customer = 0, agent = 0 RETURNING n, customer, agent",
        [request.as_str().into()],
    )?;
    Ok(row.map(|row| row.n).filter(|n| *n <= MAX_CONNECTIONS))
}

/// Nobody has said that the present connection is there.
pub(crate) fn unsay(db: &Db, request: &RequestId) -> Result<()> {
    db.run(
        "UPDATE connection SET customer = 0, agent = 0 WHERE request = ?",
        [request.as_str().into()],
    )
}

/// The number of the present connection; 0 before the first.
pub(crate) fn present(db: &Db, request: &RequestId) -> Result<u32> {
    let row: Option<Row> = db.row(
        "SELECT n, customer, agent FROM connection WHERE request = ?",
        [request.as_str().into()],
    )?;
    Ok(row.map_or(0, |row| row.n))
}

/// One side says that the connection of this number is there. True when both have.
pub(crate) fn connected(db: &Db, request: &RequestId, n: u32, side: Party) -> Result<bool> {
    let (customer, agent) = match side {
        Party::Customer => (1, 0),
        Party::Agent => (0, 1),
    };
    let row: Option<Row> = db.row(
        "UPDATE connection SET customer = MAX(customer, ?), agent = MAX(agent, ?) WHERE request = ? AND n = ?
         RETURNING n, customer, agent",
        [
            customer.into(),
            agent.into(),
            request.as_str().into(),
            i64::from(n).into(),
        ],
    )?;
    Ok(row.is_some_and(|row| row.customer != 0 && row.agent != 0))
}
