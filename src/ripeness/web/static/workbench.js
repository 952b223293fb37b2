// What only a browser can do on every page: keys that go to a screen, and the tour. No science.
const workbench = (() => {
  const element = (tag, text, to, kind) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (kind) made.className = kind;
    if (to) to.append(made);
    return made;
  };

  // g, then the letter of a screen, goes there; nothing happens while one is typing.
  let waiting = -Infinity;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable=true], .cm-editor");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "g") waiting = event.timeStamp;
    else if (event.timeStamp - waiting < 3000) {
      waiting = -Infinity;
      const way = [...document.querySelectorAll("a[data-key]")].find((one) => one.dataset.key === event.key);
      if (way) location.assign(way.href);
    }
  });

  const steps = [
    ["Welcome", "Each card is a war as it stood on one day. Its picture shows how it may end: what past wars like it did, what the model says, and what each analyst's version of it gives."],
    ["Outlook", "A case opens on its outlook. Change the date, or whose version is used, and the answer follows. The tabs ask who decides, whether it is ripe, and what would change it.", "f"],
    ["Analysts differ", "One war, several analysts. Where their versions lie far apart, judgement makes the forecast, not the model.", "k"],
    ["Evidence", "Every number has a range and a source. Copy a case to change it; faults are told at their field.", "s"],
    ["Send it", "What you set stands in the address: the link shows the same to somebody else. Keys: g and a letter; the keyboard sign above lists them."],
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

  return { tour };
})();
globalThis.workbench = workbench;
