// On a phone the answer comes first: the controls of a question are folded until one wants them.
(() => {
  const narrow = matchMedia("(max-width: 600px)");
  const fold = () => {
    for (const controls of document.querySelectorAll("details.controls:not([data-placed])")) {
      controls.dataset.placed = "";
      controls.open = !narrow.matches;
    }
  };
  new MutationObserver(fold).observe(document.documentElement, { childList: true, subtree: true });
  narrow.addEventListener("change", () => {
    for (const controls of document.querySelectorAll("details.controls")) controls.open = !narrow.matches;
  });
})();
