(() => {
  // Sends a form without leaving the page, so that a text is still there when the network is not.
  const page = document, lost = () => page.getElementById("lost");
  let sending = false;

  const field = (form, name, value) => {
    const kept = page.createElement("input");
    kept.type = "hidden"; kept.name = name; kept.value = value;
    form.append(kept);
  };

  // An answer that is no redirect holds what was typed and a word about why: the browser shall show it itself.
  const answered = (form, button, answer) => {
    if (answer.type === "opaqueredirect") return location.replace(location.pathname);
    if (button && button.name) field(form, button.name, button.value);
    HTMLFormElement.prototype.submit.call(form);
  };

  page.addEventListener("submit", sent => {
    const form = sent.target, button = sent.submitter;
    if (form.id === "leave" || !window.URLSearchParams) return;
    if (button && button.value.startsWith("look-")) return; // leads to another page; the browser follows by itself
    sent.preventDefault();
    if (sending) return;
    sending = true;
    form.setAttribute("aria-busy", "true");
    lost().hidden = true;
    const body = new URLSearchParams(new FormData(form));
    if (button && button.name) body.set(button.name, button.value);
    fetch(location.pathname, { method: "POST", body, redirect: "manual" }).then(
      answer => answered(form, button, answer),
      () => {
        sending = false;
        form.removeAttribute("aria-busy");
        const words = lost(), acts = form.querySelector(".acts");
        if (acts) acts.before(words);
        words.hidden = false;
        words.focus();
      },
    );
  });

  // A link within the page would be one more address in the history.
  page.querySelector(".skip").addEventListener("click", pressed => {
    pressed.preventDefault();
    page.getElementById("main").focus();
  });
})();
