// The map of actors under the pointer and the arrows. No science.
(() => {
  // An actor is dragged along its position (across) and salience (up); arrows move it by a hundredth. The server draws
  // the map anew after each move: so the document is asked, not each dot, and what is in hand stays in hand.
  const hold = { holder: null, key: "", dragged: false, moved: null, timer: 0 };
  const dots = ".actors.movable circle[data-key]";
  const ends = (svg) => Object.fromEntries(["left", "right", "top", "bottom"].map((side) => [side, Number(svg.dataset[side])]));
  const clip = (share) => Math.min(1, Math.max(0, Math.round(share * 100) / 100));
  const inHand = () => [...(hold.holder?.querySelectorAll("circle[data-key]") ?? [])].find((dot) => dot.dataset.key === hold.key && dot.getClientRects().length);
  function put(dot, x, y) {
    const svg = dot.ownerSVGElement;
    const { left, right, top, bottom } = ends(svg);
    dot.setAttribute("cx", left + x * (right - left));
    dot.setAttribute("cy", bottom - y * (bottom - top));
    const name = [...svg.querySelectorAll("text[data-of]")].find((one) => one.dataset.of === dot.dataset.key);
    name?.setAttribute("x", dot.getAttribute("cx"));
    for (const line of name?.children ?? []) line.setAttribute("x", dot.getAttribute("cx"));
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
})();
