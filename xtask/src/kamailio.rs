//! Kamailio, for the tests of presence: out of this Debian's packages into a folder under `.tools`. Installed, it would be started as a
//! server of the machine.

use crate::asterisk::Installed;
use crate::debian;
use crate::fail::Result;
use crate::paths::Paths;
use crate::progress::Progress;

const PACKAGES: [&str; 6] = [
    "kamailio",
    "kamailio-extra-modules",
    "kamailio-json-modules",
    "kamailio-presence-modules",
    "kamailio-utils-modules",
    "kamailio-xml-modules",
];

/// Unpacks it, unless it is there.
pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Installed> {
    debian::unpack("Kamailio", &PACKAGES, &paths.tools().join("kamailio"), progress)
}
