// The call log's keys. In the question one stands in, a figure or a letter chooses; arrows move among its boxes, and Tab
// goes to the next question. Nothing listens outside a question, and without this file Tab and arrows do it all.
(() => {
  const form = document.querySelector("form[data-keys]");
  if (!form) return;
  document.body.classList.add("keys");
  const boxesOf = (question) => [...question.querySelectorAll("input[type=checkbox]")];
  const stopAt = (box, boxes) => boxes.forEach((other) => { other.tabIndex = other === box ? 0 : -1; });
  for (const question of form.querySelectorAll("fieldset[data-many]")) {
    const boxes = boxesOf(question);
    stopAt(boxes[0], boxes);
    question.addEventListener("focusin", (event) => { if (boxes.includes(event.target)) stopAt(event.target, boxes); });
  }
  for (const field of form.querySelectorAll("[data-key]")) {
    if (field.dataset.key) field.setAttribute("aria-keyshortcuts", field.dataset.key);
  }
  const steps = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };
  form.addEventListener("keydown", (event) => {
    const at = event.target;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && at.tagName === "SELECT") {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    const question = at.matches("input[type=radio], input[type=checkbox]") && at.closest("fieldset");
    if (!question) return;
    let chosen = null;
    if (question.hasAttribute("data-many") && steps[event.key]) {
      const boxes = boxesOf(question);
      chosen = boxes[(boxes.indexOf(at) + steps[event.key] + boxes.length) % boxes.length];
    } else if (event.key.length === 1) {
      chosen = question.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (chosen) chosen.click();
    }
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
  });
})();
