//! Addresses in the demo's pages and in its document. The sources name those of the local server on its usual port.

/// Where the edge is.
const EDGE: &str = "http://127.0.0.1:8787";
/// Where the shop is: on purpose another origin of the same server, as a merchant's pages are.
const SHOP: &str = "http://localhost:8787";
const PORT: &str = "8787";

/// The local edge's origin on this port.
pub(crate) fn edge(port: u16) -> String {
    EDGE.replace(PORT, &port.to_string())
}

/// The local shop's origin on this port.
pub(crate) fn shop(port: u16) -> String {
    SHOP.replace(PORT, &port.to_string())
}

/// A text of the sources with other addresses.
pub(crate) fn moved(text: &str, edge: &str, shop: &str) -> String {
    text.replace(EDGE, edge).replace(SHOP, shop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_name_the_server_they_come_from() {
        let page = r#"<script src="http://127.0.0.1:8787/v1/ringback.js"></script><a href="http://localhost:8787/shop/">"#;
        let moved = moved(page, &edge(9001), &shop(9001));
        assert_eq!(
            moved,
            r#"<script src="http://127.0.0.1:9001/v1/ringback.js"></script><a href="http://localhost:9001/shop/">"#
        );
    }
}
