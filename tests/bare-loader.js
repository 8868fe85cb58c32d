/* What the loader is measured beside: the least that paints a button and opens an app in a frame. A kilobyte. */
(() => {
  const script = document.currentScript;
  const edge = new URL(script.src).origin;
  const style = {
    position: "fixed", zIndex: 2147483000, insetBlockEnd: "20px", insetInlineEnd: "20px", padding: "16px 20px", border: 0,
    borderRadius: "28px", background: "#0a5c55", color: "#fff", font: "bold 16px/1.3 system-ui, sans-serif", cursor: "pointer",
    boxShadow: "0 4px 24px #10211e4d",
  };
  const box = {
    position: "fixed", zIndex: 2147483000, insetBlockEnd: "88px", insetInlineEnd: "20px", width: "380px", height: "640px",
    border: "1px solid #8886", borderRadius: "16px", background: "Canvas",
  };
  const start = () => {
    const button = document.createElement("button");
    button.id = "bare";
    button.textContent = "Talk to a person";
    Object.assign(button.style, style);
    let frame;
    button.onclick = () => {
      if (frame) return frame.hidden = !frame.hidden;
      frame = document.createElement("iframe");
      frame.src = edge + "/counter/";
      frame.title = "Counter";
      Object.assign(frame.style, box);
      document.body.append(frame);
    };
    document.body.append(button);
  };
  if (document.body) start();
  else addEventListener("DOMContentLoaded", start);
})();
