// The cells of an actor table: keys move between them, a spreadsheet can be pasted in, and rows come and go.
const actorSheet = (() => {
  const sheet = (target) => target.closest?.(".actor-sheet");
  const rows = (root) => [...root.querySelectorAll("tr")];
  const inputs = (row) => [...row.querySelectorAll("input")];

  // Each cell is called by its heading and its actor, whatever was pasted.
  function relabel(root) {
    const heading = inputs(rows(root)[0]).map((one) => one.value);
    rows(root).slice(1).forEach((row, n) => {
      const actor = inputs(row)[0].value.trim() || "a new row";
      inputs(row).forEach((one, k) => one.setAttribute("aria-label", `${heading[k]} of ${actor}`));
      row.querySelector(".drop").setAttribute("aria-label", `Remove ${actor}`);
    });
  }

  function tell(root) {
    relabel(root);
    const detail = rows(root).map((row) => inputs(row).map((one) => one.value));
    root.dispatchEvent(new CustomEvent("table", { detail }));
  }

  function copyOf(row) {
    const made = row.cloneNode(true);
    for (const one of inputs(made)) {
      one.value = "";
      one.setAttribute("value", "");
      one.removeAttribute("aria-invalid");
      one.removeAttribute("title");
    }
    return made;
  }

  // The last row is always empty, to be typed into.
  function keepEmptyRow(root) {
    const body = root.querySelector("tbody");
    const last = body.lastElementChild;
    if (!last || inputs(last).some((one) => one.value.trim())) body.append(copyOf(last));
  }

  function addColumns(root, names) {
    for (const [number, row] of rows(root).entries()) {
      for (const name of names) {
        const cell = row.children[0].cloneNode(true);
        const input = cell.querySelector("input");
        input.value = number ? "" : name;
        input.removeAttribute("aria-invalid");
        if (!number) input.setAttribute("aria-label", `heading ${name}`);
        row.lastElementChild.before(cell);
      }
    }
  }

  function paste(root, input, text) {
    const block = text.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const row = input.closest("tr");
    let top = rows(root).indexOf(row);
    const left = inputs(row).indexOf(input);
    if (/^(actor|name|party|player)s?$/i.test(block[0][0].trim())) top = 0; // a table with its heading
    const from = top === 0 ? 0 : left;
    const wide = inputs(rows(root)[0]).length;
    const needed = from + Math.max(...block.map((line) => line.length)) - wide;
    if (needed > 0) addColumns(root, Array.from({ length: needed }, (_, n) => `column ${wide + n + 1}`));
    const body = root.querySelector("tbody");
    while (rows(root).length < top + block.length) body.append(copyOf(body.lastElementChild));
    if (top === 0) while (rows(root).length > block.length) body.lastElementChild.remove();
    block.forEach((line, n) => line.forEach((cell, k) => { inputs(rows(root)[top + n])[from + k].value = cell.trim(); }));
    keepEmptyRow(root);
    tell(root);
  }

  document.addEventListener("input", (event) => {
    const root = sheet(event.target);
    if (!root) return;
    keepEmptyRow(root);
    tell(root);
  });
  document.addEventListener("paste", (event) => {
    const root = sheet(event.target);
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!root || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    paste(root, event.target, text);
  });
  document.addEventListener("keydown", (event) => {
    const root = event.target.matches?.(".actor-sheet input") && sheet(event.target);
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: 1 }[event.key];
    if (!root || !step) return;
    const row = event.target.closest("tr");
    const next = rows(root)[rows(root).indexOf(row) + step];
    const goal = next && inputs(next)[inputs(row).indexOf(event.target)];
    if (goal) { event.preventDefault(); goal.focus(); goal.select(); }
  });
  document.addEventListener("click", (event) => {
    const root = event.target.matches?.(".actor-sheet .drop") && sheet(event.target);
    if (!root) return;
    const row = event.target.closest("tr");
    if (root.querySelectorAll("tbody tr").length > 1) row.remove();
    else inputs(row).forEach((one) => { one.value = ""; });
    keepEmptyRow(root);
    tell(root);
    inputs(rows(root).at(-1))[0].focus();
  });

  function mark(id, faults) {
    const root = document.getElementById(id);
    if (!root) return;
    for (const one of root.querySelectorAll("[aria-invalid]")) { one.removeAttribute("aria-invalid"); one.removeAttribute("title"); }
    for (const [row, column, message] of faults) {
      const cells = rows(root)[row] ? inputs(rows(root)[row]) : [];
      for (const one of column < 0 ? cells : cells.slice(column, column + 1)) { one.setAttribute("aria-invalid", "true"); one.title = message; }
    }
  }

  function addIssue(id, names) {
    const root = document.getElementById(id);
    addColumns(root, names);
    tell(root);
  }

  return { mark, addIssue };
})();
globalThis.actorSheet = actorSheet;
