//! The server dies at moments that nobody chose, on a real disk.

use stage::kill_again_and_again;

/// Customers ask and take back; agents talk; the server is killed twenty times in between. Nothing that was acknowledged is missing,
/// nothing is there twice, nobody is called twice, and every phone call is in the books.
#[test]
fn twenty_kills_lose_nothing() {
    let found = kill_again_and_again(20, 1).unwrap();
    assert!(found.faults.is_empty(), "{found}");
    assert!(found.in_flight > 0 && found.talked > 0, "{found}");
}
