// What the edge is measured beside: a worker that says hello, and an object that keeps each request in one row.
import { DurableObject } from "cloudflare:workers";

export class Bare extends DurableObject {
  constructor(state, env) {
    super(state, env);
    state.storage.sql.exec("CREATE TABLE IF NOT EXISTS request (id TEXT PRIMARY KEY, body TEXT NOT NULL)");
  }

  async fetch(request) {
    const id = crypto.randomUUID();
    this.ctx.storage.sql.exec("INSERT INTO request (id, body) VALUES (?, ?)", id, await request.text());
    return Response.json({ id }, { status: 201 });
  }
}

export default {
  fetch(request, env) {
    const { pathname } = new URL(request.url);
    return pathname === "/hello" ? new Response("hello") : env.BARE.getByName(pathname).fetch(request);
  },
};
