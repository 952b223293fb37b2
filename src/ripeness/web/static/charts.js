// Charts: draws each <figure class="chart"> from its definition, at the width it has. No science.
const charts = (() => {
  const NARROW = 520; // pixels below which a chart takes its narrow form
  const WIDE = 900; // pixels below which a wide one stays as wide as it was made, and is moved sideways
  const LEAST = 90; // pixels that a panel keeps
  const figures = new Map(); // figure -> what is known of it: width, drawing number, view
  const definitions = new Map(); // address -> promise of a definition
  const inDark = matchMedia("(prefers-color-scheme: dark)");
  let library;

  const load = (address) =>
    (library ??= new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
      document.head.append(script);
    }));

  const fetched = (address) => {
    if (!definitions.has(address)) {
      const definition = fetch(address).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)));
      definition.catch(() => definitions.delete(address)); // asked anew next time
      definitions.set(address, definition);
    }
    return definitions.get(address);
  };

  const definitionOf = (figure, narrow) => {
    const light = inDark.matches ? "dark" : "light";
    if (figure.dataset.definition) return Promise.resolve(JSON.parse(figure.dataset.definition)[light + (narrow ? "-narrow" : "")]);
    return fetched(`${figure.dataset.address}?look=${light}${narrow ? "-narrow" : ""}`);
  };

  // Give a view, or the panels of one, so many pixels more.
  const widen = (view, more) => {
    const parts = view.hconcat ?? view.vconcat ?? view.concat;
    if (parts) {
      const beside = view.hconcat ? parts.length : view.concat ? Math.min(view.columns ?? parts.length, parts.length) : 1;
      parts.forEach((part) => widen(part, more / beside));
    } else if (view.spec) widen(view.spec, more / (view.columns ?? 1));
    else if (typeof view.width === "number") view.width = Math.max(LEAST, view.width + more);
  };

  const drawn = async (definition, more) => {
    const view = structuredClone(definition);
    widen(view, more);
    const box = document.createElement("div");
    const options = { mode: "vega-lite", renderer: "svg", actions: false, defaultStyle: false, tooltip: pointed(view), ast: false };
    const result = await vegaEmbed(box, view, options);
    const svg = box.querySelector("svg");
    svg.setAttribute("aria-hidden", "true"); // its place says in words what it shows
    svg.removeAttribute("class"); // the library's name for it is one of ours
    for (const name of ["role", "aria-roledescription", "aria-label"]) box.removeAttribute(name); // its place has them
    return { box, result, width: Number(svg.getAttribute("width")) };
  };

  // The width of a chart is that of its panels and of the names beside them: drawn, measured, and drawn anew.
  const fitted = async (definition, width, wide = false) => {
    let more = 0, picture = await drawn(definition, 0), slope = 1;
    for (let round = 0; round < 7 && Math.abs(width - picture.width) > 1.5; round += 1) {
      if (wide && width < WIDE && picture.width > width) break;
      const step = (width - picture.width) / slope;
      const next = await drawn(definition, more + step);
      picture.result.finalize();
      const change = next.width - picture.width;
      [more, picture] = [more + step, next];
      if (Math.abs(change) < 1 && step < 0) break; // its panels are as small as they get
      slope = Math.abs(change) < 1 ? 1 : change / step; // names above panels may be wider than these
    }
    return picture;
  };

  // A definition without its title, which stands above as text of the page.
  const bare = ({ title, padding, description, ...view }) => ({
    ...view,
    padding: { left: 2, right: 2, top: 4, bottom: 4 },
    config: { ...view.config, aria: false, mark: { ...view.config?.mark, aria: false }, padding: 0, background: "transparent" },
  });

  const draw = async (figure) => {
    const known = figures.get(figure), place = figure.querySelector(".drawing");
    const width = Math.floor(place?.clientWidth ?? 0);
    if (!known || width < 40) return; // hidden: it is drawn once it is seen
    const turn = (known.turn = (known.turn ?? 0) + 1);
    try {
      const wide = figure.classList.contains("wide"), narrow = width < NARROW && (!wide || "narrow" in figure.dataset);
      const [definition] = await Promise.all([definitionOf(figure, narrow), load(figure.dataset.library)]);
      if (turn !== known.turn || !definition) return;
      let picture = await fitted(bare(definition), width, wide && !narrow);
      if (!narrow && picture.width > width + 2 && !wide) {
        picture.result.finalize(); // names too long for panels beside each other
        picture = await fitted(bare(await definitionOf(figure, true)), width);
      }
      if (turn !== known.turn) return picture.result.finalize();
      known.result?.finalize();
      [known.result, known.colours] = [picture.result, definition.usermeta?.colours];
      place.replaceChildren(picture.box);
      const moves = picture.width > width + 3; // sideways, then also by the arrow keys
      place.classList.toggle("moves", moves);
      moves ? (place.tabIndex = 0) : place.removeAttribute("tabindex");
      figure.dataset.drawn = width;
      words(figure, place, definition);
    } catch (error) {
      if (turn === known.turn) fallback(figure, place);
    }
  };

  // A live figure gets its words with its definition; others have them in the page.
  const words = (figure, place, { title, description }) => {
    if (!figure.dataset.definition) return;
    const line = (text) => [text ?? ""].flat().join(" ");
    const [heading, below] = ["h3", ".subtitle"].map((name) => figure.querySelector(name));
    [heading.textContent, below.textContent] = [line(title?.text ?? title), line(title?.subtitle)];
    place.setAttribute("aria-label", description ?? heading.textContent);
  };

  const fallback = (figure, place) => {
    if (!figure.dataset.picture || place.querySelector("img")) return;
    const image = Object.assign(document.createElement("img"), { src: figure.dataset.picture, alt: place.getAttribute("aria-label") ?? "" });
    place.replaceChildren(image);
  };

  // What stands at the pointed place: a heading and rows of name and value, each in its colour.
  const tip = () => {
    let box = document.querySelector(".chart-tip");
    if (!box) document.body.append((box = Object.assign(document.createElement("div"), { className: "chart-tip", hidden: true })));
    return box;
  };
  let touched = -Infinity; // when a finger last told something: what a mouse would leave is not hidden then
  const pointed = (view) => (_, event, __, value) => {
    if (performance.now() - touched > 700) tell(event, value, view.usermeta?.colours ?? {});
  };
  const tell = (event, value, colours) => {
    const box = tip();
    box.hidden = value == null || value === "";
    if (box.hidden) return;
    const rows = typeof value === "object" ? Object.entries(value) : [["", value]];
    box.replaceChildren(...rows.filter(([, text]) => text !== "" && text != null).map(([name, text]) => {
      const row = document.createElement("div"), mark = document.createElement("i");
      const said = Object.assign(document.createElement("b"), { textContent: text });
      if (colours[name]) mark.style.background = colours[name];
      row.append(...(colours[name] ? [mark] : []), name.trim(), said);
      if (!name.trim()) row.className = "head";
      return row;
    }));
    const at = event.changedTouches?.[0] ?? event, { offsetWidth: wide, offsetHeight: high } = box;
    const left = at.clientX + 16 + wide < innerWidth - 8 ? at.clientX + 16 : at.clientX - 16 - wide;
    const top = Math.min(at.clientY + 12, innerHeight - high - 8);
    box.style.transform = `translate(${Math.max(8, Math.min(left, innerWidth - wide - 8))}px, ${Math.max(8, top)}px)`;
  };
  // A finger points where it is, also while it moves sideways; a touch elsewhere hides what was told.
  const finger = (event) => {
    if (event.pointerType !== "touch") return;
    const element = document.elementFromPoint(event.clientX, event.clientY);
    const known = figures.get(element?.closest("figure.chart")), item = element?.__data__;
    const value = known && (Array.isArray(item) ? item[0] : item)?.tooltip;
    if (value == null && event.type === "pointermove") return;
    touched = performance.now();
    tell(event, value, known?.colours ?? {});
  };
  for (const name of ["pointerdown", "pointermove"]) document.addEventListener(name, finger, { passive: true });
  addEventListener("scroll", () => (tip().hidden = true), { passive: true, capture: true });

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const figure = target.closest("figure.chart"), known = figures.get(figure);
      if (!known || Math.abs((known.asked ?? -9) - target.clientWidth) < 1) continue;
      clearTimeout(known.timer);
      known.timer = setTimeout(() => ((known.asked = target.clientWidth), draw(figure)), known.asked ? 90 : 0);
    }
  });

  // A live figure comes without its parts.
  const skeleton = (figure) => {
    const parts = [["h3", ""], ["p", "subtitle"], ["div", "drawing"]].map(([tag, name]) => Object.assign(document.createElement(tag), { className: name }));
    parts[2].setAttribute("role", "img");
    parts[2].setAttribute("aria-label", "Chart"); // until it has its words
    figure.replaceChildren(...parts);
  };

  const begin = (figure) => {
    if (figures.has(figure)) return;
    figures.set(figure, {});
    if (!figure.querySelector(".drawing")) skeleton(figure);
    sizes.observe(figure.querySelector(".drawing"));
  };
  const end = (figure) => {
    figures.get(figure)?.result?.finalize();
    figures.delete(figure);
    tip().hidden = true;
  };
  const all = (node, work) => {
    if (node.nodeType !== 1) return;
    if (node.matches("figure.chart")) work(node);
    node.querySelectorAll("figure.chart").forEach(work);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") figures.has(change.target) && draw(change.target);
      else {
        change.addedNodes.forEach((node) => all(node, begin));
        change.removedNodes.forEach((node) => all(node, (figure) => figure.isConnected || end(figure)));
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true, attributeFilter: ["data-definition", "data-address"] });
  all(document.documentElement, begin);
  inDark.addEventListener("change", () => figures.forEach((_, figure) => draw(figure)));

  // Tabs below a chart: the chart stays drawn while its table, its sources or its files are looked at.
  const open = async (button) => {
    const figure = button.closest("figure.chart"), tab = button.dataset.tab;
    figure.querySelectorAll("[role=tab]").forEach((other) => {
      other.setAttribute("aria-selected", other === button);
      other.tabIndex = other === button ? 0 : -1;
    });
    figure.querySelector(".drawing").hidden = tab !== "Chart";
    figure.querySelectorAll(".chart-panel").forEach((panel) => (panel.hidden = panel.dataset.tab !== tab));
    const panel = figure.querySelector(`.chart-panel[data-tab="${tab}"]`);
    if (!panel?.dataset.fetch) return;
    const address = panel.dataset.fetch;
    delete panel.dataset.fetch;
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw answer.status;
      panel.innerHTML = await answer.text(); // ours, escaped where it was made
    } catch {
      panel.dataset.fetch = address;
      panel.textContent = "The table could not be loaded; open it again.";
    }
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".chart-tabs [role=tab]");
    if (button) open(button);
  });
  document.addEventListener("keydown", (event) => {
    const button = event.target.closest?.(".chart-tabs [role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!button || !step) return;
    const tabs = [...button.parentElement.children];
    const next = tabs[(tabs.indexOf(button) + step + tabs.length) % tabs.length];
    next.focus();
    open(next);
    event.preventDefault();
  });

  return { draw };
})();
globalThis.charts = charts;
