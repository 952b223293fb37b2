// The editor of a scenario: it offers words, and it alone changes its text, so that no letter is lost on the way. No science.
const editor = (() => {
  const kept = (name) => `ripeness-typed:${name}`;

  // A short mark of a text (Adler-32 of its UTF-8), the same as the server's.
  function mark(text) {
    let a = 1;
    let b = 0;
    for (const byte of new TextEncoder().encode(text)) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    return (b * 65536 + a) >>> 0;
  }

  let apart = null; // the mark of a change that is undone by itself

  // Replace only what differs: the cursor, and what is typed elsewhere in the text, stay.
  function splice(view, text) {
    const old = view.state.doc.toString();
    let start = 0;
    while (start < old.length && start < text.length && old[start] === text[start]) start++;
    let [from, to] = [old.length, text.length];
    while (from > start && to > start && old[from - 1] === text[to - 1]) [from, to] = [from - 1, to - 1];
    if (old === text) return;
    const alone = apart ? [apart.of("full")] : []; // one change of the form is one step of undoing
    view.dispatch({ changes: { from: start, to: from, insert: text.slice(start, to) }, annotations: alone });
  }

  // Write what the server made of `old`; where one has typed on meanwhile it must think again. Without `old`: in any case.
  function write(id, old, text) {
    const view = getElement(id).editor;
    if (old !== null && view.state.doc.toString() !== old) return false;
    splice(view, text);
    return true;
  }

  // The server asks what may stand at the cursor.
  async function offered(context) {
    const word = context.matchBefore(/[\w-]*/);
    const line = context.state.doc.lineAt(context.pos).text;
    if (!context.explicit && word.from === word.to && !/[:{,] $/.test(line)) return null;
    const answer = await fetch("/api/v1/complete", {
      method: "POST", headers: { "content-type": "application/json" },
      body: JSON.stringify({ before: context.state.doc.sliceString(0, context.pos) }),
    });
    return answer.ok ? { from: word.from, options: await answer.json(), validFor: /^[\w-]*$/ } : null;
  }

  // What is typed stays in this tab until the server says that it has it: a server that is away loses nothing.
  function remember(view, code, name) {
    const noted = code.EditorView.updateListener.of((update) => {
      if (update.docChanged) sessionStorage.setItem(kept(name), update.state.doc.toString());
    });
    view.dispatch({ effects: code.StateEffect.appendConfig.of(noted) });
  }
  function has(name, sum) {
    const text = sessionStorage.getItem(kept(name));
    if (text !== null && mark(text) === sum) sessionStorage.removeItem(kept(name));
  }

  // The editor says what it is, can be scrolled with keys even where it cannot be changed, and says whether it brought
  // back what was typed while the server was away.
  async function open(id, name) {
    const element = getElement(id);
    await element.editorPromise;
    const view = element.editor;
    view.scrollDOM.setAttribute("tabindex", "0");
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const look = () => element.setTheme(dark.matches ? "githubDark" : "githubLight");
    dark.addEventListener("change", look);
    if (dark.matches) look();
    let back = false;
    if (name) {
      const code = await import("nicegui-codemirror");
      apart = code.isolateHistory ?? null;
      const words = code.EditorState.languageData.of(() => [{ autocomplete: offered }]);
      view.dispatch({ effects: code.StateEffect.appendConfig.of(words) });
      const typed = sessionStorage.getItem(kept(name));
      back = typed !== null && typed !== view.state.doc.toString();
      remember(view, code, name);
      if (back) splice(view, typed);
    }
    view.contentDOM.setAttribute("aria-label", "Scenario as text");
    return back;
  }

  return { open, write, has };
})();
globalThis.editor = editor;
