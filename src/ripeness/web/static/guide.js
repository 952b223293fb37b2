// The guided form of a scenario: whiskers that are dragged, fields that are entered, and a page that is shown anew
// without taking anything out of one's hands. No science.
const guide = (() => {
  let sent = 0; // entries so far; the server says which of them what it shows has taken in
  const held = new Map(); // field -> its last entry, for as long as the server has not shown it
  const send = (name, field, message) => {
    sent += 1;
    if (field) held.set(field, sent);
    emitEvent(name, { ...message, entry: sent });
  };
  const figure = (value) => Number(value.toPrecision(3));
  const within = (value, low, high) => Math.min(Math.max(value, low), high);

  // A track: where a value lies on it, and which value lies at a place; by ratios where it says so.
  function track(field) {
    const [low, high] = [Number(field.dataset.low), Number(field.dataset.high)];
    const ratios = field.dataset.log === "1";
    const scale = ratios ? Math.log : (x) => x;
    const back = ratios ? Math.exp : (x) => x;
    const [from, to] = [scale(low), scale(high)];
    return {
      low, high,
      share: (value) => within(((scale(Math.max(value, ratios ? low : -Infinity)) - from) / (to - from)) * 100, 0, 100),
      value: (share) => figure(back(from + (within(share, 0, 100) / 100) * (to - from))),
    };
  }
  const read = (text) => {
    const words = text.trim().replace(/\s|%/g, "").replace(/^(-?\d+),(\d{1,2})$/, "$1.$2").replace(/,(?=\d{3})/g, "");
    return words === "" ? NaN : Number(words);
  };
  const figures = (field) => ["low", "value", "high"].map((end) => field.querySelector(`input[data-end=${end}]`));
  const numbers = (field) => figures(field).map((input) => read(input.value));

  // Show three values on a field. A value that moves takes its ends along; an end moves alone, and stops at the value.
  function put(field, values) {
    const on = track(field);
    figures(field).forEach((input, at) => (input.value = String(values[at])));
    const shares = values.map(on.share);
    field.querySelectorAll(".g-end").forEach((end, at) => {
      end.style.left = `${shares[at]}%`;
      end.setAttribute("aria-valuenow", values[at]);
      end.setAttribute("aria-valuetext", `${values[at]} ${field.querySelector(".g-unit").textContent}`);
    });
    const band = field.querySelector(".g-band");
    if (band) Object.assign(band.style, { left: `${shares[0]}%`, width: `${shares[2] - shares[0]}%` });
  }
  function moved(on, values, end, value) {
    const [low, middle, high] = values;
    if (end === "low") return [Math.min(value, middle), middle, high];
    if (end === "high") return [low, middle, Math.max(value, middle)];
    const by = on.share(value) - on.share(middle);
    const [bottom, top] = [low, high].map((other) => (other === middle ? value : on.value(on.share(other) + by)));
    return [Math.min(bottom, value), value, Math.max(top, value)];
  }
  const tell = (field) => {
    const [low, value, high] = numbers(field);
    send("scenario-number", field.id, { path: field.dataset.path, low, value, high });
  };

  // Dragging an end, or the value, or the band between the ends, which stands for the value.
  let drag = null;
  document.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest?.(".g-end[tabindex], .g-band");
    if (!grip || event.button) return;
    const field = grip.closest(".g-number");
    if (!field.querySelector(".g-end[tabindex]")) return;
    const rail = field.querySelector(".g-track").getBoundingClientRect();
    drag = { field, rail, end: grip.dataset.end ?? "value", from: event.clientX, start: numbers(field) };
    grip.setPointerCapture?.(event.pointerId);
    if (grip.dataset.end) grip.focus({ preventScroll: true });
    event.preventDefault();
  });
  // A number that is not stated is stated where its track is clicked, with some room to both sides.
  document.addEventListener("click", (event) => {
    const rail = event.target.closest?.(".g-empty");
    const field = rail?.closest(".g-number");
    if (!field || field.querySelector("input[readonly]")) return;
    const [on, box] = [track(field), rail.getBoundingClientRect()];
    const share = ((event.clientX - box.left) / box.width) * 100;
    put(field, [on.value(share - 10), on.value(share), on.value(share + 10)]);
    tell(field);
  });
  document.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const on = track(drag.field);
    const by = ((event.clientX - drag.from) / drag.rail.width) * 100;
    const at = ["low", "value", "high"].indexOf(drag.end);
    put(drag.field, moved(on, drag.start, drag.end, on.value(on.share(drag.start[at]) + by)));
    held.set(drag.field.id, Infinity);
  });
  for (const over of ["pointerup", "pointercancel"]) {
    document.addEventListener(over, () => {
      if (drag && held.get(drag.field.id) === Infinity) tell(drag.field);
      drag = null;
    });
  }

  // Keys move an end by a hundredth of the track, pages by a tenth.
  let waiting = 0;
  const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
  document.addEventListener("keydown", (event) => {
    const end = event.target.closest?.(".g-end[tabindex]");
    if (!end || !(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const [field, values] = [end.closest(".g-number"), numbers(end.closest(".g-number"))];
    const at = ["low", "value", "high"].indexOf(end.dataset.end);
    const on = track(field);
    put(field, moved(on, values, end.dataset.end, on.value(on.share(values[at]) + steps[event.key])));
    held.set(field.id, Infinity);
    clearTimeout(waiting);
    waiting = setTimeout(() => tell(field), 400);
  });

  // What is entered in a field. A number that is none is said to be none at its place, and kept for mending.
  document.addEventListener("change", (event) => {
    const input = event.target;
    const field = input.closest?.(".g-number");
    if (field && input.dataset.end) return entered(field, input);
    if (!input.dataset?.path || !input.closest(".guide")) return undefined;
    const value = input.type === "checkbox" ? input.checked : input.value;
    return send("scenario-field", input.id, { path: input.dataset.path, value, kind: input.dataset.kind ?? "" });
  });
  function entered(field, input) {
    const empty = figures(field).every((one) => one.value.trim() === "");
    if (empty) return send("scenario-number", field.id, { path: field.dataset.path, low: null, value: null, high: null });
    const value = read(input.value);
    const { least, most } = field.dataset;
    const outside = most !== undefined && !(value >= Number(least) && value <= Number(most));
    const wanted = outside ? `A number from ${least} to ${most} is wanted here.` : "";
    say(field, Number.isFinite(value) ? wanted : "A number is wanted here, such as 30 or 0.5.");
    if (!Number.isFinite(value) || outside) {
      input.setAttribute("aria-invalid", "true");
      return held.set(field.id, Infinity);
    }
    const before = numbers(field).map((one) => (Number.isFinite(one) ? one : value));
    put(field, moved(track(field), before, input.dataset.end, value));
    return tell(field);
  }
  function say(field, words) {
    field.querySelector(".g-fault.g-here")?.remove();
    figures(field).forEach((input) => input.removeAttribute("aria-invalid"));
    if (!words) return;
    const line = document.createElement("p");
    Object.assign(line, { className: "g-fault g-here", textContent: words });
    line.setAttribute("role", "alert");
    field.append(line);
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-act]");
    if (!button || !button.closest(".guide, .g-summary")) return;
    send("scenario-act", "", { act: button.dataset.act, path: button.dataset.path ?? "" });
  });
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!fold.dataset?.fold || fold.open === (fold.children.length > 1)) return;
    send("scenario-act", "", { act: fold.open ? "unfold" : "fold", path: fold.dataset.fold });
  }, true);

  // Take over what the server shows, element by element; what is in hand, or was entered since, stays.
  function show(id, html, seen) {
    const root = document.getElementById(`c${id}`);
    if (!root) return;
    for (const [field, entry] of held) if (entry <= seen) held.delete(field);
    const next = document.createElement("div");
    next.innerHTML = html;
    const focus = document.activeElement?.id;
    children(root, next);
    if (focus && document.activeElement === document.body) document.getElementById(focus)?.focus({ preventScroll: true });
  }
  const same = (one, other) => one.tagName === other.tagName && one.id === other.id;
  const plain = (one) => one.children.length === 0;
  function children(old, next) {
    const [olds, nexts] = [[...old.children], [...next.children]];
    if (olds.length !== nexts.length || !olds.every((one, at) => same(one, nexts[at]))) return old.replaceChildren(...next.childNodes);
    return olds.forEach((one, at) => element(one, nexts[at]));
  }
  function element(old, next) {
    if (old.id && held.has(old.id)) return undefined;
    if (plain(old) || plain(next) || old.tagName === "SELECT" || old.tagName === "svg") {
      const typing = old === document.activeElement && (old.tagName === "INPUT" || old.tagName === "TEXTAREA");
      if ("value" in next && !typing && old.value !== next.value) old.value = next.value;
      if ("checked" in next && old.checked !== next.checked) old.checked = next.checked;
      if (old.isEqualNode(next)) return undefined;
      if (old !== document.activeElement) return old.replaceWith(next);
      attributes(old, next);
      if (old.tagName === "BUTTON" && old.textContent !== next.textContent) old.innerHTML = next.innerHTML;
      return undefined;
    }
    attributes(old, next);
    return children(old, next);
  }
  function attributes(old, next) {
    for (const { name, value } of [...next.attributes]) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    for (const { name } of [...old.attributes]) if (!next.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }

  // Go to a field and say which it is.
  function jump(id) {
    const field = document.getElementById(id);
    if (!field) return;
    field.scrollIntoView({ block: "center" });
    const control = field.matches("input, select, textarea") ? field : field.querySelector("input, select, textarea, button");
    control?.focus({ preventScroll: true });
    field.classList.add("g-found");
    setTimeout(() => field.classList.remove("g-found"), 2500);
  }
  // How many entries are no numbers and stand nowhere but in their fields; the first of them is gone to.
  function unread() {
    const faults = document.querySelectorAll(".g-fault.g-here");
    if (faults.length) {
      const field = faults[0].closest(".g-number");
      jump(field.id);
      field.querySelector("[aria-invalid]")?.focus({ preventScroll: true });
    }
    return faults.length;
  }
  return { show, jump, unread };
})();
globalThis.guide = guide;
