# The worker is made by `cargo xtask bench edge`.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "object", worker = .object),
    (name = "data", disk = (writable = true)),
  ],
  sockets = [(name = "http", http = (), service = "object")],
);

const object :Workerd.Worker = (
  modules = [
    (name = "index.js", esModule = embed "../../target/object/index.js"),
    (name = "index_bg.wasm", wasm = embed "../../target/object/index_bg.wasm"),
  ],
  compatibilityDate = "2026-04-01",
  durableObjectNamespaces = [
    (className = "Bare", uniqueKey = "bare", enableSql = true),
    (className = "Rows", uniqueKey = "rows", enableSql = true),
  ],
  durableObjectStorage = (localDisk = "data"),
  bindings = [
    (name = "BARE", durableObjectNamespace = "Bare"),
    (name = "ROWS", durableObjectNamespace = "Rows"),
  ],
);
