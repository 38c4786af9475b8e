// Locks the screen after fifteen minutes without a key or a touch, and takes what stands unsent along: when locking, and
// when another form of the page is sent. The server locks by itself; this only covers what is still shown.
(() => {
  const lock = document.querySelector("form[data-lock]");
  const IDLE_MS = 15 * 60 * 1000;
  const NEVER = ["csrfmiddlewaretoken", "by"];
  const changed = new Set();
  let seen = Date.now();
  document.addEventListener("input", (event) => { changed.add(event.target.form); });
  for (const kind of ["pointerdown", "keydown", "input", "scroll"]) {
    document.addEventListener(kind, () => { seen = Date.now(); }, { passive: true, capture: true });
  }
  // A form that may be kept says whose it is; one that came back from a lock counts though nobody has touched it since.
  const unsent = (form) => form !== lock && form.elements.by
    && (changed.has(form) || "kept" in form.elements.by.dataset)
    && [...form.elements].some((one) => one.name && !["hidden", "submit", "button"].includes(one.type));
  const put = (form, name, value) => {
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name, value });
    field.dataset.carried = "";
    form.append(field);
  };
  const carry = (into) => {
    for (const old of into.querySelectorAll("[data-carried]")) old.remove();
    [...document.forms].filter((form) => form !== into && unsent(form)).forEach((form, number) => {
      for (const [name, value] of new FormData(form)) if (!NEVER.includes(name)) put(into, `${number}.${name}`, value);
    });
  };
  document.addEventListener("submit", (event) => {
    carry(event.target);
    if (event.target === lock) put(lock, "path", location.pathname + location.search);
  });
  setInterval(() => { if (Date.now() - seen > IDLE_MS) lock.requestSubmit(); }, 5000);
})();

// On a narrow screen menus scroll sideways: where one stands is brought into view.
for (const here of document.querySelectorAll("nav [aria-current]")) {
  const bar = here.closest("nav");
  bar.scrollLeft = here.offsetLeft - bar.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
}
