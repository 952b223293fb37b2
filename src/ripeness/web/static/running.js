// The list of work under way, at the top of every page: how far it is, a way to stop it, and the page of its answer.
(() => {
  const OFTEN = 2000; // milliseconds between two looks
  const MOST = 6; // finished ones that are still listed
  const seen = "ripeness-work-seen";
  const known = () => new Set(JSON.parse(sessionStorage.getItem(seen) || "[]"));
  const remember = (ids) => sessionStorage.setItem(seen, JSON.stringify([...ids].slice(-100)));
  const element = (tag, text, to) => {
    const made = document.createElement(tag);
    made.textContent = text;
    to.append(made);
    return made;
  };
  const isOpen = (job) => job.state === "running" || job.state === "waiting";

  function far(job) {
    if (job.state === "waiting") return "waiting";
    if (job.state === "done") return "ready";
    const left = job.seconds_left ? `, ${Math.ceil(job.seconds_left)} s left` : "";
    return job.total ? `${Math.floor((100 * job.done) / job.total)} %${left}` : "begun";
  }

  function list(place, jobs) {
    place.replaceChildren();
    for (const job of jobs) {
      const row = element("p", "", place);
      if (job.page) element("a", job.title, row).href = job.page;
      else element("span", job.title, row);
      element("small", far(job), row);
      if (!isOpen(job)) continue;
      const stop = element("button", "Stop", row);
      stop.setAttribute("aria-label", `Stop ${job.title}`);
      stop.onclick = () => fetch(`/api/v1/jobs/${encodeURIComponent(job.id)}`, { method: "DELETE" }).then(look);
    }
  }

  let wasSeen = known();
  async function look() {
    const box = document.querySelector(".running");
    if (!box || document.hidden) return;
    let jobs;
    try {
      const answer = await fetch("/api/v1/jobs");
      if (!answer.ok) return;
      jobs = await answer.json();
    } catch {
      return; // the server is away; the page says so itself
    }
    const open = jobs.filter((job) => isOpen(job) && job.page);
    for (const job of open) wasSeen.add(job.id);
    remember(wasSeen);
    const ready = jobs.filter((job) => job.state === "done" && job.page && wasSeen.has(job.id)).slice(-MOST);
    const [button, place] = [box.querySelector("button"), box.querySelector("div")];
    box.hidden = !open.length && !ready.length;
    const text = open.length ? `${open.length} running` : `${ready.length} ready`;
    if (button.textContent !== text) button.textContent = text;
    button.classList.toggle("busy", open.length > 0);
    place.hidden = button.getAttribute("aria-expanded") !== "true";
    if (!place.hidden) list(place, [...open, ...ready.reverse()]);
  }

  document.addEventListener("click", (event) => {
    const button = document.querySelector(".running button");
    if (!button) return;
    const within = event.target.closest(".running");
    const opens = within && event.target === button && button.getAttribute("aria-expanded") !== "true";
    if (within && event.target !== button) return;
    button.setAttribute("aria-expanded", String(Boolean(opens)));
    look();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector(".running button")?.setAttribute("aria-expanded", "false");
    look();
  });
  document.addEventListener("visibilitychange", look);
  setInterval(look, OFTEN);
  setTimeout(look, 300);
})();
