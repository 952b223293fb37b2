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

  // An actor is dragged along its position (across) and salience (up); arrows move it by a hundredth. The server draws
  // the map anew after each move: so the document is asked, not each dot, and what is in hand stays in hand.
  const hold = { holder: null, key: "", dragged: false, moved: null, timer: 0 };
  const dots = ".actors.movable circle[data-key]";
  const ends = (svg) => Object.fromEntries(["left", "right", "top", "bottom"].map((side) => [side, Number(svg.dataset[side])]));
  const clip = (share) => Math.min(1, Math.max(0, Math.round(share * 100) / 100));
  const inHand = () => [...(hold.holder?.querySelectorAll("circle[data-key]") ?? [])].find((dot) => dot.dataset.key === hold.key);
  function put(dot, x, y) {
    const svg = dot.ownerSVGElement;
    const { left, right, top, bottom } = ends(svg);
    dot.setAttribute("cx", left + x * (right - left));
    dot.setAttribute("cy", bottom - y * (bottom - top));
    const name = [...svg.querySelectorAll("text[data-of]")].find((one) => one.dataset.of === dot.dataset.key);
    name?.setAttribute("x", dot.getAttribute("cx"));
    name?.setAttribute("y", Number(dot.getAttribute("cy")) - Number(dot.getAttribute("r")) - 5);
    Object.assign(dot.dataset, { x, y });
    hold.moved = { key: dot.dataset.key, x, y };
  }
  function tell() {
    clearTimeout(hold.timer);
    if (hold.moved) emitEvent("actor", hold.moved);
    hold.moved = null;
  }
  // A map that was drawn anew has the dot where it was before the last moves, and nothing in it is in focus.
  const redrawn = new MutationObserver(() => {
    const dot = inHand();
    if (!dot) return;
    if (hold.moved) put(dot, hold.moved.x, hold.moved.y);
    if (document.activeElement === document.body) dot.focus({ preventScroll: true });
  });
  function take(dot) {
    if (hold.key !== dot.dataset.key) tell();
    hold.holder = dot.closest(".actors");
    hold.key = dot.dataset.key;
    redrawn.disconnect();
    redrawn.observe(hold.holder, { childList: true, subtree: true });
  }
  document.addEventListener("keydown", (event) => {
    const dot = event.target.closest?.(dots);
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (!dot || !step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    take(dot);
    put(dot, clip(Number(dot.dataset.x) + step[0] / 100), clip(Number(dot.dataset.y) + step[1] / 100));
    clearTimeout(hold.timer);
    hold.timer = setTimeout(tell, 400);
  });
  document.addEventListener("focusin", (event) => {
    if (!event.target.closest?.(dots)) hold.key = hold.moved ? hold.key : "";
  });
  document.addEventListener("pointerdown", (event) => {
    const dot = event.target.closest?.(dots);
    if (!dot || event.button) return;
    take(dot);
    hold.dragged = true;
    hold.holder.setPointerCapture(event.pointerId);
  });
  document.addEventListener("pointermove", (event) => {
    const dot = hold.dragged && inHand();
    if (!dot) return;
    const { left, right, top, bottom } = ends(dot.ownerSVGElement);
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(dot.ownerSVGElement.getScreenCTM().inverse());
    put(dot, clip((at.x - left) / (right - left)), clip((bottom - at.y) / (bottom - top)));
  });
  for (const over of ["pointerup", "pointercancel"]) {
    document.addEventListener(over, () => {
      if (hold.dragged) tell();
      hold.dragged = false;
    });
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

  return { tour, complete, introduce };
})();
globalThis.workbench = workbench;
