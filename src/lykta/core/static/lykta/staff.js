// Locks the screen after fifteen minutes without a key or a touch, and takes what stands unsent along when locking.
// The server locks by itself; this only covers what is still shown.
(() => {
  const lock = document.querySelector("form[data-lock]");
  const IDLE_MS = 15 * 60 * 1000;
  let changed = null;
  let seen = Date.now();
  document.addEventListener("input", (event) => { changed = event.target.form; });
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, () => { seen = Date.now(); }, { passive: true, capture: true });
  }
  const carry = () => {
    if (!changed || !changed.elements.deed) return;
    const fields = [...new FormData(changed)].filter(([name]) => !["csrfmiddlewaretoken", "by"].includes(name));
    for (const [name, value] of [["path", location.pathname], ...fields]) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      lock.append(field);
    }
  };
  lock.addEventListener("submit", carry);
  setInterval(() => { if (Date.now() - seen > IDLE_MS) lock.requestSubmit(); }, 5000);
})();
