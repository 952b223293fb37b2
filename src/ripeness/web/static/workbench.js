// What only a browser can do: keys, the tour, dragging an actor, and offering words to the editor. No science.
const workbench = (() => {
  const element = (tag, text, to, kind) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    if (to) to.append(made);
    return made;
  };

  // g, then the letter of a screen, goes there; nothing happens while one is typing.
  let waiting = 0;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true], .cm-editor");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "g") waiting = Date.now();
    else if (Date.now() - waiting < 1500) {
      waiting = 0;
      const way = [...document.querySelectorAll("a[data-key]")].find((one) => one.dataset.key === event.key);
      if (way) location.assign(way.href);
    }
  });

  const steps = [
    ["Welcome", "A war on the shelf is a card: the bar shows how it may end, from thousands of simulated wars. Two minutes show the rest."],
    ["Forecast", "Open a forecast to see the chances month by month, with two kinds of uncertainty: luck, and numbers nobody knows.", "f"],
    ["Scenario", "Every number stands in a file with a range and a source. Duplicate a case to change it: faults are marked as you type.", "s"],
    ["Side by side", "Three codings of one war stand beside each other. Where they differ, judgement makes the forecast, not the model."],
    ["Do it again", "Each page shows the line of the command line and of Python that gives the same. Keys: g and a letter; the keyboard sign above lists them."],
  ];
  const seen = "ripeness-tour-seen";
  function tour(asked) {
    if (!asked && localStorage.getItem(seen)) return;
    localStorage.setItem(seen, "1");
    document.querySelector(".tour")?.remove();
    const box = element("section", "", document.body, "tour");
    box.setAttribute("role", "dialog");
    box.setAttribute("aria-label", "Tour");
    let at = 0;
    const show = () => {
      const [title, text, key] = steps[at];
      box.replaceChildren();
      element("h2", title, box);
      element("p", text, box);
      const last = at === steps.length - 1;
      const next = element("button", last ? "Done" : "Next", box);
      next.onclick = () => (last ? box.remove() : ((at += 1), show()));
      const way = key && document.querySelector(`a[data-key="${key}"]`);
      if (way) Object.assign(element("a", `open ${title}`, box), { href: way.href });
      if (!last) element("button", "Skip", box, "plain").onclick = () => box.remove();
      next.focus({ preventScroll: true });
    };
    box.onkeydown = (event) => event.key === "Escape" && box.remove();
    show();
  }

  // An actor is dragged along its position (across) and salience (up); arrows move it by a hundredth.
  function actors(holder) {
    const svg = document.querySelector(`${holder} svg`);
    if (!svg || svg.dataset.ready) return;
    svg.dataset.ready = "1";
    const { left, right, top, bottom } = Object.fromEntries(Object.entries(svg.dataset).map(([k, v]) => [k, Number(v)]));
    const clip = (share) => Math.min(1, Math.max(0, Math.round(share * 100) / 100));
    const put = (dot, x, y) => {
      dot.setAttribute("cx", left + x * (right - left));
      dot.setAttribute("cy", bottom - y * (bottom - top));
      const name = svg.querySelector(`text[data-of="${dot.dataset.key}"]`);
      name.setAttribute("x", dot.getAttribute("cx"));
      name.setAttribute("y", Number(dot.getAttribute("cy")) - Number(dot.getAttribute("r")) - 5);
      Object.assign(dot.dataset, { x, y });
    };
    const tell = (dot) => emitEvent("actor", { key: dot.dataset.key, x: Number(dot.dataset.x), y: Number(dot.dataset.y) });
    for (const dot of svg.querySelectorAll("circle[data-key]")) {
      dot.onpointerdown = (down) => {
        dot.setPointerCapture(down.pointerId);
        dot.onpointermove = (event) => {
          const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
          put(dot, clip((at.x - left) / (right - left)), clip((bottom - at.y) / (bottom - top)));
        };
        dot.onpointerup = () => {
          dot.onpointermove = dot.onpointerup = null;
          tell(dot);
        };
      };
      dot.onkeydown = (event) => {
        const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key] ?? [0, 0];
        if (!dx && !dy) return;
        event.preventDefault();
        put(dot, clip(Number(dot.dataset.x) + dx / 100), clip(Number(dot.dataset.y) + dy / 100));
        clearTimeout(dot.waiting);
        dot.waiting = setTimeout(() => tell(dot), 400);
      };
    }
  }

  // The editor says what it is, and its text can be scrolled with keys even where it cannot be changed.
  async function introduce(id) {
    const editor = getElement(id);
    await editor.editorPromise;
    editor.editor.contentDOM.setAttribute("aria-label", "Scenario as text");
    editor.editor.scrollDOM.setAttribute("tabindex", "0");
  }

  // The editor asks the server what may stand at the cursor.
  async function complete(id) {
    const editor = getElement(id);
    await editor.editorPromise;
    const code = await import("nicegui-codemirror");
    const source = async (context) => {
      const word = context.matchBefore(/[\w-]*/);
      const line = context.state.doc.lineAt(context.pos).text;
      if (!context.explicit && word.from === word.to && !/[:{,] $/.test(line)) return null;
      const before = context.state.doc.sliceString(0, context.pos);
      const answer = await fetch("/api/v1/complete", {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ before }),
      });
      return answer.ok ? { from: word.from, options: await answer.json(), validFor: /^[\w-]*$/ } : null;
    };
    const offered = code.EditorState.languageData.of(() => [{ autocomplete: source }]);
    editor.editor.dispatch({ effects: code.StateEffect.appendConfig.of(offered) });
  }

  return { tour, actors, complete, introduce };
})();
globalThis.workbench = workbench;
