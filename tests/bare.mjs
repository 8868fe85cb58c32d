// The least that connects two people, as somebody would write it with Asterisk's manual at hand: a door for requests, a socket for
// Asterisk, no line, no memory, no rules. What a call costs beside it is what everything else costs. For `cargo xtask bench call`.
import { createServer } from "node:http";
import { WebSocketServer } from "ws";

let asterisk;
const agents = new Map();
const rest = (method, uri, body = {}) =>
  asterisk.send(JSON.stringify({
    type: "RESTRequest", request_id: uri, method, uri, content_type: "application/json", message_body: JSON.stringify(body),
  }));
const dial = (id, number) => rest("POST", `channels/${id}`, { endpoint: `PJSIP/${number}@trunk`, app: "ringback", timeout: 30 });

const wall = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: () => "ari" });
wall.on("connection", (socket) => {
  asterisk = socket;
  socket.on("message", (text) => {
    const event = JSON.parse(text);
    if (event.type !== "StasisStart") return;
    const [id, party] = event.channel.id.split(".");
    if (party === "c") dial(`${id}.a`, agents.get(id));
    else for (const leg of ["c", "a"]) rest("DELETE", `channels/${id}.${leg}`); // Measured; over.
  });
});
const door = createServer(async (request, response) => {
  let body = "";
  for await (const chunk of request) body += chunk;
  const [id, customer, agent] = body.split(" ");
  agents.set(id, agent);
  dial(`${id}.c`, customer);
  response.writeHead(201).end("{}");
});
door.listen(0, "127.0.0.1", () => console.log(`${door.address().port} ${wall.address().port}`));
process.stdin.on("end", () => process.exit()).resume();
