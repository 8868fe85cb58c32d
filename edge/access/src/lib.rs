//! Who may do what. Pure: the time, random texts and rows come in as values.
//!
//! | module | idea |
//! | --- | --- |
//! | [`right`] | the one table of roles and rights, and which right a route needs |
//! | [`fresh`] | what needs a sign-in of a short time ago |
//! | [`change`] | who may change whom among the members |
//! | [`session`] | when a session is over, and what a browser is called |
//! | [`audit`] | a log in which no line can be changed unnoticed |
//! | [`letter`] | the e-mail with a sign-in link |
//! | [`smtp`] | one e-mail, said to a mail server |
//! | [`passkey`] | what a browser says of a passkey, checked as WebAuthn says |
//! | [`sign_on`] | a company's own sign-in (OpenID Connect): where to send a browser, and whom a token names |
//! | [`signature`] | the signatures that both of them need |

pub mod audit;
pub mod change;
pub mod fresh;
pub mod letter;
pub mod passkey;
pub mod right;
pub mod session;
pub mod sign_on;
pub mod signature;
pub mod smtp;
