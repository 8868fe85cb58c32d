# How the worker runs on one machine. `cargo xtask start` overrides the address and the folders, and sets the environment.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "edge", worker = .edge),
    (name = "site", disk = (path = "../target/site")),
    (name = "data", disk = (path = "../.ringback/data", writable = true)),
    # The worker calls carriers, and the sandbox's one is on this machine.
    (name = "internet", network = (allow = ["public", "private"], tlsOptions = (trustBrowserCas = true))),
  ],
  # `cf-blob` stands for what Cloudflare knows of a visitor, for example {"country": "FR"}.
  sockets = [(name = "http", address = "127.0.0.1:8787", http = (cfBlobHeader = "cf-blob"), service = "edge")],
);

const edge :Workerd.Worker = (
  modules = [
    (name = "front.js", esModule = embed "../target/edge/front.js"),
    (name = "index.js", esModule = embed "../target/edge/index.js"),
    (name = "index_bg.wasm", wasm = embed "../target/edge/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-01",
  durableObjectNamespaces = [
    (className = "Business", uniqueKey = "ringback-business", enableSql = true),
    (className = "Exchange", uniqueKey = "ringback-exchange", enableSql = true),
    (className = "Rings", uniqueKey = "ringback-rings", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
  bindings = [
    (name = "BUSINESS", durableObjectNamespace = "Business"),
    (name = "EXCHANGE", durableObjectNamespace = "Exchange"),
    (name = "RINGS", durableObjectNamespace = "Rings"),
    (name = "ASSETS", service = "site"),
    # The header in which a proxy of yours tells from where somebody asks; without one networks are not counted.
    (name = "NETWORK_HEADER", fromEnvironment = "NETWORK_HEADER"),
    (name = "PUBLIC_ORIGIN", fromEnvironment = "PUBLIC_ORIGIN"),
    (name = "SMTP_URL", fromEnvironment = "SMTP_URL"),
    (name = "MAIL_FROM", fromEnvironment = "MAIL_FROM"),
    (name = "DEMO", fromEnvironment = "DEMO"),
    (name = "DEMO_CODE", fromEnvironment = "DEMO_CODE"),
    (name = "OPERATOR_SECRET", fromEnvironment = "OPERATOR_SECRET"),
    (name = "SANDBOX_SECRET", fromEnvironment = "SANDBOX_SECRET"),
    (name = "EVENT_SECRET", fromEnvironment = "EVENT_SECRET"),
    (name = "RECEIPT_SECRET", fromEnvironment = "RECEIPT_SECRET"),
    (name = "VAULT_SECRET", fromEnvironment = "VAULT_SECRET"),
    (name = "SECRET_SEED", fromEnvironment = "SECRET_SEED"),
    (name = "DIAL_CEILINGS", fromEnvironment = "DIAL_CEILINGS"),
    (name = "TURNSTILE_SITE_KEY", fromEnvironment = "TURNSTILE_SITE_KEY"),
    (name = "TURNSTILE_SECRET", fromEnvironment = "TURNSTILE_SECRET"),
    (name = "TURNSTILE_VERIFY", fromEnvironment = "TURNSTILE_VERIFY"),
    (name = "STUN_URLS", fromEnvironment = "STUN_URLS"),
    (name = "TURN_URLS", fromEnvironment = "TURN_URLS"),
    (name = "TURN_SECRET", fromEnvironment = "TURN_SECRET"),
    (name = "TURN_KEY_ID", fromEnvironment = "TURN_KEY_ID"),
    (name = "TURN_KEY_TOKEN", fromEnvironment = "TURN_KEY_TOKEN"),
    (name = "RTC_RELAY_ONLY", fromEnvironment = "RTC_RELAY_ONLY"),
  ],
);
