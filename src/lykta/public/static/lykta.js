(() => {
  // Leave quickly. Written for old telephones: small, no library, nothing kept but one character.
  const page = document, root = page.documentElement, to = page.currentScript.dataset.to;
  const mark = change => { try { return change ? change(sessionStorage) : sessionStorage.x } catch { return } };
  const hide = () => { root.style.display = "none" };
  const vanish = () => { hide(); page.title = new URL(to).host; location.replace(to) };
  const leave = form => {
    mark(kept => kept.x = 1);
    fetch(form.getAttribute("action"), {
      method: "POST", keepalive: true, redirect: "manual", body: new URLSearchParams(new FormData(form)),
    }).catch(() => {});
    vanish();
  };

  // A page of ours that Back, Reload or a reopened tab brings forth after leaving is never painted.
  const again = (performance.getEntriesByType("navigation")[0] || {}).type;
  if (mark() && again !== "navigate") { stop(); vanish() } else mark(kept => kept.removeItem("x"));
  addEventListener("pagehide", hide);
  addEventListener("pageshow", shown => {
    if (!shown.persisted) return;
    if (mark()) vanish(); else root.style.display = "";
  });

  page.addEventListener("submit", sent => {
    if (sent.target.id === "leave") { sent.preventDefault(); leave(sent.target) }
  });

  // Shift three times within five seconds. Held keys, both Shifts at once and Shift with anything else do not count.
  let times = [], held = 0, mixed = 0, waiting;
  const say = word => { const place = page.getElementById("say"); place.textContent = word ? place.dataset[word] : "" };
  const forget = word => { clearTimeout(waiting); if (times.length) say(word); times = [] };
  const other = () => { mixed = held; forget() };
  const press = () => {
    const now = Date.now();
    times = times.filter(time => now - time <= 5000).concat(now);
    if (times.length > 2) return leave(page.getElementById("leave"));
    say(times.length > 1 ? "one" : "two");
    clearTimeout(waiting);
    waiting = setTimeout(() => { forget("off"); waiting = setTimeout(say, 5000) }, 5000);
  };
  addEventListener("keydown", key => {
    if (key.key !== "Shift") return other();
    if (key.repeat) return;
    if (held) mixed = 1;
    held = 1;
  }, true);
  addEventListener("keyup", key => {
    if (key.key !== "Shift" || !held) return;
    if (key.shiftKey) return mixed = 1;
    held = 0;
    if (mixed || key.ctrlKey || key.altKey || key.metaKey) { mixed = 0; return forget() }
    press();
  }, true);
  addEventListener("pointerdown", other, true);
  addEventListener("blur", () => { held = mixed = 0 });

  // The finder counts by style rules alone; whoever listens is told the sum in words.
  const count = emptied => {
    const told = page.getElementById("o");
    if (!told) return;
    const fit = [...page.querySelectorAll(".s")].filter(one => one.offsetHeight).length;
    told.textContent = emptied ? told.dataset.none : fit + " " + told.dataset.rest;
  };
  page.addEventListener("change", () => count());
  page.addEventListener("reset", () => count(1));
})();
