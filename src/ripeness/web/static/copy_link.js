// The link to what one sees, with all that shapes it, for somebody else.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-act=copy-link]");
  if (!button) return;
  const words = button.querySelector("span");
  try {
    await navigator.clipboard.writeText(location.href);
    words.textContent = "Link copied";
  } catch {
    prompt("The link to this answer:", location.href); // a browser that keeps its clipboard to itself
  }
  setTimeout(() => (words.textContent = "Copy link"), 2500);
});
