//! The configuration of both, as templates.

/// A file's name and its text, with `{placeholders}`.
pub(crate) type Files = &'static [(&'static str, &'static str)];

const CDR: &str = "[general]\nenable = yes\nunanswered = yes\n\n[csv]\nusegmtime = yes\nloguniqueid = yes\n";
const RTP: &str = "[general]\nrtpstart = {rtp_from}\nrtpend = {rtp_to}\nstrictrtp = yes\nicesupport = no\n";
const LOGGER: &str = "[general]\ndateformat = %F %T.%3q\n\n[logfiles]\nconsole => notice,warning,error\nmessages => notice,warning,error\n";
const MUSIC: &str = "[default]\nmode = files\ndirectory = {home}/moh\n";
const HTTP: &str = "[general]\nenabled = no\n";
const NOBODY: &str = "[nobody]\nexten => _X.,1,Hangup(21)\n";
const HINTS: &str = "[hints]\nexten => ana,hint,Custom:ana\nexten => cleo,hint,Custom:cleo\n";
const STASIS: &str =
    "[threadpool]\nminimum_size = 5\ninitial_size = 5\nidle_timeout_sec = 20\nmax_size = 50\n";
const QUIET: &str = "[general]\n";

/// What both have.
pub(crate) const BOTH: Files = &[
    ("asterisk.conf", include_str!("../conf/asterisk.conf")),
    ("modules.conf", include_str!("../conf/modules.conf")),
    ("cdr.conf", CDR),
    ("rtp.conf", RTP),
    ("logger.conf", LOGGER),
    ("musiconhold.conf", MUSIC),
    ("http.conf", HTTP),
    ("stasis.conf", STASIS),
    ("pjproject.conf", QUIET),
    ("features.conf", QUIET),
    ("ccss.conf", QUIET),
    ("cel.conf", QUIET),
    ("manager.conf", QUIET),
    ("indications.conf", QUIET),
    ("udptl.conf", QUIET),
];

/// The exchange that connects to the edge.
pub(crate) const EXCHANGE: Files = &[
    ("pjsip.conf", include_str!("../conf/pbx.pjsip.conf")),
    ("ari.conf", include_str!("../conf/ari.conf")),
    (
        "websocket_client.conf",
        include_str!("../conf/websocket_client.conf"),
    ),
    ("extensions.conf", NOBODY),
];

/// A PBX that publishes how its phones are.
pub(crate) const PUBLISHER: Files = &[
    ("pjsip.conf", include_str!("../conf/publisher.pjsip.conf")),
    (
        "modules.conf",
        concat!(
            include_str!("../conf/modules.conf"),
            "load = res_pjsip_outbound_publish.so\n",
            "load = res_pjsip_exten_state.so\n",
            "load = res_pjsip_pidf_body_generator.so\n",
            "load = res_pjsip_pidf_eyebeam_body_supplement.so\n",
            "load = func_devstate.so\n",
        ),
    ),
    ("extensions.conf", HINTS),
    ("ari.conf", "[general]\nenabled = no\n"),
    ("websocket_client.conf", QUIET),
];

/// The telephone network.
pub(crate) const NETWORK: Files = &[
    ("pjsip.conf", include_str!("../conf/pstn.pjsip.conf")),
    ("extensions.conf", include_str!("../conf/pstn.extensions.conf")),
    ("ari.conf", "[general]\nenabled = no\n"),
    ("websocket_client.conf", QUIET),
];
