//! coturn, for the tests of calls in the browser: out of this Debian's packages into a folder under `.tools`, as Kamailio is.

use crate::asterisk::Installed;
use crate::debian;
use crate::fail::Result;
use crate::paths::Paths;
use crate::progress::Progress;

/// Unpacks it, unless it is there.
pub(crate) fn ensure(paths: &Paths, progress: &Progress) -> Result<Installed> {
    debian::unpack("coturn", &["coturn"], &paths.tools().join("coturn"), progress)
}
