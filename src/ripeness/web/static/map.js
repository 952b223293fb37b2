// The causal map under the pointer and the keys: an arrow that is pointed at lights its loops, a click cuts its link. No science.
(() => {
  const arrowOf = (event) => event.target.closest?.(".causal .arrow");
  const loopsOf = (arrow) => arrow.dataset.loops.split(" ").filter(Boolean);
  let lit = null;

  const light = (arrow) => {
    if (arrow === lit) return;
    const svg = (arrow ?? lit)?.closest("svg.causal"), words = svg?.closest(".causal-holder")?.querySelector(".loop-words");
    lit = arrow;
    if (!svg) return;
    const loops = arrow ? loopsOf(arrow) : [];
    svg.classList.toggle("lighting", Boolean(arrow));
    for (const other of svg.querySelectorAll(".arrow")) {
      other.classList.toggle("lit", other === arrow || loopsOf(other).some((loop) => loops.includes(loop)));
    }
    if (!words) return;
    const [hint, list] = [words.querySelector("p"), words.querySelector("ul")];
    hint.textContent = arrow
      ? `${arrow.querySelector("title").textContent}${loops.length ? "" : "; it is part of no loop"}`
      : "Point at an arrow to see the loops that it is part of; click it to cut it.";
    list.hidden = !loops.length;
    let shown = 0;
    for (const line of list.children) line.hidden = !loops.includes(line.dataset.loop) || ++shown > 3;
  };
  const cut = (arrow) => arrow?.dataset.link && emitEvent("strike", { link: arrow.dataset.link });

  document.addEventListener("pointerover", (event) => {
    const arrow = arrowOf(event);
    if (arrow || event.target.closest?.(".causal") || lit) light(arrow ?? null);
  });
  document.addEventListener("focusin", (event) => arrowOf(event) && light(arrowOf(event)));
  document.addEventListener("focusout", (event) => arrowOf(event) && light(null));
  document.addEventListener("click", (event) => cut(arrowOf(event)));
  document.addEventListener("keydown", (event) => {
    if (!["Enter", " "].includes(event.key) || !arrowOf(event)) return;
    event.preventDefault();
    cut(arrowOf(event));
  });

  // What is cut, as the server has it.
  globalThis.causalMap = {
    show(cuts) {
      for (const arrow of document.querySelectorAll(".causal .arrow[data-link]")) {
        const isCut = cuts.includes(arrow.dataset.link);
        arrow.classList.toggle("cut", isCut);
        arrow.setAttribute("aria-pressed", isCut);
      }
    },
  };
})();
