# A Worker with the compatibility date of the day, reached on a free port, that may call the loopback server.
using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["public", "private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);

const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "bundle.js")],
  bindings = [(name = "BASE_URL", fromEnvironment = "BASE_URL")],
  compatibilityDate = "2026-11-01",
);
